namespace Fathom.Wire.Capture;

/// <summary>One packet of a capture file, with octets of its own.</summary>
public sealed record CapturedPacket
{
    /// <summary>Octets from the file's first to the packet's record, or block.</summary>
    public long FileOffset { get; init; }

    /// <summary>Nanoseconds since the Unix epoch; null where the file has no time, or one outside 64 bits.</summary>
    public long? UnixNanoseconds { get; init; }

    /// <summary>The interface's number in its section; 0 in classic pcap.</summary>
    public int InterfaceId { get; init; }

    /// <summary>The interface that it was captured at, as the file describes it.</summary>
    public required CaptureInterface Interface { get; init; }

    /// <summary>Octets on the link.</summary>
    public uint OriginalLength { get; init; }

    /// <summary>The octets kept.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Which way the packet went, where the file says it.</summary>
    public PacketDirection Direction { get; init; }

    /// <summary>Packets that were lost between the interface's previous packet and this one; null where the file does not say.</summary>
    public ulong? DroppedBefore { get; init; }

    /// <summary>Remarks about the packet. Text from the file: to be escaped before it reaches a terminal.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
