namespace Fathom.Wire.Capture;

/// <summary>
/// One packet of a capture file, lent: its octets lie in the reader's buffer and are overwritten by the next read (in a
/// <see cref="CaptureBatch"/>, when that is filled again). Nothing is allocated for it. <see cref="ToPacket"/> makes a copy to keep.
/// </summary>
public readonly ref struct CaptureRecord
{
    private readonly byte[] _buffer;
    private readonly ref readonly RecordHead _head;

    internal CaptureRecord(byte[] buffer, ref readonly RecordHead head)
    {
        _buffer = buffer;
        _head = ref head;
    }

    /// <summary>Octets from the file's first to the record's, or block's.</summary>
    public long FileOffset => _head.FileOffset;

    /// <summary>Nanoseconds since the Unix epoch; null where the file has no time, or one outside 64 bits.</summary>
    public long? UnixNanoseconds => _head.HasTime ? _head.UnixNanoseconds : null;

    /// <summary>The interface's number in its section; 0 in classic pcap.</summary>
    public int InterfaceId => _head.InterfaceId;

    /// <summary>The interface that it was captured at, as the file describes it.</summary>
    public CaptureInterface Interface => _head.Interface;

    /// <summary>Octets on the link.</summary>
    public uint OriginalLength => _head.OriginalLength;

    /// <summary>The octets kept.</summary>
    public ReadOnlySpan<byte> Bytes => new(_buffer, _head.Offset, _head.Length);

    /// <summary>The octets kept, as memory. It is lent as <see cref="Bytes"/> is.</summary>
    public ReadOnlyMemory<byte> Memory => new(_buffer, _head.Offset, _head.Length);

    /// <summary>Which way the packet went, where the file says it.</summary>
    public PacketDirection Direction
    {
        get
        {
            var options = Options;
            while (options.MoveNext())
            {
                // §4.3.1: the flags word's lowest two bits; 3 is not defined.
                if (options.Code == PcapngFormat.PacketFlags && options.Value.Length >= 4)
                    return (options.UInt32 & 3) switch { 1 => PacketDirection.Inbound, 2 => PacketDirection.Outbound, _ => PacketDirection.Unknown };
            }

            return PacketDirection.Unknown;
        }
    }

    /// <summary>Packets that were lost between the interface's previous packet and this one; null where the file does not say.</summary>
    public ulong? DroppedBefore
    {
        get
        {
            if (_head.HasDropped) return _head.Dropped;
            var options = Options;
            while (options.MoveNext())
            {
                if (options.Code == PcapngFormat.PacketDropCount && options.Value.Length >= 8) return options.UInt64;
            }

            return null;
        }
    }

    /// <summary>Remarks about the packet, read anew each time. Text from the file: to be escaped before it reaches a terminal.</summary>
    public IReadOnlyList<string> Comments
    {
        get
        {
            List<string>? comments = null;
            var options = Options;
            while (options.MoveNext())
            {
                if (options.Code == PcapngFormat.Comment) (comments ??= []).Add(options.Text);
            }

            return comments?.AsReadOnly() ?? (IReadOnlyList<string>)[];
        }
    }

    private PcapngOptions Options => new(_head.IsBigEndian, new ReadOnlySpan<byte>(_buffer, _head.OptionsOffset, _head.OptionsLength));

    /// <summary>Copies the packet out of the buffer.</summary>
    public CapturedPacket ToPacket() => new()
    {
        FileOffset = FileOffset,
        UnixNanoseconds = UnixNanoseconds,
        InterfaceId = InterfaceId,
        Interface = Interface,
        OriginalLength = OriginalLength,
        Bytes = Bytes.ToArray(),
        Direction = Direction,
        DroppedBefore = DroppedBefore,
        Comments = Comments,
    };
}
