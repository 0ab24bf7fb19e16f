namespace Fathom.Stack.Buffers;

/// <summary>
/// One packet with room in front, so that each layer writes its header before what is already there. Rented from a
/// <see cref="PacketPool"/>; whoever holds it last returns it, once. Not safe for several threads at once.
/// </summary>
public sealed class PacketBuffer
{
    /// <summary>
    /// Octets kept free in front of a transport segment: Ethernet (14) and one tag (4), IPv6 (40) and a fragment header (8), or the longest IPv4 header (60),
    /// and a virtio header (12), rounded up to two cache lines.
    /// </summary>
    public const int Headroom = 128;

    private readonly byte[] _memory;
    private int _start;
    private int _end;

    internal PacketBuffer(int capacity)
    {
        _memory = GC.AllocateUninitializedArray<byte>(capacity);
        Reset();
    }

    /// <summary>The packet's octets.</summary>
    public Span<byte> Span => _memory.AsSpan(_start, _end - _start);

    /// <summary>The packet's octets, for asynchronous drivers.</summary>
    public Memory<byte> Memory => _memory.AsMemory(_start, _end - _start);

    /// <summary>Octets of the packet.</summary>
    public int Length => _end - _start;

    /// <summary>Octets in front of the packet that may be prepended.</summary>
    public int RoomInFront => _start;

    /// <summary>Octets behind the packet that may be appended.</summary>
    public int RoomBehind => _memory.Length - _end;

    /// <summary>Octets of the memory behind the packet, to be read into; see <see cref="Append"/>.</summary>
    public Span<byte> Free => _memory.AsSpan(_end);

    /// <summary>What is known of the transport checksum.</summary>
    public ChecksumState Checksum { get; set; }

    /// <summary>It was damaged on the way: no device in between may vouch for its checksum, only who receives it looks.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>
    /// Octets of payload in each segment of a packet that holds several, all under one header (segmentation and receive offload); 0: the packet is one segment.
    /// </summary>
    public int SegmentSize { get; set; }

    /// <summary>Octets of the transport header, where <see cref="Checksum"/> is partial or <see cref="SegmentSize"/> is not 0.</summary>
    public int TransportHeaderLength { get; set; }

    /// <summary>Octets from the end of the packet back to the start of its transport header, where <see cref="Checksum"/> is partial or <see cref="SegmentSize"/> is not 0: it stays the same while headers are prepended.</summary>
    public int TransportLength { get; set; }

    /// <summary>The next one in its <see cref="PacketQueue"/>.</summary>
    internal PacketBuffer? Next { get; set; }

    /// <summary>The one before in its <see cref="PacketQueue"/>, unless it is the first.</summary>
    internal PacketBuffer? Previous { get; set; }

    /// <summary>What it waits for in a <see cref="PacketQueue"/> that is ordered by time.</summary>
    internal TimeSpan At { get; set; }

    internal int Capacity => _memory.Length;

    /// <summary>True from <see cref="PacketPool.Return"/> to the next rent: a second return is then seen as the mistake that it is.</summary>
    internal bool IsFree { get; set; }

    /// <summary>Makes the packet longer at its front.</summary>
    /// <param name="octets">How many octets.</param>
    /// <returns>The new octets, not cleared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such room.</exception>
    public Span<byte> Prepend(int octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)octets, (uint)_start, nameof(octets));
        _start -= octets;
        return _memory.AsSpan(_start, octets);
    }

    /// <summary>Makes the packet longer at its end.</summary>
    /// <param name="octets">How many octets.</param>
    /// <returns>The new octets, not cleared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such room.</exception>
    public Span<byte> Append(int octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)octets, (uint)RoomBehind, nameof(octets));
        _end += octets;
        return _memory.AsSpan(_end - octets, octets);
    }

    /// <summary>Takes octets away from the front: a header that was read.</summary>
    /// <param name="octets">How many; at most <see cref="Length"/>.</param>
    public void TrimStart(int octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)octets, (uint)Length, nameof(octets));
        _start += octets;
    }

    /// <summary>Cuts the packet: padding that is not its own.</summary>
    /// <param name="length">The length to keep; at most <see cref="Length"/>.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        if (TransportLength != 0) TransportLength = Math.Max(0, TransportLength - (Length - length));
        _end = _start + length;
    }

    /// <summary>Empties it, with <see cref="Headroom"/> in front.</summary>
    public void Reset()
    {
        _start = _end = Headroom;
        Checksum = ChecksumState.Complete;
        IsDamaged = false;
        SegmentSize = 0;
        TransportHeaderLength = 0;
        TransportLength = 0;
    }
}
