using System.Runtime.CompilerServices;
using Fathom.Cli.Output;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>
/// Packets as JSON: one document with an array, or one object a line. What is the same in every packet (a field's name, bits and clause, a layer's place in
/// the models) is put together once.
/// </summary>
internal sealed class DissectJson
{
    private const int FlushAt = 1 << 16;

    // Fields and layers differ in a few hundred ways. The table stays half empty; what comes when it is full, names from the network, is written member by member.
    private const int Places = 2048;
    private const int MostFrames = Places / 2;
    private const int PieceCapacity = 256;

    // From a layer's members to a field's.
    private const int LevelsOfField = 2;

    // In a document a packet is in the packets of the document; on a line of its own it is the line.
    private readonly int _fieldDepth;
    private readonly bool _isDocument;
    private readonly bool _isIndented;
    private readonly string _schema;
    private readonly Stream _output;
    private readonly JsonBuffer _json;
    private readonly FieldFrame?[] _fields = new FieldFrame?[Places];
    private readonly LayerFrame?[] _layers = new LayerFrame?[Places];
    private readonly byte[] _beforeText;
    private int _frames;

    /// <summary>Begins the output.</summary>
    /// <param name="output">Where it goes, in large pieces.</param>
    /// <param name="schema">The document's schema, or each packet's.</param>
    /// <param name="isIndented">On several lines.</param>
    /// <param name="isDocument">One document with all packets, or each packet by itself.</param>
    public DissectJson(Stream output, string schema, bool isIndented, bool isDocument)
    {
        const int LevelsOfPacket = 5, LevelsOfDocument = 2;
        _output = output;
        _schema = schema;
        _isIndented = isIndented;
        _isDocument = isDocument;
        _json = new JsonBuffer(isIndented);
        _fieldDepth = LevelsOfPacket + (isDocument ? LevelsOfDocument : 0);
        _beforeText = Piece(BeginText);
        if (!isDocument) return;
        _json.Open('{');
        _json.Member("schema"u8, _schema);
        _json.Name("packets"u8);
        _json.Open('[');
    }

    /// <summary>Adds a packet.</summary>
    public void Add(SourcePacket packet, Dissection dissection)
    {
        if (_isDocument) _json.Separate();
        _json.Open('{');
        if (!_isDocument) _json.Member("schema"u8, _schema);
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
        if (!_isDocument) EndLine();
        if (_json.Length >= FlushAt) Flush();
    }

    /// <summary>Ends the output.</summary>
    /// <param name="error">Why the packets ended, where that was damage.</param>
    public void End(CaptureError error)
    {
        if (_isDocument)
        {
            _json.Close(']');
            if (error.IsError)
            {
                _json.Name("error"u8);
                _json.Open('{');
                _json.Member("fileOffset"u8, error.FileOffset);
                _json.Member("detail"u8, error.Detail);
                _json.Close('}');
            }

            _json.Close('}');
            EndLine();
        }

        Flush();
    }

    /// <summary>Writes what was kept back.</summary>
    public void Flush()
    {
        _output.Write(_json.Written);
        _output.Flush();
        _json.Clear();
    }

    private void EndLine() => _json.Raw("\n"u8);

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
        for (var i = 0; i < layers.Count; i++) AddLayer(layers[i]);
        _json.Close(']');
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

    private void AddLayer(DissectedLayer layer)
    {
        _json.Separate();
        _json.Open('{');
        AddHead(layer);
        _json.Member("offset"u8, layer.Offset);
        _json.Member("headerLength"u8, layer.HeaderLength);
        _json.Member("length"u8, layer.Length);
        if (layer.IsQuoted)
        {
            _json.Name("quoted"u8);
            _json.Raw("true"u8);
        }

        _json.Member("summary"u8, layer.Summary);
        _json.Name("fields"u8);
        _json.Open('[');
        var fields = layer.Fields;
        for (var i = 0; i < fields.Count; i++) AddField(fields[i]);
        _json.Close(']');
        _json.Close('}');
    }

    private void AddHead(DissectedLayer layer)
    {
        if (_json.Depth != _fieldDepth - LevelsOfField)
        {
            WriteHead(_json, layer);
            return;
        }

        var frame = FrameOf(layer);
        if (frame is null)
        {
            WriteHead(_json, layer);
            return;
        }

        _json.Separate();
        _json.Raw(frame.Head);
    }

