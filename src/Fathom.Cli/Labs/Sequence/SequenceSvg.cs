using System.Globalization;

namespace Fathom.Cli.Labs.Sequence;

/// <summary>A sequence diagram as SVG.</summary>
internal static class SequenceSvg
{
    // Pixels.
    private const int TimeWidth = 110;
    private const int Step = 210;
    private const int Row = 30;
    private const int Top = 84;
    private const int Margin = 24;

    // What a letter of a label takes on average at 12 pixels, and a little more.
    private const double Letter = 6.6;

    public static string Draw(SequenceChart chart)
    {
        var picture = new SvgText();
        var rows = chart.Arrows.Count;
        var width = TimeWidth + ((chart.Hosts.Count - 1) * Step) + (Step / 2) + Margin + 60;
        var remarks = chart.Remarks().ToList();
        var bottom = Top + (rows * Row) + 10;
        picture.Text(Margin, 28, chart.Title, "title");
        for (var i = 0; i < chart.Hosts.Count; i++)
        {
            picture.Line(Lane(i), Top - 12, Lane(i), bottom, "lane");
            picture.Box(Lane(i) - 72, 44, 144, 28, "host");
            picture.Text(Lane(i), 63, chart.Hosts[i], "name", "middle");
        }

        for (var i = 0; i < rows; i++)
        {
            var arrow = chart.Arrows[i];
            var y = Top + (i * Row) + 20;
            picture.Text(TimeWidth - 30, y + 4, arrow.At.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms", "note", "end");
            foreach (var to in arrow.To) Arrow(picture, arrow, to, y);
            var room = Math.Max(Step, (arrow.Last - arrow.First) * Step) + (arrow.Last < chart.Hosts.Count - 1 ? Step : 0);
            var most = (int)(room / Letter);
            var label = ShortName.OfLine(arrow.Label, most);
            picture.Text(Lane(arrow.First) + 8, y - 5, label, arrow.Lost is null ? "label" : "bad-label");
        }

        for (var i = 0; i < remarks.Count; i++) picture.Text(Margin, bottom + 22 + (i * 18), remarks[i], "note");
        return picture.End(width, bottom + 30 + (remarks.Count * 18), chart.Title);
    }

    private static double Lane(int index) => TimeWidth + 60 + (index * Step);

    private static void Arrow(SvgText picture, SequenceArrow arrow, int to, double y)
    {
        var from = Lane(arrow.From);
        if (arrow.Lost is null)
        {
            picture.Line(from, y, Lane(to), y, "arrow", "tip");
            return;
        }

        var way = Lane(to) - from;
        var end = to == arrow.From ? from + 60 : arrow.LostAfter is { } last ? Lane(last) + (Math.Sign(way) * Step * 0.35) : from + (way * 0.85);
        picture.Line(from, y, end, y, "bad", "cross");
    }
}
