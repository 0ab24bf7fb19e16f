using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>Reads classic pcap (draft-ietf-opsawg-pcap).</summary>
internal sealed class PcapReader(CaptureBuffer buffer, uint magic, bool isBigEndian) : ICaptureFileReader
{
    private const int FileHeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private const int ModifiedHeaderLength = 24;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly int _fractionNanoseconds = magic == PcapMagic.Nanoseconds ? 1 : 1000;
    private readonly int _headerLength = magic == PcapMagic.Modified ? ModifiedHeaderLength : RecordHeaderLength;
    private CaptureInterface? _interface;
    private PcapLengthOrder _lengthOrder;

    public CaptureError Error { get; private set; }

    public CaptureStep Step(bool mayRead, ref RecordHead head)
    {
        if (Error.IsError || (_interface is null && !TryReadFileHeader())) return CaptureStep.End;
        if (!buffer.TryFill(_headerLength, mayRead)) return Missing(mayRead, "the file ends inside a record's header");
        var header = buffer.Window;
        // §5: seconds, fraction, octets kept, octets on the link: four numbers of 32 bits, taken two by two.
        var (seconds, fraction) = ToPair(header);
        var (length, original) = ToPair(header[8..]);
        if (_lengthOrder == PcapLengthOrder.Swapped || (_lengthOrder == PcapLengthOrder.PerhapsSwapped && length > original)) (length, original) = (original, length);
        if (length > CaptureReader.MaxBlockLength)
        {
            Error = new CaptureError(WireErrorKind.LimitExceeded, buffer.Position, "a record claims more octets than any capture keeps");
            return CaptureStep.End;
        }

        if (!buffer.TryFill(_headerLength + (int)length, mayRead)) return Missing(mayRead, "the file ends inside a record");
        // One by one: a whole struct that holds a reference would be copied by the collector's slow way.
        head.Interface = _interface!;
        head.InterfaceId = 0;
        head.FileOffset = buffer.Position;
        head.UnixNanoseconds = (seconds * NanosecondsPerSecond) + ((long)fraction * _fractionNanoseconds);
        head.HasTime = true;
        head.Offset = buffer.Start + _headerLength;
        head.Length = (int)length;
        head.OriginalLength = original;
        head.OptionsLength = 0;
        head.HasDropped = false;
        buffer.Advance(_headerLength + (int)length);
        return CaptureStep.Record;
    }

    private CaptureStep Missing(bool mayRead, string detail)
    {
        if (!mayRead && !buffer.IsEnded) return CaptureStep.Waits;
        if (buffer.Available > 0) Error = new CaptureError(WireErrorKind.TooShort, buffer.Position, detail);
        return CaptureStep.End;
    }

    private bool TryReadFileHeader()
    {
        if (!buffer.TryFill(FileHeaderLength, true))
        {
            Error = new CaptureError(WireErrorKind.TooShort, 0, "the file ends inside its header");
            return false;
        }

        // libpcap, sf-pcap.c: version 2 is the only one there is; 543.0 is a program's mistake. Up to 2.3 the two lengths stood the other way round.
        var header = buffer.Window;
        var (major, minor) = (ToUInt16(header[4..]), ToUInt16(header[6..]));
        if (major < 2)
        {
            Error = new CaptureError(WireErrorKind.BadVersion, 0, "the file has a pcap version older than 2");
            return false;
        }

        _lengthOrder = major == 543 || (major == 2 && minor < 3) ? PcapLengthOrder.Swapped : major == 2 && minor == 3 ? PcapLengthOrder.PerhapsSwapped : PcapLengthOrder.Usual;

        // §4: the link type has 16 bits; the four highest count words of two octets of frame check sequence, if the bit behind two reserved ones is set.
        var network = ToUInt32(header[20..]);
        _interface = new CaptureInterface((int)(network & 0xFFFF), ToUInt32(header[16..]), null, null)
        {
            TimestampResolution = _fractionNanoseconds == 1 ? PcapngTime.Nanoseconds : PcapngTime.Microseconds,
            FrameCheckLength = (network & 0x0400_0000) != 0 ? (int)(network >> 28) * 2 : null,
        };
        buffer.Advance(FileHeaderLength);
        return true;
    }

    private (uint First, uint Second) ToPair(ReadOnlySpan<byte> bytes)
    {
        var pair = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var (first, second) = ((uint)pair, (uint)(pair >> 32));
        return isBigEndian ? (BinaryPrimitives.ReverseEndianness(first), BinaryPrimitives.ReverseEndianness(second)) : (first, second);
    }

    private ushort ToUInt16(ReadOnlySpan<byte> bytes)
        => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint ToUInt32(ReadOnlySpan<byte> bytes)
        => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
