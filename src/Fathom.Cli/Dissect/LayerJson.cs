using Fathom.Cli.Output;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>Layers and their fields as JSON, all at one depth of the document. What is the same in every packet is put together once.</summary>
/// <param name="json">Takes them.</param>
/// <param name="pieces">For the members of a layer's object.</param>
internal sealed class LayerJson(JsonBuffer json, JsonPieces pieces)
{
    // From a layer's members to a field's.
    private const int LevelsOfField = 2;

    private readonly FieldFrames _fields = new(pieces.In(LevelsOfField));
    private readonly List<LayerFrame> _layers = [];

    /// <summary>Writes the layers as elements of an array.</summary>
    public void Add(IReadOnlyList<DissectedLayer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            var frame = FrameOf(layer);
            frame.Begin(json, layer);
            json.Open('[');
            FieldFrame? last = null;
            foreach (ref readonly var field in layer.Fields.AsSpan())
            {
                last = last is null ? frame.FirstOf(in field, _fields) : _fields.Of(in field, last);
                last.Write(json, in field);
            }

            json.Close(']');
            json.Close('}');
        }
    }

    // There are forty protocols, and five in a packet.
    private LayerFrame FrameOf(DissectedLayer layer)
    {
        foreach (var known in _layers)
        {
            if (known.Protocol == layer.Protocol) return known;
        }

        var frame = new LayerFrame(layer, pieces);
        _layers.Add(frame);
        return frame;
    }
}
