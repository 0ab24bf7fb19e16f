using Fathom.Stack.Buffers;

namespace Fathom.Stack.Sockets;

/// <summary>What has arrived for a socket and was not read yet, in buffers of the pool. What does not fit is dropped, as the field's sockets do.</summary>
/// <typeparam name="T">What is known of each.</typeparam>
internal sealed class DatagramQueue<T>(PacketPool pool, int limit)
{
    // What a datagram costs beside its octets: many empty ones must not be free.
    private const int Overhead = 256;

    private readonly Queue<(PacketBuffer Buffer, T About)> _items = new();
    private int _used;

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Datagrams that were dropped for want of room.</summary>
    public long Dropped { get; private set; }

    public bool TryAdd(ReadOnlySpan<byte> octets, T about)
    {
        if (_used + octets.Length + Overhead > limit)
        {
            Dropped++;
            return false;
        }

        var buffer = pool.Rent(octets.Length);
        octets.CopyTo(buffer.Append(octets.Length));
        _used += octets.Length + Overhead;
        _items.Enqueue((buffer, about));
        return true;
    }

    /// <summary>Takes the oldest; what the destination has no room for is lost.</summary>
    public bool TryTake(Span<byte> destination, out int copied, out int length, out T about)
    {
        copied = length = 0;
        about = default!;
        if (!_items.TryDequeue(out var item)) return false;
        about = item.About;
        length = item.Buffer.Length;
        copied = Math.Min(length, destination.Length);
        item.Buffer.Span[..copied].CopyTo(destination);
        _used -= length + Overhead;
        pool.Return(item.Buffer);
        return true;
    }

    public void Clear()
    {
        while (_items.TryDequeue(out var item)) pool.Return(item.Buffer);
        _used = 0;
    }
}
