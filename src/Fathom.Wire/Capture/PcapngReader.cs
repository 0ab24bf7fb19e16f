using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>Reads pcapng (draft-ietf-opsawg-pcapng). Blocks that are no packets and no descriptions are skipped. The first block's type, the file's magic number, has been read.</summary>
internal sealed class PcapngReader(CaptureStream stream) : ICaptureFileReader
{
    // A section that describes more interfaces than any machine has is damage, or an attack on memory.
    private const int MaxInterfaces = 65536;

    private readonly List<(CaptureInterface Interface, PcapngTime Time)> _interfaces = [];
    private bool _typeIsRead = true;
    private CaptureError _error;

    public bool TryRead(out CapturedPacket? packet, out CaptureError error)
    {
        packet = null;
        while (!_error.IsError && packet is null && TryReadBlock(out var type, out var body, out var start))
        {
            switch (type)
            {
                case PcapngFormat.SectionHeaderBlock:
                    StartSection(body, start);
                    break;
                case PcapngFormat.InterfaceDescriptionBlock:
                    AddInterface(body, start);
                    break;
                case PcapngFormat.EnhancedPacketBlock:
                    packet = ReadEnhanced(body, start);
                    break;
                case PcapngFormat.SimplePacketBlock:
                    packet = ReadSimple(body, start);
                    break;
                case PcapngFormat.ObsoletePacketBlock:
                    packet = ReadObsolete(body, start);
                    break;
            }
        }

        error = _error;
        return packet is not null;
    }

    /// <summary>Reads a block: its body is what stands between the two total lengths.</summary>
    private bool TryReadBlock(out uint type, out ReadOnlyMemory<byte> body, out long start)
    {
        type = 0;
        body = default;
        start = _typeIsRead ? 0 : stream.Position;
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(header, PcapngFormat.SectionHeaderBlock);
        var missing = _typeIsRead ? header[4..] : header;
        var read = stream.Read(missing);
        if (read == 0 && !_typeIsRead) return false;
        if (read < missing.Length) return Fail(WireErrorKind.TooShort, start, "the file ends inside a block's header");
        _typeIsRead = false;

        // The section header's type reads the same in both byte orders; its magic number says which one the section has (§4.1).
        var prefix = Array.Empty<byte>();
        type = stream.ToUInt32(header);
        if (type == PcapngFormat.SectionHeaderBlock)
        {
            prefix = stream.Read(4);
            if (prefix.Length < 4) return Fail(WireErrorKind.TooShort, start, "the file ends inside a section's header");
            stream.IsBigEndian = BinaryPrimitives.ReadUInt32BigEndian(prefix) == PcapngFormat.ByteOrderMagic;
            if (stream.ToUInt32(prefix) != PcapngFormat.ByteOrderMagic)
                return Fail(WireErrorKind.BadValue, start, "a section's byte-order magic is wrong");
        }

        var total = stream.ToUInt32(header[4..]);
        if (total > CaptureReader.MaxBlockLength) return Fail(WireErrorKind.LimitExceeded, start, "a block claims more octets than any capture has");
        if (total < PcapngFormat.BlockOverhead + prefix.Length || total % 4 != 0)
            return Fail(WireErrorKind.BadLength, start, "a block's total length is impossible");

        var length = (int)total - 8 - prefix.Length;
        var rest = stream.Read(length);
        if (rest.Length < length) return Fail(WireErrorKind.TooShort, start, "the file ends inside a block");
        if (stream.ToUInt32(rest.AsSpan(length - 4)) != total)
            return Fail(WireErrorKind.BadLength, start, "a block's two total lengths differ");
        body = rest.AsMemory(0, length - 4);
        return true;
    }

    private void StartSection(ReadOnlyMemory<byte> body, long start)
    {
        _interfaces.Clear();
        var bytes = body.Span;
        if (bytes.Length < 12) Fail(WireErrorKind.TooShort, start, "a section's header is too short");

        // §4.1: another major version may have another format; 1.2 is read as 1.0.
        else if (stream.ToUInt16(bytes) != 1) Fail(WireErrorKind.BadVersion, start, "a section has a version that is not 1");
    }

