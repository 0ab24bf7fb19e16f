namespace Fathom.Stack.Buffers;

/// <summary>
/// Packet buffers that are used again. Stacks of one process that hand packets to each other share one pool. Not safe for several
/// threads at once.
/// </summary>
public sealed class PacketPool
{
    // Room for what a network floods to all its hosts: ARP, neighbor discovery, reports of groups. In a large network there are as many copies of each as hosts.
    private const int TinyCapacity = PacketBuffer.Headroom + 128;

    // Room for an Ethernet frame of the usual MTU and for what most answers need.
    private const int SmallCapacity = 2048;

    // Jumbo frames.
    private const int MiddleCapacity = 16 * 1024;

    // The longest IP packet, 65,535 octets, with its link header.
    private const int LargeCapacity = PacketBuffer.Headroom + 65_535 + 64;

    // Free buffers of one size that are kept: 4 MiB of the large ones.
    private const int KeptLarge = 64;
    private const int KeptSmall = 4096;

    private readonly Stack<PacketBuffer> _tiny = new();
    private readonly Stack<PacketBuffer> _small = new();
    private readonly Stack<PacketBuffer> _middle = new();
    private readonly Stack<PacketBuffer> _large = new();

    /// <summary>Octets behind the headroom that the largest buffer has.</summary>
    public const int MaxLength = LargeCapacity - PacketBuffer.Headroom;

    /// <summary>Buffers that were rented and not returned yet.</summary>
    public int Rented { get; private set; }

    /// <summary>Takes an empty buffer.</summary>
    /// <param name="length">Octets that are to fit behind its headroom.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxLength"/>.</exception>
    public PacketBuffer Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        return RentOf(Fit(length + PacketBuffer.Headroom));
    }

    /// <summary>Takes a buffer with the octets of another one. There may be no room behind them.</summary>
    /// <param name="packet">The other one; it stays its owner's.</param>
    public PacketBuffer Copy(PacketBuffer packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var needed = packet.Length + PacketBuffer.Headroom;
        var copy = RentOf(needed <= TinyCapacity ? TinyCapacity : Fit(needed));
        packet.Span.CopyTo(copy.Append(packet.Length));
        copy.Checksum = packet.Checksum;
        copy.IsDamaged = packet.IsDamaged;
        return copy;
    }

    /// <summary>Gives a buffer back.</summary>
    /// <param name="buffer">The buffer; the caller forgets it.</param>
    /// <exception cref="InvalidOperationException">It was returned before.</exception>
    public void Return(PacketBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (buffer.IsFree) throw new InvalidOperationException("The buffer was returned before.");
        buffer.IsFree = true;
        Rented--;
        var free = Of(buffer.Capacity);
        if (free.Count < (buffer.Capacity == LargeCapacity ? KeptLarge : KeptSmall)) free.Push(buffer);
    }

    private PacketBuffer RentOf(int capacity)
    {
        Rented++;
        if (!Of(capacity).TryPop(out var buffer)) return new PacketBuffer(capacity);
        buffer.IsFree = false;
        buffer.Reset();
        return buffer;
    }

    private static int Fit(int capacity) => capacity <= SmallCapacity ? SmallCapacity : capacity <= MiddleCapacity ? MiddleCapacity : LargeCapacity;

    private Stack<PacketBuffer> Of(int capacity) => capacity switch { TinyCapacity => _tiny, SmallCapacity => _small, MiddleCapacity => _middle, _ => _large };
}
