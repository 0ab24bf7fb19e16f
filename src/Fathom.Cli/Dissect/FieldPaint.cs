using Fathom.Wire.Dissection;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>
/// The look of each octet in a dump: its layer's color, every other field bold so that neighbors are told apart, the chosen field inverted; on a
/// pipe, which has no colors, the chosen field stands in brackets.
/// </summary>
internal sealed class FieldPaint
{
    private readonly string?[] _styles;
    private readonly bool[] _chosen;

    /// <summary>Looks at which layer and field each octet belongs to.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="length">Octets shown.</param>
    /// <param name="choice">The chosen field, or null.</param>
    public FieldPaint(IReadOnlyList<DissectedLayer> layers, int length, FieldChoice? choice)
    {
        _styles = new string?[length];
        _chosen = new bool[length];
        foreach (var layer in layers)
        {
            var color = LayerNames.Color(layer);
            var end = layer.Offset + (layer.HeaderLength > 0 ? layer.HeaderLength : layer.Length);
            for (var i = layer.Offset; i < Math.Min(end, length); i++) _styles[i] = color;
            for (var f = 0; f < layer.Fields.Count; f++)
            {
                var field = layer.Fields[f];
                var isChosen = choice?.Means(layer, field) == true;
                if (f % 2 == 0 && !isChosen) continue;
                for (var i = field.BitOffset / 8; i < Math.Min((field.BitOffset + field.BitLength + 7) / 8, length); i++)
                {
                    _styles[i] = isChosen ? "invert " + color : "bold " + color;
                    _chosen[i] |= isChosen;
                }
            }
        }
    }

    /// <summary>Marks up an octet's text.</summary>
    public string Paint(int at, string text) => _styles[at] is { } style ? $"[{style}]{Markup.Escape(text)}[/]" : Markup.Escape(text);

    /// <summary>The character before an octet: a blank, or a bracket where the chosen field begins or ended.</summary>
    public char Mark(int at)
    {
        var (before, now) = (at > 0 && _chosen[at - 1], at < _chosen.Length && _chosen[at]);
        return now && !before ? '[' : before && !now ? ']' : ' ';
    }
}
