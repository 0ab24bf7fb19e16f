using System.Globalization;
using System.Text;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Tls;

namespace Fathom.Cli.Http;

/// <summary>Tells a journey line by line, with curl's marks: * what happens, &gt; what is sent, &lt; what comes.</summary>
internal static class HttpVerbose
{
    public static void Write(TextWriter to, HttpJourney journey)
    {
        foreach (var hop in journey.Hops)
        {
            foreach (var line in Connection(hop)) to.WriteLine("* " + TextSanitizer.Escape(line));
            if (hop.RequestBytes.Length > 0 && hop.Connection.Remote is not null) WriteRequest(to, hop);
            if (hop.Answer is { } answer)
            {
                foreach (var head in answer.Informational.Append(answer.Head))
                {
                    to.WriteLine("< " + head);
                    foreach (var field in head.Fields) to.WriteLine("< " + field);
                    to.WriteLine("<");
                }

                foreach (var tolerance in answer.Tolerated) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"* against the specification, and read all the same: {Words.Kebab(tolerance.Kind.ToString())} at offset {tolerance.Offset}"));
                foreach (var field in answer.Trailers) to.WriteLine("< " + field + "  (trailer)");
            }

            if (hop.Next.Length > 0) to.WriteLine("* " + TextSanitizer.Escape(hop.Next));
        }
    }

    /// <summary>How the request got its connection, a line each.</summary>
    public static IEnumerable<string> Connection(HttpHop hop)
    {
        var report = hop.Connection;
        if (report.Reused)
        {
            yield return $"the connection to {report.Remote} is used again";
            yield break;
        }

        if (report.AddressSource.Length > 0) yield return $"{(report.Proxy?.Target ?? hop.Target).Host} is {string.Join(", ", report.Addresses)}, says {report.AddressSource}";
        if (report.Remote is { } remote) yield return string.Create(CultureInfo.InvariantCulture, $"connected to {remote} in {JsonText.Milliseconds(hop.Phases.Tcp ?? default):0.0} ms{(report.Proxy is null ? "" : ", a proxy")}");
        if (report.Tls is { Version: { } version } tls) yield return $"{version.ToText()}, {tls.CipherSuite}";
        if (report.Certificates is { } verdict)
        {
            if (verdict.IsTrusted) yield return "the certificate is trusted";
            foreach (var problem in verdict.Problems) yield return "certificate: " + problem.Detail;
        }
    }

    private static void WriteRequest(TextWriter to, HttpHop hop)
    {
        var end = hop.RequestBytes.Span.IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.Latin1.GetString(hop.RequestBytes.Span[..end]).Split("\r\n")) to.WriteLine("> " + TextSanitizer.Escape(line));
        to.WriteLine(">");
        if (hop.RequestBytes.Length > end + 4) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"* sent a body of {hop.RequestBytes.Length - end - 4} octets"));
    }
}
