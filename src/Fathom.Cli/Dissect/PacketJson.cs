using Fathom.Cli.Output;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>Packets as JSON in memory, one behind the other: a part of a <see cref="DissectJson"/>.</summary>
internal sealed class PacketJson
{
    private readonly bool _isIndented;
    private readonly string? _schema;
    private readonly JsonBuffer _json;
    private readonly List<LayerJson?> _layers = [];

    /// <summary>Begins.</summary>
    /// <param name="isIndented">On several lines.</param>
    /// <param name="schema">The schema of each packet, which is then a document and a line by itself; null for elements of an array.</param>
    /// <param name="depth">Objects and arrays that are open around a packet.</param>
    public PacketJson(bool isIndented, string? schema, int depth)
    {
        _isIndented = isIndented;
        _schema = schema;
        _json = new JsonBuffer(isIndented) { Depth = depth };
    }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _json.Written;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _json.Clear();

    /// <summary>Adds a packet.</summary>
    /// <param name="packet">The packet. Its octets are not looked at.</param>
    /// <param name="dissection">It taken apart.</param>
    /// <param name="isFirst">No other is before it in the output.</param>
    public void Add(SourcePacket packet, Dissection dissection, bool isFirst)
    {
        if (_schema is null) _json.Separate(isFirst);
        _json.Open('{');
        if (_schema is not null) _json.Member("schema"u8, _schema);
        _json.Member("number"u8, packet.Number);
        if (packet.UnixNanoseconds is { } time) _json.Member("unixNanoseconds"u8, time);
        if (packet.Interface is { } name) _json.Member("interface"u8, name);
        _json.Member("linkType"u8, packet.LinkType);
        _json.Member("length"u8, packet.OriginalLength);
        _json.Member("captured"u8, packet.Bytes.Length);
        _json.Member("summary"u8, dissection.Summary);
        if (packet.Comments.Count > 0) AddComments(packet.Comments);
        if (dissection.Fault is { } fault) AddFault(fault, dissection.FaultOffset);
        AddLayers(dissection.Layers);
        AddParts(dissection.Reassembled);
        _json.Close('}');
        if (_schema is not null) _json.Raw("\n"u8);
    }

    private void AddComments(IReadOnlyList<string> comments)
    {
        _json.Name("comments"u8);
        _json.Open('[');
        foreach (var comment in comments)
        {
            _json.Separate();
            _json.Value(comment);
        }

        _json.Close(']');
    }

    private void AddFault(Wire.WireError fault, int faultOffset)
    {
        _json.Name("fault"u8);
        _json.Open('{');
        _json.Member("protocol"u8, fault.Protocol);
        _json.Member("kind"u8, fault.Kind.ToString());
        _json.Member("offset"u8, faultOffset + fault.Offset);
        _json.Member("detail"u8, fault.ToString());
        _json.Close('}');
    }

    private void AddLayers(IReadOnlyList<DissectedLayer> layers)
    {
        _json.Name("layers"u8);
        _json.Open('[');
        At(_json.Depth).Add(layers);
        _json.Close(']');
    }

    // Parts of a packet have layers deeper in the document, parts of parts deeper still.
    private LayerJson At(int depth)
    {
        while (_layers.Count <= depth) _layers.Add(null);
        return _layers[depth] ??= new LayerJson(_json, new JsonPieces(_isIndented, depth + 1));
    }

    // What became whole with this packet: offsets in it count from its own first octet.
    private void AddParts(IReadOnlyList<ReassembledPart> parts)
    {
        if (parts.Count == 0) return;
        _json.Name("reassembled"u8);
        _json.Open('[');
        foreach (var part in parts)
        {
            _json.Separate();
            _json.Open('{');
            _json.Member("name"u8, part.Name);
            _json.Name("packets"u8);
            _json.Open('[');
            foreach (var number in part.Packets)
            {
                _json.Separate();
                _json.Value((ulong)number);
            }

            _json.Close(']');
            _json.Member("length"u8, part.Bytes.Length);
            _json.Member("summary"u8, part.Summary);
            if (part.Fault is { } fault) _json.Member("fault"u8, fault.ToString());
            AddLayers(part.Layers);
            AddParts(part.Inner);
            _json.Close('}');
        }

        _json.Close(']');
    }
}
