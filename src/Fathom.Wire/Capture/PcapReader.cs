using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>Reads classic pcap (draft-ietf-opsawg-pcap) from behind its magic number.</summary>
internal sealed class PcapReader : ICaptureFileReader
{
    internal const uint MicrosecondMagic = 0xA1B2_C3D4;
    internal const uint NanosecondMagic = 0xA1B2_3C4D;

    private const int FileHeaderLength = 20; // without the magic number
    private const int RecordHeaderLength = 16;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly CaptureStream _stream;
    private readonly int _fractionNanoseconds;
    private CaptureInterface? _interface;

    internal PcapReader(CaptureStream stream, bool isNanosecond)
    {
        _stream = stream;
        _fractionNanoseconds = isNanosecond ? 1 : 1000;
    }

    /// <summary>Recognizes the magic number in either byte order.</summary>
    internal static bool IsMagic(ReadOnlySpan<byte> magic, out bool isBigEndian, out bool isNanosecond)
    {
        var big = BinaryPrimitives.ReadUInt32BigEndian(magic);
        var little = BinaryPrimitives.ReadUInt32LittleEndian(magic);
        isBigEndian = big is MicrosecondMagic or NanosecondMagic;
        isNanosecond = big == NanosecondMagic || little == NanosecondMagic;
        return isBigEndian || little is MicrosecondMagic or NanosecondMagic;
    }

    public bool TryRead(out CapturedPacket? packet, out CaptureError error)
    {
        packet = null;
        if (_interface is null && !TryReadFileHeader(out error)) return false;
        error = default;
        var start = _stream.Position;
        Span<byte> header = stackalloc byte[RecordHeaderLength];
        var read = _stream.Read(header);
        if (read == 0) return false;
        if (read < RecordHeaderLength)
        {
            error = new CaptureError(WireErrorKind.TooShort, start, "the file ends inside a record's header");
            return false;
        }

        var length = _stream.ToUInt32(header[8..]);
        if (length > CaptureReader.MaxBlockLength)
        {
            error = new CaptureError(WireErrorKind.LimitExceeded, start, "a record claims more octets than any capture keeps");
            return false;
        }

        var bytes = _stream.Read((int)length);
        if (bytes.Length < length)
        {
            error = new CaptureError(WireErrorKind.TooShort, start, "the file ends inside a record");
            return false;
        }

        packet = new CapturedPacket
        {
            UnixNanoseconds = (_stream.ToUInt32(header) * NanosecondsPerSecond) + ((long)_stream.ToUInt32(header[4..]) * _fractionNanoseconds),
            Interface = _interface!,
            OriginalLength = _stream.ToUInt32(header[12..]),
            Bytes = bytes,
        };
        return true;
    }

    private bool TryReadFileHeader(out CaptureError error)
    {
        error = default;
        Span<byte> header = stackalloc byte[FileHeaderLength];
        if (_stream.Read(header) < FileHeaderLength)
        {
            error = new CaptureError(WireErrorKind.TooShort, 0, "the file ends inside its header");
            return false;
        }

        // §4: the link type has 16 bits; the bits above say how long frame check sequences are.
        var linkType = (int)(_stream.ToUInt32(header[16..]) & 0xFFFF);
        _interface = new CaptureInterface(linkType, _stream.ToUInt32(header[12..]), null, null);
        return true;
    }
}
