namespace Fathom.Stack.Link;

/// <summary>How neighbors are found and kept: the constants of RFC 4861 §10, and bounds.</summary>
public sealed record NeighborSettings
{
    /// <summary>How long a neighbor that was seen counts as reachable; each interface takes a random time from half of it to one and a half (RFC 4861 §6.3.2: 30 s).</summary>
    public TimeSpan ReachableTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between questions (RFC 4861 §10: 1 s; RFC 1122 §2.3.2.1 allows ARP no more often).</summary>
    public TimeSpan RetransmitTimer { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time that an upper layer has to vouch for a neighbor (RFC 4861 §10: 5 s).</summary>
    public TimeSpan DelayFirstProbe { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Questions to all (RFC 4861 §10: 3).</summary>
    public int MulticastSolicitations { get; init; } = 3;

    /// <summary>Questions to the neighbor itself (RFC 4861 §10: 3).</summary>
    public int UnicastSolicitations { get; init; } = 3;

    /// <summary>Neighbors remembered on an interface; Linux's gc_thresh3. Strangers on the link can fill it, and make it forget, but not grow.</summary>
    public int Limit { get; init; } = 1024;

    /// <summary>Packets that wait for one neighbor; the oldest make room. Some of one congestion window, so that a transfer begins with what was meant to go first.</summary>
    public int WaitingPerNeighbor { get; init; } = 64;

    /// <summary>Packets that wait on an interface for all its neighbors together: a scan of an empty prefix must not take the host's memory.</summary>
    public int WaitingInAll { get; init; } = 1024;
}
