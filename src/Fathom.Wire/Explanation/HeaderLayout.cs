namespace Fathom.Wire.Explanation;

/// <summary>A header's fields, as the reader of the protocol has them.</summary>
/// <param name="Name">Which header: "IPv4 header".</param>
/// <param name="Protocol">The dissector's word for the layer, the first part of a field's name: "ipv4".</param>
/// <param name="Fields">The rows.</param>
/// <param name="Rest">What follows the fixed part, for the drawing; or null.</param>
public sealed record HeaderLayout(string Name, string Protocol, IReadOnlyList<FieldSpec> Fields, string? Rest = null)
{
    internal static HeaderLayout Of<TView>(string name, string protocol, string? rest = null)
        where TView : struct, IWireView<TView>, allows ref struct
        => new(name, protocol, TView.Layout.ToArray(), rest);

    /// <summary>An option or another element: its fields, its repeated group once, and what takes the rest.</summary>
    internal static HeaderLayout Of(string name, ElementLayout layout)
    {
        List<FieldSpec> fields = [.. layout.Fields];
        foreach (var row in layout.Repeated) fields.Add(row with { BitOffset = row.BitOffset + (8 * layout.FixedLength) });
        return new(name, layout.Name, fields, layout.GroupLength > 0 ? "the last part again, as often as it fits" : layout.Rest is { } rest ? HeaderDrawing.Words(rest) : null);
    }
}
