using System.Globalization;
using System.Text;
using Fathom.Diagnosis;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>The matrix as a document: a row for each fault at each place, and what the check called it.</summary>
public sealed class MatrixTable(int seeds)
{
    private readonly Dictionary<MatrixCell, SortedDictionary<string, int>> _called = [];
    private readonly List<string> _wrong = [];
    private int _checks;

    /// <summary>What is off the diagonal, with the command that shows it.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Enters one run.</summary>
    public void Enter(MatrixCell cell, ulong seed, bool captures, CheckReport report, string? wrong)
    {
        if (!_called.TryGetValue(cell, out var row)) _called[cell] = row = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var finding = report.Verdict.Root ?? report.Findings.FirstOrDefault(static f => f.Follows is null);
        var words = $"{report.Verdict.Status} {finding?.Cause} {finding?.Confidence}".ToLowerInvariant();
        _checks++;
        row[words] = row.GetValueOrDefault(words) + 1;
        if (wrong is not null) _wrong.Add($"{wrong}: {cell.ToCommand(seed)}{(captures ? "" : " (without packets)")}\n{MatrixRun.Describe(report)}");
    }

    /// <summary>Writes it.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder();
        text.AppendLine("# The matrix of the lab");
        text.AppendLine();
        text.AppendLine(FormattableString.Invariant($"""
            Each row is one fault at one place of the lab's default internet, and what `fathom check` called it, {seeds} seeds each, as somebody who may look at packets and as somebody who may
            not (where only packets show it, as the first alone): {_checks} checks, {_wrong.Count} of them off the diagonal. A check is on it only if status, cause and layer are the contract's (docs/check-contract.md), the finding
            has evidence, and no other finding claims a cause that is absent.

            And what is healthy is never called broken under ordinary weather: 2 % loss, 100 ms jitter, ICMP filtered, each and together, 5 kinds × 4 targets × seeds (`WeatherTests`, with
            FATHOM_LAB_WEATHER=SEEDS).

            A cell is played again by `fathom check TARGET --lab --from HOST --fault FAULT --seed N`; the table is written by
            `FATHOM_LAB_MATRIX={seeds} dotnet test --project tests/Fathom.Lab.Tests -c Release -- --filter-method "*whole_matrix*"`.
            """));
        text.AppendLine();
        text.AppendLine("| fault | from | target | called |");
        text.AppendLine("|---|---|---|---|");
        foreach (var (cell, row) in _called)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {cell.Cause}@{cell.Place} | {cell.From} | {cell.Target} | {string.Join(", ", row.Select(static r => $"{r.Value} × {r.Key}"))} |");
        File.WriteAllText(path, text.ToString().ReplaceLineEndings("\n"));
    }
}