    private static void WriteHead(JsonBuffer json, DissectedLayer layer)
    {
        json.Member("protocol"u8, layer.Protocol);
        json.Member("layer"u8, LayerNames.Of(LayerNames.Model(layer)));
        json.Member("osi"u8, LayerNames.Osi(layer));
    }

    // Seldom enough: in a part that was put together, deeper in the document, or with a name that came from the network.
    private void AddByMembers(DissectedField field)
    {
        _json.Separate();
        _json.Open('{');
        _json.Member("name"u8, field.Name);
        _json.Member("bitOffset"u8, field.BitOffset);
        _json.Member("bits"u8, field.BitLength);
        if (field.Number is { } number)
        {
            _json.Name("value"u8);
            _json.Value(number);
        }

        _json.Member("text"u8, field.Text);
        _json.Member("spec"u8, field.Spec);
        _json.Close('}');
    }

    private void AddField(DissectedField field)
    {
        var frame = _json.Depth == _fieldDepth - 1 ? FrameOf(field) : null;
        if (frame is null)
        {
            AddByMembers(field);
            return;
        }

        _json.Element(frame.BeforeOffset);
        _json.Value((ulong)field.BitOffset);
        if (field.Number is { } number)
        {
            _json.Raw(frame.BeforeValue);
            _json.Value(number);
            _json.Raw(_beforeText);
        }
        else
        {
            _json.Raw(frame.BeforeText);
        }

        _json.Text(field.Text);
        _json.Raw(frame.BehindText);
    }

    // Names and clauses are constants: the same object each time.
    private FieldFrame? FrameOf(DissectedField field)
    {
        var hash = RuntimeHelpers.GetHashCode(field.Name) ^ (RuntimeHelpers.GetHashCode(field.Spec) * 31) ^ field.BitLength;
        for (var place = (uint)hash % Places; ; place = (place + 1) % Places)
        {
            if (_fields[place] is not { } frame) return _frames++ < MostFrames ? _fields[place] = MakeFrame(field) : null;
            if (frame.IsOf(field)) return frame;
        }
    }

    private LayerFrame? FrameOf(DissectedLayer layer)
    {
        for (var place = (uint)RuntimeHelpers.GetHashCode(layer.Protocol) % Places; ; place = (place + 1) % Places)
        {
            if (_layers[place] is not { } frame) return _frames++ < MostFrames ? _layers[place] = MakeFrame(layer) : null;
            if (ReferenceEquals(frame.Protocol, layer.Protocol)) return frame;
        }
    }

    // Of a layer, its first three members, without the line before them.
    private LayerFrame MakeFrame(DissectedLayer layer)
    {
        var json = NewPiece(_fieldDepth - LevelsOfField);
        WriteHead(json, layer);
        return new LayerFrame(layer.Protocol, json.Written.TrimStart("\n "u8).ToArray());
    }

    private FieldFrame MakeFrame(DissectedField field)
    {
        var open = NewPiece(_fieldDepth - 1);
        open.Separate();
        open.Clear();
        open.Separate();
        open.Open('{');
        open.Member("name"u8, field.Name);
        open.Name("bitOffset"u8);
        return new FieldFrame(
            field.Name,
            field.Spec,
            field.BitLength,
            open.Written.ToArray(),
            Piece(json =>
            {
                json.Member("bits"u8, field.BitLength);
                json.Name("value"u8);
            }),
            Piece(json =>
            {
                json.Member("bits"u8, field.BitLength);
                BeginText(json);
            }),
            Piece(json =>
            {
                json.Raw("\""u8);
                json.Member("spec"u8, field.Spec);
                json.Close('}');
            }));
    }

    private static void BeginText(JsonBuffer json)
    {
        json.Name("text"u8);
        json.Raw("\""u8);
    }

    private JsonBuffer NewPiece(int depth) => new(_isIndented, PieceCapacity) { Depth = depth };

    // What stands in the middle of a field's object.
    private byte[] Piece(Action<JsonBuffer> write)
    {
        var json = NewPiece(_fieldDepth);
        json.Separate();
        json.Clear();
        write(json);
        return json.Written.ToArray();
    }

    private sealed record LayerFrame(string Protocol, byte[] Head);

    private sealed record FieldFrame(string Name, string Spec, int BitLength, byte[] BeforeOffset, byte[] BeforeValue, byte[] BeforeText, byte[] BehindText)
    {
        // A name that came from the network is another object each time, and is then put together anew.
        public bool IsOf(DissectedField field) => ReferenceEquals(Name, field.Name) && ReferenceEquals(Spec, field.Spec) && BitLength == field.BitLength;
    }
}
