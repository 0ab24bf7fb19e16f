using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application.Urls;
using Spectre.Console;

namespace Fathom.Cli.Urls;

/// <summary>Shows one URL.</summary>
internal static class UrlShow
{
    // More than this of one kind tells nothing new.
    private const int MostRows = 12;

    /// <summary>Reads and shows it.</summary>
    /// <returns>0 for a URL; 1 where it is none, or a change was refused.</returns>
    public static int Run(CommandRun run, UrlRequest request, string text)
    {
        var reading = UrlReading.Of(text, request);
        if (!run.IsText)
        {
            run.WriteJson("fathom.url/1", writer => UrlJson.Write(writer, reading, request));
        }
        else if (request.ListsQuery && reading.Url is { } url)
        {
            if (UrlQuery.Parse(url.Query ?? "") is { Count: > 0 } query) run.Console.Write(Listing.Columns(["name", "value"], query.Select(static p => new[] { p.Key, p.Value })));
            else run.Output.WriteLine("  no query");
        }
        else
        {
            Write(run, reading, request);
        }

        foreach (var edit in reading.Ignored) run.Complain($"{edit}: the URL Standard ignores this value; nothing was changed by it", ExitStatus.Broken);
        run.WriteAside(UrlWords.Explain(reading), UrlWords.Equivalents(reading, request));
        return reading.IsGood ? ExitStatus.Good : ExitStatus.Broken;
    }

    private static void Write(CommandRun run, UrlReading reading, UrlRequest request)
    {
        var url = reading.Url;
        if (url is null)
        {
            run.Console.Write(Listing.Heading($"not a URL: {reading.Trace.Errors[^1]}"));
            run.Console.WriteLine();
        }
        else
        {
            run.Console.Write(Listing.Heading(url.Href));
            run.Console.WriteLine();
            run.Console.WriteLine();
            run.Console.Write(Listing.Fields(Parts(url)));
            if (!request.Edits.IsEmpty) return;
            WriteEncodings(run, reading.Trace.Encodings);
        }

        if (reading.Trace.Errors.Count > 0)
        {
            Section(run, url is null ? "what is wrong" : "read over, but not right (validation errors)");
            var kinds = reading.Trace.Errors.GroupBy(static e => (e.Name, Text: e.ToString())).ToList();
            foreach (var kind in kinds.Take(MostRows)) WriteAt(run, reading.Text, [.. kind.Select(static e => (e.Position, e.Length))], kind.Key.Name, kind.Key.Text);
            if (kinds.Count > MostRows) run.Output.WriteLine($"    and {kinds.Count - MostRows} more");
        }

        WriteComparison(run, reading);
    }

    private static List<(string Label, string Value)> Parts(Url url)
    {
        var unicode = url.UnicodeHostname;
        var remarks = unicode == url.Hostname ? [] : ScriptReview.Review(unicode);
        return
        [
            ("origin", url.Origin == "null" ? "null (opaque: the same as no other)" : url.Origin),
            ("protocol", url.Protocol),
            ("username", url.Username),
            ("password", url.Password),
            ("hostname", url.HostKind is UrlHostKind.None ? "" : url.Hostname),
            ("host is", UrlWords.Of(url.HostKind)),
            ("in Unicode", unicode == url.Hostname ? "" : unicode),
            .. remarks.Select(static r => ("caution", r.ToString())),
            ("scripts", unicode == url.Hostname ? "" : (remarks.Count == 0 ? "nothing suspicious; " : "") + ScriptReview.Scope),
            ("port", url.Port.Length > 0 ? url.Port : url.EffectivePort is { } port ? $"{port} (the scheme's own)" : ""),
            ("pathname", url.HasOpaquePath ? $"{url.Pathname} (opaque: no segments)" : url.Pathname),
            ("search", url.Search),
            ("hash", url.Hash),
        ];
    }

    private static void WriteEncodings(CommandRun run, IReadOnlyList<UrlEncodingStep> steps)
    {
        if (steps.Count == 0) return;
        Section(run, "percent-encoded");
        var rows = steps.GroupBy(static s => (s.Text, s.Encoded, s.Set.Name)).Select(static g => new[]
        {
            g.Key.Text == " " ? "space" : g.Key.Text, "→", g.Key.Encoded, $"in the {g.Key.Name} set{(g.Count() > 1 ? $", {g.Count()} times" : "")}",
        }).ToList();
        run.Console.Write(Listing.Columns(["", "", "", ""], rows.Take(MostRows)));
        if (rows.Count > MostRows) run.Output.WriteLine($"    and {rows.Count - MostRows} more");
    }

    private static void WriteComparison(CommandRun run, UrlReading reading)
    {
        var comparison = reading.Comparison;
        Section(run, "RFC 3986");
        if (comparison.Uri is not { } uri)
        {
            WriteAt(run, reading.Text, [(comparison.SyntaxError.Position, 1)], comparison.Url is null ? "refuses it too" : "no URI", comparison.SyntaxError.Reason!);
            return;
        }

        if (comparison.Url is null)
        {
            run.Console.Write(Listing.Fields([("accepts it", uri.ToString()), ("host", uri.Host ?? "none"), ("path", uri.Path)]));
            return;
        }

        if (comparison.Agree)
        {
            run.Output.WriteLine("  reads the same");
            return;
        }

        run.Console.Write(Listing.Fields(comparison.Differences.SelectMany(static d => new (string, string)[]
        {
            (d.Part, $"{(d.Uri.Length == 0 ? "(empty)" : d.Uri)}, not {(d.Url.Length == 0 ? "(empty)" : d.Url)}"),
            ("", d.Why),
        }).Where(static r => r.Item2.Length > 0)));
    }

    private static void Section(CommandRun run, string title)
    {
        run.Output.WriteLine();
        run.Console.Write(Listing.Heading(title));
        run.Console.WriteLine();
    }

    private static void WriteAt(CommandRun run, string text, IReadOnlyList<(int Position, int Length)> places, string name, string reason)
    {
        run.Console.Write(Listing.Fields([(name, reason)]));
        foreach (var line in UrlCaret.Point(text, places)) run.Output.WriteLine("    " + line);
    }
}
