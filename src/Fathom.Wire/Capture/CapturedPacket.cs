namespace Fathom.Wire.Capture;

/// <summary>One packet of a capture file.</summary>
public sealed record CapturedPacket
{
    /// <summary>Nanoseconds since the Unix epoch; null where the file has no time, or one outside 64 bits.</summary>
    public long? UnixNanoseconds { get; init; }

    /// <summary>The interface's number in its section; 0 in classic pcap.</summary>
    public int InterfaceId { get; init; }

    /// <summary>The interface.</summary>
    public required CaptureInterface Interface { get; init; }

    /// <summary>Octets on the link.</summary>
    public uint OriginalLength { get; init; }

    /// <summary>The octets kept.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Which way the packet went, where the file says it.</summary>
    public PacketDirection Direction { get; init; }

    /// <summary>Remarks about the packet. Text from the file: to be escaped before it reaches a terminal.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
