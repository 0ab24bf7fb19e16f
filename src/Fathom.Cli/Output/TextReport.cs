using System.Globalization;
using Fathom.Diagnosis;
using Fathom.Probes.Evidence;
using Fathom.Wire.Application;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Output;

/// <summary>Shows reports to people: the stages, then the verdict with its proof.</summary>
internal static class TextReport
{
    /// <summary>The stages so far; one that runs shows as such.</summary>
    /// <param name="target">The target's text.</param>
    /// <param name="ended">The stages that ended, by stage.</param>
    /// <param name="running">The stages that run.</param>
    /// <param name="unicode">The terminal shows more than ASCII.</param>
    public static IRenderable Stages(string target, IReadOnlyDictionary<Stage, StageReport> ended, IReadOnlySet<Stage> running, bool unicode)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn(string.Empty) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        table.AddColumn(new TableColumn(string.Empty) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn(string.Empty) { Padding = new Padding(0, 0, 0, 0) });
        foreach (var stage in Enum.GetValues<Stage>())
        {
            if (ended.TryGetValue(stage, out var report))
            {
                var (symbol, color) = Symbol(report.Status, unicode);
                var dim = report.Status == StageStatus.Skipped ? "[grey]" : "[default]";
                table.AddRow(new Markup($"[{color}]{symbol}[/]"), new Markup($"{dim}{Words.Of(stage)}[/]"), new Markup($"{dim}{Safe(report.Summary)}[/]"));
            }
            else if (running.Contains(stage))
            {
                table.AddRow(new Markup("[grey]·[/]"), new Markup($"[grey]{Words.Of(stage)}[/]"), new Markup("[grey]…[/]"));
            }
        }

        return new Rows(new Markup($"[bold]{Safe(target)}[/]"), Text.Empty, new Padder(table, new Padding(2, 0, 0, 0)));
    }

    /// <summary>The verdict with proof, fix, alternatives and what else was found.</summary>
    public static IRenderable Verdict(CheckReport report)
    {
        var rows = new List<IRenderable> { Text.Empty, new Padder(Headline(report), new Padding(2, 0, 0, 0)) };
        var verdict = report.Verdict;
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn(string.Empty) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn(string.Empty) { Padding = new Padding(0, 0, 0, 0) });
        if (verdict.Root is { } root)
        {
            foreach (var (label, text) in Proof(report, root)) table.AddRow(new Markup(label), new Markup(text));
            if (root.Fix is { } fix) table.AddRow(new Markup("[bold]fix[/]"), new Markup(Safe(fix)));
            foreach (var alternative in root.Alternatives)
                table.AddRow(new Markup("[bold]or[/]"), new Markup($"{Safe(alternative.Cause)}. To tell: {Safe(alternative.NextExperiment)}"));
        }

        foreach (var finding in report.Findings.Where(f => f != verdict.Root))
        {
            var follows = finding.Follows is { } cause ? $" [grey](follows from {Safe(cause)})[/]" : string.Empty;
            table.AddRow(new Markup(finding.Severity == Severity.Info ? "[grey]note[/]" : "[bold]also[/]"), new Markup($"{Safe(finding.Cause)}: {Safe(finding.Summary)}{follows}"));
        }

        if (table.Rows.Count > 0) rows.Add(new Padder(table, new Padding(2, 1, 0, 0)));
        rows.Add(Text.Empty);
        return new Rows(rows);
    }

    /// <summary>One line, for many targets on a terminal.</summary>
    public static IRenderable Line(CheckReport report)
    {
        var (word, color) = Status(report.Verdict.Status);
        return new Markup($"[{color}]{word,-8}[/] [bold]{Safe(report.Target.Text)}[/]{Markup.Escape(AfterTarget(report))}");
    }

    /// <summary>The same for a pipe, where a line is a line however long it is.</summary>
    public static string PlainLine(CheckReport report) => $"{Status(report.Verdict.Status).Word,-8} {TextSanitizer.Escape(report.Target.Text)}{AfterTarget(report)}";

    private static string AfterTarget(CheckReport report)
    {
        var cause = report.Verdict.Root is { } root ? $" {root.Cause}" : string.Empty;
        return TextSanitizer.Escape($"{cause}: {report.Verdict.Summary}");
    }

    private static Markup Headline(CheckReport report)
    {
        var verdict = report.Verdict;
        var (word, color) = Status(verdict.Status);
        var time = Seconds(report.Duration);
        if (verdict.Root is not { } root) return new Markup($"[bold {color}]{word.ToUpperInvariant()}[/] [grey]in {time}[/]\n{Safe(verdict.Summary)}");
        return new Markup($"[bold {color}]{word.ToUpperInvariant()}[/] at the {Words.Of(root.Layer)} layer: [bold]{Safe(root.Cause)}[/] ({Words.Of(root.Confidence)}) [grey]in {time}[/]\n{Safe(verdict.Summary)}");
    }

    private static IEnumerable<(string Label, string Text)> Proof(CheckReport report, Finding root)
    {
        var label = "[bold]proof[/]";

        // The first that the finding names say the most; people read them in the order in which they happened.
        var named = root.Evidence.Distinct().Select(id => report.Evidence.FirstOrDefault(e => e.Id == id)).OfType<EvidenceItem>().Take(MaximumProof);
        foreach (var item in named.OrderBy(static e => e.At).ThenBy(static e => e.Id.Length).ThenBy(static e => e.Id, StringComparer.Ordinal))
        {
            yield return (label, $"[grey]{Safe(item.Id)} at {item.At.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms[/] {Safe(item.Summary)}");
            label = string.Empty;
        }

        var more = root.Evidence.Distinct().Count() - MaximumProof;
        if (more > 0) yield return (string.Empty, $"[grey]and {more} more: --output json shows all[/]");
    }

    // More lines than this push the fix off a screen of 24.
    private const int MaximumProof = 6;

    private static string Seconds(TimeSpan time) => time.TotalSeconds < 1
        ? time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms"
        : time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private static (string Symbol, string Color) Symbol(StageStatus status, bool unicode) => status switch
    {
        StageStatus.Pass => (unicode ? "✓" : "ok", "green"),
        StageStatus.Warn => (unicode ? "▲" : "!", "yellow"),
        StageStatus.Fail => (unicode ? "✗" : "x", "red"),
        StageStatus.Skipped => (unicode ? "–" : "-", "grey"),
        _ => ("?", "yellow"),
    };

    private static (string Word, string Color) Status(VerdictStatus status) => status switch
    {
        VerdictStatus.Works => ("works", "green"),
        VerdictStatus.Degraded => ("degraded", "yellow"),
        VerdictStatus.Broken => ("broken", "red"),
        _ => ("unknown", "yellow"),
    };

    // What came from the network was escaped where it came in; here it is made sure, and markup is switched off.
    private static string Safe(string text) => Markup.Escape(TextSanitizer.Escape(text));
}