    private void AddInterface(ReadOnlyMemory<byte> body, long start)
    {
        var bytes = body.Span;
        if (bytes.Length < 8)
        {
            Fail(WireErrorKind.TooShort, start, "an interface description is too short");
            return;
        }

        if (_interfaces.Count == MaxInterfaces)
        {
            Fail(WireErrorKind.LimitExceeded, start, "a section describes too many interfaces");
            return;
        }

        var time = PcapngTime.Default;
        string? name = null, description = null;
        var options = new PcapngOptions(stream, bytes[8..]);
        while (options.MoveNext())
        {
            switch (options.Code)
            {
                case PcapngFormat.InterfaceName:
                    name = options.Text;
                    break;
                case PcapngFormat.InterfaceDescription:
                    description = options.Text;
                    break;
                case PcapngFormat.InterfaceTimestampResolution when options.Value.Length >= 1:
                    time = time with { Resolution = options.Value[0] };
                    break;
                case PcapngFormat.InterfaceTimestampOffset when options.Value.Length >= 8:
                    time = time with { OffsetSeconds = (long)stream.ToUInt64(options.Value) };
                    break;
            }
        }

        _interfaces.Add((new CaptureInterface(stream.ToUInt16(bytes), stream.ToUInt32(bytes[4..]), name, description), time));
    }

    private CapturedPacket? ReadEnhanced(ReadOnlyMemory<byte> body, long start)
        => body.Length < 20 ? TooShort(start) : ReadTimed(body, start, stream.ToUInt32(body.Span));

    // Appendix A of the draft: like the enhanced block, with 16 bits of interface and 16 of drops.
    private CapturedPacket? ReadObsolete(ReadOnlyMemory<byte> body, long start)
        => body.Length < 20 ? TooShort(start) : ReadTimed(body, start, stream.ToUInt16(body.Span));

    private CapturedPacket? ReadTimed(ReadOnlyMemory<byte> body, long start, uint interfaceId)
    {
        const int DataOffset = 20;
        var bytes = body.Span;
        var captured = stream.ToUInt32(bytes[12..]);
        if (interfaceId >= _interfaces.Count)
        {
            Fail(WireErrorKind.BadValue, start, "a packet names an interface that was not described");
            return null;
        }

        if (captured > body.Length - DataOffset)
        {
            Fail(WireErrorKind.BadLength, start, "a packet's captured length exceeds its block");
            return null;
        }

        var (@interface, time) = _interfaces[(int)interfaceId];
        var optionsAt = Math.Min(body.Length, DataOffset + PcapngFormat.Pad((int)captured));
        var options = new PcapngOptions(stream, bytes[optionsAt..]);
        List<string>? comments = null;
        var direction = PacketDirection.Unknown;
        while (options.MoveNext())
        {
            if (options.Code == PcapngFormat.Comment) (comments ??= []).Add(options.Text);
            else if (options.Code == PcapngFormat.PacketFlags && options.Value.Length >= 4)
                direction = (stream.ToUInt32(options.Value) & 3) switch { 1 => PacketDirection.Inbound, 2 => PacketDirection.Outbound, _ => PacketDirection.Unknown };
        }

        return new CapturedPacket
        {
            UnixNanoseconds = time.ToUnixNanoseconds(stream.ToUInt32(bytes[4..]), stream.ToUInt32(bytes[8..])),
            InterfaceId = (int)interfaceId,
            Interface = @interface,
            OriginalLength = stream.ToUInt32(bytes[16..]),
            Bytes = body.Slice(DataOffset, (int)captured),
            Direction = direction,
            Comments = comments?.AsReadOnly() ?? (IReadOnlyList<string>)[],
        };
    }

    private CapturedPacket? ReadSimple(ReadOnlyMemory<byte> body, long start)
    {
        const int DataOffset = 4;
        if (body.Length < DataOffset) return TooShort(start);
        if (_interfaces.Count == 0)
        {
            Fail(WireErrorKind.BadValue, start, "a packet comes before any interface description");
            return null;
        }

        // §4.4: a simple packet is the first interface's; its captured length is the smaller of original and snap length.
        var @interface = _interfaces[0].Interface;
        var original = stream.ToUInt32(body.Span);
        var captured = @interface.SnapLength == 0 ? original : Math.Min(original, @interface.SnapLength);
        if (captured > body.Length - DataOffset)
        {
            Fail(WireErrorKind.BadLength, start, "a packet's captured length exceeds its block");
            return null;
        }

        return new CapturedPacket { Interface = @interface, OriginalLength = original, Bytes = body.Slice(DataOffset, (int)captured) };
    }

    private CapturedPacket? TooShort(long start)
    {
        Fail(WireErrorKind.TooShort, start, "a packet block is too short");
        return null;
    }

    private bool Fail(WireErrorKind kind, long start, string detail)
    {
        _error = new CaptureError(kind, start, detail);
        return false;
    }
}
