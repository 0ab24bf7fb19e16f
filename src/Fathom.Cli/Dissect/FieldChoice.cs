using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>The field that <c>--field</c> names: "flags", or with its protocol "tcp.flags".</summary>
internal sealed class FieldChoice(string text)
{
    private readonly string? _protocol = text.Contains('.') ? text[..text.IndexOf('.')] : null;
    private readonly string _name = text[(text.IndexOf('.') + 1)..];

    /// <summary>The text as it was given.</summary>
    public string Text => text;

    /// <summary>True if the field is meant. Letters' case does not count.</summary>
    public bool Means(DissectedLayer layer, DissectedField field)
        => string.Equals(field.Name, _name, StringComparison.OrdinalIgnoreCase) && (_protocol is null || string.Equals(layer.Protocol, _protocol, StringComparison.OrdinalIgnoreCase));

    /// <summary>True if some field of the packet is meant.</summary>
    public bool IsIn(Dissection dissection) => IsIn(dissection.Layers) || IsIn(dissection.Reassembled);

    private bool IsIn(IReadOnlyList<DissectedLayer> layers) => layers.Any(layer => layer.Fields.Any(field => Means(layer, field)));

    private bool IsIn(IReadOnlyList<ReassembledPart> parts) => parts.Any(part => IsIn(part.Layers) || IsIn(part.Inner));
}
