using Fathom.Cli.Output;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>Packets as JSON: one document with an array, or one object a line.</summary>
internal sealed class DissectJson
{
    private const int FlushAt = 1 << 16;

    private readonly bool _isDocument;
    private readonly bool _isIndented;
    private readonly string _schema;
    private readonly Stream _output;
    private readonly JsonBuffer _json;
    private readonly PacketJson _packets;
    private bool _hasPackets;

    /// <summary>Begins the output.</summary>
    /// <param name="output">Where it goes, in large pieces.</param>
    /// <param name="schema">The document's schema, or each packet's.</param>
    /// <param name="isIndented">On several lines.</param>
    /// <param name="isDocument">One document with all packets, or each packet by itself.</param>
    public DissectJson(Stream output, string schema, bool isIndented, bool isDocument)
    {
        _output = output;
        _schema = schema;
        _isIndented = isIndented;
        _isDocument = isDocument;
        _json = new JsonBuffer(isIndented);
        if (isDocument)
        {
            _json.Open('{');
            _json.Member("schema"u8, _schema);
            _json.Name("packets"u8);
            _json.Open('[');
        }

        _packets = NewPackets();
    }

    /// <summary>Makes a place for packets that are to be written by <see cref="Write"/>, perhaps on another thread.</summary>
    public PacketJson NewPackets() => new(_isIndented, _isDocument ? null : _schema, _json.Depth);

    /// <summary>Writes packets that come next, and empties their place.</summary>
    public void Write(PacketJson packets)
    {
        if (packets.Written.IsEmpty) return;
        WriteOwn();
        _output.Write(packets.Written);
        packets.Clear();
        _hasPackets = true;
    }

    /// <summary>Adds a packet.</summary>
    public void Add(SourcePacket packet, Dissection dissection)
    {
        _packets.Add(packet, dissection, isFirst: !_hasPackets && _packets.Written.IsEmpty);
        if (_packets.Written.Length >= FlushAt) Write(_packets);
    }

    /// <summary>Ends the output.</summary>
    /// <param name="error">Why the packets ended, where that was damage.</param>
    public void End(CaptureError error)
    {
        Write(_packets);
        if (_isDocument)
        {
            if (_hasPackets) _json.Follow();
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
            _json.Raw("\n"u8);
        }

        Flush();
    }

    /// <summary>Writes what was kept back.</summary>
    public void Flush()
    {
        Write(_packets);
        WriteOwn();
        _output.Flush();
    }

    private void WriteOwn()
    {
        _output.Write(_json.Written);
        _json.Clear();
    }
}
