using System.Globalization;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Shows a journey in sections: requests as octets, heads, the body where it is short text, times, an audit.</summary>
internal static class HttpReport
{
    // A longer body pushes everything else off the screen.
    private const int MaximumShownBody = 2000;

    public static void Write(CommandRun run, HttpJourney journey, HttpView view)
    {
        var to = run.Output;
        for (var i = 0; i < journey.Hops.Count; i++)
        {
            var hop = journey.Hops[i];
            if (i > 0) to.WriteLine();
            run.Console.Write(Listing.Heading($"{hop.Request.Method} {hop.Target}"));
            to.WriteLine();
            foreach (var line in HttpVerbose.Connection(hop)) to.WriteLine("  " + TextSanitizer.Escape(line));
            if (view.ShowRequest && hop.RequestBytes.Length > 0) WriteOctets(to, hop.RequestBytes.Span);
            if (hop.Answer is { } answer) WriteAnswer(to, answer, isLast: hop.Next.Length == 0);
            if (view.Timing) WriteTiming(run, hop.Phases);
            if (hop.Next.Length > 0) to.WriteLine("\n  next: " + TextSanitizer.Escape(hop.Next));
        }

        if (view.Audit && journey.Last.Answer is { } final) HttpAuditText.Write(run, journey.Last.Target, final.Head);
        to.Flush();
    }

    /// <summary>Octets as they are sent; line ends are written out, for they are what a message is made of.</summary>
    public static void WriteOctets(TextWriter to, ReadOnlySpan<byte> octets)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n  request, {octets.Length} octets"));
        var end = octets.IndexOf("\r\n\r\n"u8) + 4;
        foreach (var line in Encoding.Latin1.GetString(octets[..(end - 2)]).Split("\r\n")) to.WriteLine($"    {TextSanitizer.Escape(line)}\\r\\n");
        var body = octets[end..];
        if (body.IsEmpty) return;
        if (body.Length > MaximumShownBody || !HttpBodyText.IsText(body)) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    (a body of {body.Length} octets)"));
        else foreach (var line in Encoding.UTF8.GetString(body).Replace("\r\n", "\\r\\n\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n')) to.WriteLine("    " + TextSanitizer.Escape(line));
    }

    private static void WriteAnswer(TextWriter to, HttpAnswer answer, bool isLast)
    {
        to.WriteLine("\n  response");
        foreach (var head in answer.Informational.Append(answer.Head))
        {
            to.WriteLine("    " + head);
            foreach (var field in head.Fields) to.WriteLine("    " + field);
        }

        if (!isLast) return;
        var body = answer.Content.Content.Span;
        var framing = answer.Framing switch
        {
            HttpFraming.ContentLength => "its end said by Content-Length",
            HttpFraming.Chunked => "its end said by an empty chunk",
            HttpFraming.UntilClose => "its end said by the close of the connection",
            _ => "none belongs to this response",
        };
        var coding = answer.Content.Codings.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", {answer.BodyLength} as {TextSanitizer.Escape(string.Join(", ", answer.Content.Codings))}") : "";
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n  body, {(answer.IsStored ? answer.BodyLength : body.Length)} octets{coding}: {framing}"));
        if (answer.IsStored) to.WriteLine("    (in the file)");
        else if (body.IsEmpty)
        {
            // The heading says it all.
        }
        else if (body.Length <= MaximumShownBody && HttpBodyText.IsText(body)) foreach (var line in HttpBodyText.Safe(body).TrimEnd('\n').Split('\n')) to.WriteLine("    " + line);
        else to.WriteLine("    (not shown here: -o FILE or a pipe takes it)");
        if (answer.Trailers.Count == 0) return;
        to.WriteLine("\n  trailers");
        foreach (var field in answer.Trailers) to.WriteLine("    " + field);
    }

    private static void WriteTiming(CommandRun run, HttpPhases phases)
    {
        run.Output.WriteLine("\n  timing");
        var rows = new List<IReadOnlyList<string>>();
        void Row(string name, TimeSpan? time, string what)
        {
            if (time is { } t) rows.Add(["  " + name, string.Create(CultureInfo.InvariantCulture, $"{JsonText.Milliseconds(t):0.0} ms"), what]);
        }

        Row("name", phases.Name, "asking for the addresses");
        Row("tcp", phases.Tcp, "the TCP handshake: one round trip");
        Row("proxy", phases.Proxy, "asking the proxy for a tunnel");
        Row("tls", phases.Tls, "the TLS handshake");
        Row("wait", phases.Wait, "from the request to the first octet of the answer");
        Row("transfer", phases.Transfer, "from the first octet to the last");
        Row("total", phases.Total, "");
        run.Output.Flush();
        run.Console.Write(Listing.Columns(["", "", ""], rows));
    }
}
