using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;
using Spectre.Console;

namespace Fathom.Cli.Http;

/// <summary>Says in plain words what happened, with the figures of this run: a paragraph for each thing, and the fields one below the other.</summary>
internal static class HttpExplanation
{
    // A part of a value stands in the column of names: longer ones would leave no room for what they mean.
    private const int MaximumPart = 26;

    public static void Write(CommandRun run, HttpJourney journey)
    {
        run.Output.Flush();
        foreach (var hop in journey.Hops)
        {
            run.Console.WriteLine();
            run.Console.Write(Listing.Heading(hop == journey.Hops[0] ? "What happened" : $"Then: {hop.Request.Method} {hop.Target}"));
            foreach (var paragraph in Paragraphs(hop).Where(static p => p.Length > 0))
            {
                run.Console.WriteLine();
                run.Console.Write(new Padder(new Text(TextSanitizer.Escape(paragraph)), new Padding(2, 0, 0, 0)));
            }

            if (hop.Answer is not { } answer || Fields(answer.Head) is not { Count: > 0 } fields) continue;
            run.Console.WriteLine();
            run.Console.WriteLine("  The fields of the answer:");
            run.Console.Write(new Padder(Listing.Fields(fields), new Padding(2, 0, 0, 0)));
        }
    }

    private static IEnumerable<string> Paragraphs(HttpHop hop)
    {
        yield return hop.Connection.Reused ? "The connection was still open, so that no handshake was needed."
            : hop.Phases.Tcp is { } tcp ? string.Create(CultureInfo.InvariantCulture, $"A TCP connection to {hop.Connection.Remote} was opened in {JsonText.Milliseconds(tcp):0.0} ms.{(hop.Phases.Tls is { } tls ? string.Create(CultureInfo.InvariantCulture, $" The TLS handshake took {JsonText.Milliseconds(tls):0.0} ms: from there on nobody on the way can read.") : "")}") : "";
        var meaning = HttpMethodRegistry.TryFind(hop.Request.Method, out var method) && method.Meaning.Length > 0 ? $" {method.Name}: {method.Meaning}" : "";
        if (hop.Connection.Remote is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"The request is {hop.RequestBytes.Length} octets of text: a line that says what is wanted, {hop.Request.Fields.Count} fields, an empty line{(hop.RequestBytes.Span.EndsWith("\r\n\r\n"u8) ? "" : ", and a body")}.{meaning}");
        if (hop.Answer is { } answer)
        {
            yield return HttpStatusRegistry.TryFind(answer.Head.Status, out var status) ? $"{status.Code} {status.Phrase}: {status.Meaning} {status.Advice}".TrimEnd() : "";
            yield return answer.Framing switch
            {
                HttpFraming.ContentLength => string.Create(CultureInfo.InvariantCulture, $"Content-Length said beforehand where the body of {answer.BodyLength} octets ends."),
                HttpFraming.Chunked => string.Create(CultureInfo.InvariantCulture, $"The body of {answer.BodyLength} octets came in chunks, each with its size before it; an empty one is the end."),
                HttpFraming.UntilClose => "Only the close of the connection ended the body: whether it was cut, nobody can tell.",
                _ => "No body belongs to it.",
            };
        }

        if (hop.Failure is { } failure) yield return $"It failed at the {failure.Layer} layer: {failure.Detail}.";
        if (hop.Next.Length > 0) yield return $"{char.ToUpperInvariant(hop.Next[0])}{hop.Next[1..]}.";
    }

    private static List<(string Name, string Meaning)> Fields(HttpResponseHead head)
    {
        var rows = new List<(string, string)>();
        foreach (var name in head.Fields.Select(static f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            HttpFieldRegistry.TryFind(name, out var entry);

            // Lines of one field make one value (RFC 9110 §5.3); those of Set-Cookie do not.
            IEnumerable<string> values = entry?.StructuredType is not null ? [head.Fields.Combined(name)!] : head.Fields.All(name);
            var parts = values.SelectMany(v => HttpFieldValues.Explain(name, v)).ToList();
            if (entry is null or { Meaning.Length: 0 } && parts.Count == 0) continue;
            rows.Add((entry?.Name ?? name, entry is { Meaning.Length: > 0 } ? entry.Meaning : "its value:"));
            rows.AddRange(parts.Select(static p => ("  " + (p.Text.Length > MaximumPart ? p.Text[..(MaximumPart - 1)] + "…" : p.Text), p.Meaning)));
        }

        return rows;
    }
}
