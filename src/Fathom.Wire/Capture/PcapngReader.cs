using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>
/// Reads pcapng (draft-ietf-opsawg-pcapng). Blocks that are neither packets nor about them (custom blocks, decryption secrets, and what
/// is not known) are passed over.
/// </summary>
internal sealed class PcapngReader(CaptureBuffer buffer, PcapngDescriptions descriptions) : ICaptureFileReader
{
    private const int HeaderLength = 8;

    private bool _isBigEndian;

    public CaptureError Error { get; private set; }

    public CaptureStep Step(bool mayRead, ref RecordHead head)
    {
        while (!Error.IsError)
        {
            if (!buffer.TryFill(HeaderLength, mayRead)) return Missing(mayRead, "the file ends inside a block's header");
            if (BinaryPrimitives.ReadUInt32BigEndian(buffer.Window) == PcapngFormat.SectionHeaderBlock && !TryReadByteOrder(mayRead, out var step)) return step;

            var total = ToUInt32(buffer.Window[4..]);
            if (total > CaptureReader.MaxBlockLength) return Fail(WireErrorKind.LimitExceeded, "a block claims more octets than any capture has");
            if (total < PcapngFormat.BlockOverhead || total % 4 != 0) return Fail(WireErrorKind.BadLength, "a block's total length is impossible");
            if (!buffer.TryFill((int)total, mayRead)) return Missing(mayRead, "the file ends inside a block");
            var block = buffer.Window[..(int)total];
            if (ToUInt32(block[^4..]) != total) return Fail(WireErrorKind.BadLength, "a block's two total lengths differ");

            var isRecord = ReadBlock(ToUInt32(block), block[HeaderLength..^4], ref head);
            head.FileOffset = buffer.Position;
            if (!Error.IsError) buffer.Advance((int)total);
            if (isRecord) return CaptureStep.Record;
        }

        return CaptureStep.End;
    }

    // §4.1: the section header's type reads the same in both byte orders; its magic number says which one the section has.
    private bool TryReadByteOrder(bool mayRead, out CaptureStep step)
    {
        const int MagicOffset = 8;
        step = CaptureStep.End;
        if (!buffer.TryFill(MagicOffset + 4, mayRead))
        {
            step = Missing(mayRead, "the file ends inside a section's header");
            return false;
        }

        var magic = buffer.Window[MagicOffset..];
        _isBigEndian = BinaryPrimitives.ReadUInt32BigEndian(magic) == PcapngFormat.ByteOrderMagic;
        if (ToUInt32(magic) == PcapngFormat.ByteOrderMagic) return true;
        step = Fail(WireErrorKind.BadValue, "a section's byte-order magic is wrong");
        return false;
    }

    /// <summary>Reads what stands between the two total lengths. True for a packet.</summary>
    private bool ReadBlock(uint type, ReadOnlySpan<byte> body, ref RecordHead head)
    {
        switch (type)
        {
            case PcapngFormat.EnhancedPacketBlock:
                return ReadTimed(body, isObsolete: false, ref head);
            case PcapngFormat.ObsoletePacketBlock: // Appendix A of the draft: with 16 bits of interface and 16 of drops
                return ReadTimed(body, isObsolete: true, ref head);
            case PcapngFormat.SimplePacketBlock:
                return ReadSimple(body, ref head);
            case PcapngFormat.SectionHeaderBlock:
                Describe(descriptions.StartSection(_isBigEndian, body, out var error), error);
                return false;
            case PcapngFormat.InterfaceDescriptionBlock:
                Describe(descriptions.AddInterface(_isBigEndian, body, out error), error);
                return false;
            case PcapngFormat.InterfaceStatisticsBlock:
                descriptions.AddStatistics(_isBigEndian, body);
                return false;
            case PcapngFormat.NameResolutionBlock:
                descriptions.AddNames(_isBigEndian, body);
                return false;
            default:
                return false;
        }
    }

    private bool ReadTimed(ReadOnlySpan<byte> body, bool isObsolete, ref RecordHead head)
    {
        const int DataOffset = 20;
        if (body.Length < DataOffset) return Refuse(WireErrorKind.TooShort, "a packet block is too short");
        var interfaceId = isObsolete ? ToUInt16(body) : ToUInt32(body);
        var captured = ToUInt32(body[12..]);
        if (interfaceId >= (uint)descriptions.Interfaces.Count) return Refuse(WireErrorKind.BadValue, "a packet names an interface that was not described");
        if (captured > body.Length - DataOffset) return Refuse(WireErrorKind.BadLength, "a packet's captured length exceeds its block");

        var (@interface, time) = descriptions.Interfaces[(int)interfaceId];
        var unixNanoseconds = time.ToUnixNanoseconds(ToUInt32(body[4..]), ToUInt32(body[8..]));
        head.Interface = @interface;
        head.InterfaceId = (int)interfaceId;
        head.HasTime = unixNanoseconds is not null;
        head.UnixNanoseconds = unixNanoseconds.GetValueOrDefault();
        head.Offset = buffer.Start + HeaderLength + DataOffset;
        head.Length = (int)captured;
        head.OriginalLength = ToUInt32(body[16..]);
        var options = Math.Min(body.Length, DataOffset + PcapngFormat.Pad((int)captured));
        head.OptionsOffset = buffer.Start + HeaderLength + options;
        head.OptionsLength = body.Length - options;
        head.IsBigEndian = _isBigEndian;
        head.Dropped = isObsolete ? ToUInt16(body[2..]) : (ushort)0;
        head.HasDropped = isObsolete && head.Dropped != ushort.MaxValue; // Appendix A: 65535 says that it is not known
        return true;
    }

    private bool ReadSimple(ReadOnlySpan<byte> body, ref RecordHead head)
    {
        const int DataOffset = 4;
        if (body.Length < DataOffset) return Refuse(WireErrorKind.TooShort, "a packet block is too short");
        if (descriptions.Interfaces.Count == 0) return Refuse(WireErrorKind.BadValue, "a packet comes before any interface description");

        // §4.4: a simple packet is the first interface's; its captured length is the smaller of original and snap length.
        var @interface = descriptions.Interfaces[0].Interface;
        var original = ToUInt32(body);
        var captured = @interface.SnapLength == 0 ? original : Math.Min(original, @interface.SnapLength);
        if (captured > body.Length - DataOffset) return Refuse(WireErrorKind.BadLength, "a packet's captured length exceeds its block");
        head = new RecordHead { Interface = @interface, Offset = buffer.Start + HeaderLength + DataOffset, Length = (int)captured, OriginalLength = original };
        return true;
    }

    private void Describe(bool isRead, CaptureError error)
    {
        if (!isRead) Fail(error.Kind, error.Detail);
    }

    private CaptureStep Missing(bool mayRead, string detail)
    {
        if (!mayRead && !buffer.IsEnded) return CaptureStep.Waits;
        return buffer.Available == 0 ? CaptureStep.End : Fail(WireErrorKind.TooShort, detail);
    }

    private bool Refuse(WireErrorKind kind, string detail)
    {
        Fail(kind, detail);
        return false;
    }

    private CaptureStep Fail(WireErrorKind kind, string detail)
    {
        Error = new CaptureError(kind, buffer.Position, detail);
        return CaptureStep.End;
    }

    private ushort ToUInt16(ReadOnlySpan<byte> bytes)
        => _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint ToUInt32(ReadOnlySpan<byte> bytes)
        => _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
