using System.Collections.Concurrent;
using System.Text;
using Fathom.EndToEnd.Cases;

namespace Fathom.EndToEnd.Checks;

/// <summary>
/// Collects every verdict of a run into one table, cause × verdict, as root and as nobody: printed at the end and
/// written to artifacts/endtoend/matrix.md.
/// </summary>
public sealed class MatrixReport : IDisposable
{
    private readonly ConcurrentDictionary<(string Row, Privilege Privilege), string> _cells = new();

    internal void Record(FaultCase row, Privilege privilege, CheckDocument document)
    {
        var verdict = document.Verdict;
        var others = VerdictAssert.Claims(document).Where(cause => cause != verdict.Cause).Distinct().ToArray();
        var cell = $"{verdict.Status} {verdict.Cause} {verdict.Confidence}".TrimEnd();
        _cells[(row.Name, privilege)] = others.Length == 0 ? cell : $"{cell} (+ {string.Join(", ", others)})";
    }

    public void Dispose()
    {
        if (_cells.IsEmpty)
        {
            return;
        }

        var table = Table();
        var folder = Path.Combine(FathomBinary.Repository, "artifacts", "endtoend");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "matrix.md"), table);
        Console.WriteLine(table);
    }

    private string Table()
    {
        Privilege[] columns = [Privilege.Root, Privilege.Nobody, Privilege.NobodyWithPing];
        var text = new StringBuilder();
        text.AppendLine("| case | expected | root | nobody | nobody, ping allowed |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var row in CaseGroup.All.Where(row => columns.Any(column => _cells.ContainsKey((row.Name, column)))))
        {
            var cells = columns.Select(column => _cells.GetValueOrDefault((row.Name, column), ""));
            text.AppendLine(null, $"| {row.Name} | {row.Expect} | {string.Join(" | ", cells)} |");
        }

        return text.ToString();
    }
}
