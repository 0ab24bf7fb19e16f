using Fathom.Cli.Output;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>What is the same in every layer of one protocol, put together once.</summary>
internal sealed class LayerFrame
{
    private readonly byte[] _beforeOffset;
    private readonly byte[] _beforeHeaderLength;
    private readonly byte[] _beforeLength;
    private readonly byte[] _quoted;
    private readonly byte[] _beforeSummary;
    private readonly byte[] _behindSummary;
    private FieldFrame? _first;

    /// <summary>Makes a layer's frame.</summary>
    /// <param name="layer">One of the layers.</param>
    /// <param name="pieces">For the members of a layer's object.</param>
    public LayerFrame(DissectedLayer layer, JsonPieces pieces)
    {
        Protocol = layer.Protocol;
        _beforeOffset = pieces.In(-1).MakeElement(json =>
        {
            json.Open('{');
            json.Member("protocol"u8, layer.Protocol);
            json.Member("layer"u8, LayerNames.Of(LayerNames.Model(layer)));
            json.Member("osi"u8, LayerNames.Osi(layer));
            json.Name("offset"u8);
        });
        _beforeHeaderLength = pieces.Make(static json => json.Name("headerLength"u8));
        _beforeLength = pieces.Make(static json => json.Name("length"u8));
        _quoted = pieces.Make(static json =>
        {
            json.Name("quoted"u8);
            json.Raw("true"u8);
        });
        _beforeSummary = pieces.Make(static json =>
        {
            json.Name("summary"u8);
            json.Raw("\""u8);
        });
        _behindSummary = pieces.Make(static json =>
        {
            json.Raw("\""u8);
            json.Name("fields"u8);
        });
    }

    /// <summary>The protocol: the same object in all of its layers.</summary>
    public string Protocol { get; }

    /// <summary>The frame of the layer's first field.</summary>
    public FieldFrame FirstOf(in DissectedField field, FieldFrames fields)
        => _first is not null && _first.IsOf(in field) ? _first : _first = fields.Of(in field, null);

    /// <summary>Writes the layer as an element of an array, as far as its fields.</summary>
    public void Begin(JsonBuffer json, DissectedLayer layer)
    {
        json.Comma();
        json.Raw(_beforeOffset);
        json.Value((ulong)layer.Offset);
        json.Raw(_beforeHeaderLength);
        json.Value((ulong)layer.HeaderLength);
        json.Raw(_beforeLength);
        json.Value((ulong)layer.Length);
        if (layer.IsQuoted) json.Raw(_quoted);
        json.Raw(_beforeSummary);
        json.Text(layer.Summary);
        json.Raw(_behindSummary);
        json.Depth++;
    }
}
