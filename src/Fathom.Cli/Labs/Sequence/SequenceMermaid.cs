using System.Globalization;
using System.Text;

namespace Fathom.Cli.Labs.Sequence;

/// <summary>A sequence diagram as Mermaid writes it.</summary>
internal static class SequenceMermaid
{
    public static string Draw(SequenceChart chart)
    {
        var text = new StringBuilder("sequenceDiagram\n");
        for (var i = 0; i < chart.Hosts.Count; i++) text.Append("  participant h").Append(i).Append(" as ").Append(chart.Hosts[i]).Append('\n');
        foreach (var arrow in chart.Arrows)
        {
            foreach (var to in arrow.To)
            {
                text.Append(CultureInfo.InvariantCulture, $"  h{arrow.From}{(arrow.Lost is null ? "->>" : "-x")}h{to}: {arrow.At.TotalMilliseconds:0.00} ms {Quoted(arrow.Label)}\n");
            }
        }

        foreach (var remark in chart.Remarks()) text.Append("  %% ").Append(remark).Append('\n');
        return text.ToString();
    }

    // A semicolon ends a statement, a number sign begins an entity.
    private static string Quoted(string label) => string.Concat(label.Select(static c => c switch { '#' => "#35;", ';' => "#59;", _ => c.ToString() }));
}
