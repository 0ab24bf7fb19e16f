using Fathom.Stack.Buffers;

namespace Luck;

/// <summary>One direction of a link that loses, reorders, duplicates, damages and delays packets; the same seed does the same.</summary>
internal sealed class BadLink(LinkConditions conditions, int seed, PacketPool pool)
{
    private readonly Random _random = new(seed);
    private TimeSpan _lineFreeAt;
    private TimeSpan _lastArrival;

    public long Lost { get; private set; }

    public long Carried { get; private set; }

    /// <summary>Takes a packet, and says when it arrives: never, once, or twice.</summary>
    /// <param name="packet">The packet; the link's from here on.</param>
    /// <param name="now">The time.</param>
    /// <param name="arrive">Takes what arrives, and when.</param>
    public void Send(PacketBuffer packet, TimeSpan now, Action<PacketBuffer, TimeSpan> arrive)
    {
        var start = now > _lineFreeAt ? now : _lineFreeAt;
        if (conditions.Queue > 0 && conditions.Rate > 0 && (start - now).TotalSeconds * conditions.Rate / 8 + packet.Length > conditions.Queue)
        {
            Drop(packet);
            return;
        }

        if (conditions.Rate > 0) _lineFreeAt = start + TimeSpan.FromTicks((long)(packet.Length * 8.0 * TimeSpan.TicksPerSecond / conditions.Rate));
        if (Happens(conditions.Loss))
        {
            Drop(packet);
            return;
        }

        if (Happens(conditions.Corrupt)) packet.Span[_random.Next(packet.Length)] ^= (byte)(1 << _random.Next(8));
        Carried++;
        var twice = Happens(conditions.Duplicate);
        var copy = twice ? Copy(packet) : null;
        arrive(packet, ArrivalOf(start));
        if (copy is not null) arrive(copy, ArrivalOf(start));
    }

    private TimeSpan ArrivalOf(TimeSpan start)
    {
        var left = conditions.Rate > 0 ? _lineFreeAt : start;
        var at = left + conditions.Delay + (conditions.Jitter * _random.NextDouble());
        if (Happens(conditions.Reorder)) return at + (conditions.Jitter * _random.NextDouble()) + TimeSpan.FromTicks(_random.Next(1, (int)TimeSpan.TicksPerMillisecond * 5));

        // Jitter alone keeps the order: one queue, served sooner or later.
        if (at < _lastArrival) at = _lastArrival;
        _lastArrival = at;
        return at;
    }

    private PacketBuffer Copy(PacketBuffer packet)
    {
        var copy = pool.Rent(packet.Length);
        packet.Span.CopyTo(copy.Append(packet.Length));
        copy.Checksum = packet.Checksum;
        copy.SegmentSize = packet.SegmentSize;
        copy.TransportHeaderLength = packet.TransportHeaderLength;
        copy.TransportLength = packet.TransportLength;
        return copy;
    }

    private void Drop(PacketBuffer packet)
    {
        Lost++;
        pool.Return(packet);
    }

    private bool Happens(double share) => share > 0 && _random.NextDouble() < share;
}
