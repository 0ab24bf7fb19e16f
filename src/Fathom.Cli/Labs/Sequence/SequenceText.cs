using System.Globalization;
using System.Text;

namespace Fathom.Cli.Labs.Sequence;

/// <summary>Draws a sequence diagram with characters: an arrow a line, and its label above it where it does not fit into it.</summary>
internal static class SequenceText
{
    // "12345.67  ": milliseconds, and room before the first column.
    private const int TimeWidth = 10;

    /// <summary>Draws it.</summary>
    /// <param name="chart">The diagram.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="isUnicode">Lines may be drawn with box characters.</param>
    public static string Draw(SequenceChart chart, int width, bool isUnicode)
    {
        var pen = isUnicode ? Pen.Unicode : Pen.Ascii;
        var lanes = Lanes(chart, width);
        var text = new StringBuilder();
        text.Append(chart.Title).Append('\n').Append('\n');
        text.Append(Head(chart, lanes, width)).Append('\n');
        foreach (var arrow in chart.Arrows)
        {
            var time = arrow.At.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture).PadLeft(TimeWidth - 2);
            var room = lanes[arrow.Last] - lanes[arrow.First] - 5;
            if (arrow.First != arrow.Last && arrow.LostAfter is null && arrow.Label.Length <= room)
            {
                text.Append(Line(chart, arrow, lanes, pen, width, time, arrow.Label));
                continue;
            }

            var label = Row(lanes, pen, width);
            Put(label, 0, time);
            Write(label, lanes[arrow.First] + 2, arrow.Label, width);
            text.Append(Trimmed(label)).Append('\n');
            text.Append(Line(chart, arrow, lanes, pen, width, string.Empty, string.Empty));
        }

        text.Append('\n');
        foreach (var remark in chart.Remarks()) text.Append("  ").Append(remark).Append('\n');
        return text.ToString();
    }

    private static int[] Lanes(SequenceChart chart, int width)
    {
        var count = chart.Hosts.Count;
        var step = count == 1 ? 0 : Math.Min(30, (width - TimeWidth - 8) / (count - 1));
        return [.. Enumerable.Range(0, count).Select(i => TimeWidth + 3 + (i * step))];
    }

    private static string Head(SequenceChart chart, int[] lanes, int width)
    {
        var row = new char[width];
        Array.Fill(row, ' ');
        Put(row, 0, "ms".PadLeft(TimeWidth - 2));
        for (var i = 0; i < lanes.Length; i++)
        {
            // The first column stands near the left edge: its name reaches to half way to the next, and the last one's from half way to the right edge.
            var step = lanes.Length > 1 ? lanes[1] - lanes[0] : width;
            var room = Math.Min(step, (step / 2) + Math.Min(lanes[i] - TimeWidth, width - 1 - lanes[i])) - 1;
            var name = ShortName.Of(chart.Hosts[i], Math.Max(room, 3));
            Put(row, Math.Clamp(lanes[i] - (name.Length / 2), TimeWidth, width - name.Length), name);
        }

        return Trimmed(row);
    }

    private static string Line(SequenceChart chart, SequenceArrow arrow, int[] lanes, Pen pen, int width, string time, string label)
    {
        var row = Row(lanes, pen, width);
        Put(row, 0, time);
        var (left, right, from) = (lanes[arrow.First], lanes[arrow.Last], lanes[arrow.From]);
        if (left == right)
        {
            // It touches one column only: a packet that got nowhere.
            Put(row, from, $"{pen.Fork}{pen.Line}{pen.Line}{pen.Lost}");
            return Trimmed(row) + "\n";
        }

        if (arrow.LostAfter is { } last)
        {
            // It ends a little behind the last who had it.
            var way = from == left ? 1 : -1;
            var end = lanes[last] + (3 * way);
            for (var x = from; x != end; x += way) row[x] = lanes.Contains(x) ? pen.Cross : pen.Line;
            row[from] = from == left ? pen.Fork : pen.ForkLeft;
            row[end] = pen.Lost;
            return Trimmed(row) + "\n";
        }

        for (var x = left; x <= right; x++) row[x] = pen.Line;
        for (var i = arrow.First; i <= arrow.Last; i++)
        {
            if (!arrow.To.Contains(i) && i != arrow.From) row[lanes[i]] = pen.Cross;
        }

        row[from] = from == left ? pen.Fork : from == right ? pen.ForkLeft : pen.Cross;
        foreach (var to in arrow.To)
        {
            var at = lanes[to];
            if (arrow.Lost is not null)
            {
                row[at] = pen.Lane;
                row[at > from ? at - 2 : at + 2] = pen.Lost;
                row[at > from ? at - 1 : at + 1] = ' ';
                continue;
            }

            row[at] = pen.Lane;
            row[at > from ? at - 1 : at + 1] = at > from ? pen.Right : pen.Left;
            if (at != left && at != right) row[at] = pen.Cross;
        }

        if (label.Length > 0) Put(row, (from == left ? left + 2 : left + 3), " " + label + " ");
        return Trimmed(row) + "\n";
    }

    private static char[] Row(int[] lanes, Pen pen, int width)
    {
        var row = new char[width];
        Array.Fill(row, ' ');
        foreach (var lane in lanes) row[lane] = pen.Lane;
        return row;
    }

    // A label that is too long for what is on its right begins further left, and is cut only where the whole line is too short.
    private static void Write(char[] row, int at, string label, int width)
    {
        if (at + label.Length > width) at = Math.Max(TimeWidth + 1, width - label.Length);
        var text = at + label.Length > width ? label[..(width - at - 1)] + "…" : label;
        if (at > TimeWidth + 1) row[at - 1] = ' ';
        Put(row, at, text);
    }

    private static void Put(char[] row, int at, string text)
    {
        for (var i = 0; i < text.Length && at + i < row.Length; i++) row[at + i] = text[i];
    }

    private static string Trimmed(char[] row) => new string(row).TrimEnd();

    private sealed record Pen(char Lane, char Line, char Fork, char ForkLeft, char Cross, char Right, char Left, char Lost)
    {
        public static Pen Unicode { get; } = new('│', '─', '├', '┤', '┼', '▶', '◀', '✗');

        public static Pen Ascii { get; } = new('|', '-', '|', '|', '+', '>', '<', 'x');
    }
}
