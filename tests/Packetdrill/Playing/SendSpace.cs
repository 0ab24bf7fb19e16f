using Fathom.Stack.Transport.Tcp;

namespace Packetdrill.Playing;

/// <summary>
/// How much of a write Linux takes: not an API of TCP's, but the results of calls depend on it. Linux keeps octets in chunks, a chunk being what half of the
/// peer's largest window holds in full segments. A new chunk is begun while the octets that wait are fewer than the limit, and is then filled.
/// </summary>
internal sealed class SendSpace
{
    // 64 KiB less the headers: the largest that an offload takes.
    private const int LargestChunk = 65_535 - 320;

    // What Linux counts for a segment of up to 1,024 octets where it sizes the buffer by the congestion window.
    private const int CountedPerSegment = 2304;

    /// <summary>The largest window that the peer has offered, in octets.</summary>
    public int LargestWindow { get; set; }

    public int Limit { get; set; } = 256 * 1024;

    public int MaximumLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>SO_SNDBUF was set: the limit does not grow by itself.</summary>
    public bool IsLocked { get; set; }

    /// <summary>A write found no room: the next room is news, and Linux lets the limit grow with the congestion window only where room is lacking.</summary>
    public bool IsLacking { get; private set; }

    // What was acknowledged when room began to be lacking: -1 before the connection was looked at for the first time, which is when it is opened.
    private long _acknowledged = -1;

    public SendSpace Copy() => new() { LargestWindow = LargestWindow, Limit = Limit, MaximumLimit = MaximumLimit, IsLocked = IsLocked };

    /// <summary>Octets that may be written at once now; 0: none.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="wanted">Octets that are to be written.</param>
    /// <param name="lowWatermark">No chunk is begun while as many octets wait for their first sending; null: no such limit.</param>
    public long Room(TcpConnection connection, long wanted, int? lowWatermark)
    {
        var info = connection.GetInfo();
        Grow(info);
        if (lowWatermark is null && connection.Unsent + info.Unacknowledged + wanted <= Limit) return wanted;
        var segment = Math.Max(1, info.SendSegmentSize);
        LargestWindow = Math.Max(LargestWindow, info.SendWindow);
        var bound = Math.Min(LargestChunk, Math.Max(LargestWindow / 2, segment));
        var chunk = bound / segment * segment;
        var tail = connection.Unsent % chunk;
        if (tail != 0) return chunk - tail;
        return connection.Unsent + info.Unacknowledged < Limit && (lowWatermark is not { } low || connection.Unsent < low) ? chunk : 0;
    }

    /// <summary>A waiting writer is told of room once a third of the buffer is free, and half of the low watermark.</summary>
    public bool IsWorthTelling(TcpConnection connection, int? lowWatermark)
    {
        var info = connection.GetInfo();
        Grow(info);
        var queued = connection.Unsent + info.Unacknowledged;
        return Limit - queued >= queued / 2 && (lowWatermark is not { } low || 2L * connection.Unsent < low);
    }

    /// <summary>A write found no room, or was told that there is none.</summary>
    public void Lack(TcpConnection connection)
    {
        if (!IsLacking) _acknowledged = connection.GetInfo().OctetsAcknowledged;
        IsLacking = true;
    }

    /// <summary>Room was told of, or found.</summary>
    public void Suffice() => IsLacking = false;

    private void Grow(TcpInfo info)
    {
        if (IsLocked || (_acknowledged >= 0 && (!IsLacking || info.OctetsAcknowledged == _acknowledged))) return;
        _acknowledged = info.OctetsAcknowledged;
        var segments = Math.Max(10, info.CongestionWindow / Math.Max(1, info.SendSegmentSize));
        Limit = (int)Math.Clamp(2L * segments * CountedPerSegment, Limit, MaximumLimit);
    }
}
