using Fathom.Stack.Buffers;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>A neighbor in the cache, and its timer.</summary>
internal sealed class NeighborEntry(NeighborCache cache, IpAddress address) : Deadline
{
    private Queue<PacketBuffer>? _waiting;

    public IpAddress Address { get; } = address;

    public MacAddress HardwareAddress { get; set; }

    public ReachabilityState State { get; set; } = ReachabilityState.Incomplete;

    public bool IsRouter { get; set; }

    /// <summary>Questions sent in this state.</summary>
    public int Solicitations { get; set; }

    /// <summary>Until when it counts as reachable.</summary>
    public TimeSpan ReachableUntil { get; set; }

    /// <summary>Used since the cache last looked for room.</summary>
    public bool WasUsed { get; set; }

    /// <summary>No longer in the cache: who holds it looks the neighbor up again.</summary>
    public bool IsForgotten { get; set; }

    public int Waiting => _waiting?.Count ?? 0;

    public bool HasHardwareAddress => State is not (ReachabilityState.Incomplete or ReachabilityState.Failed);

    /// <summary>The packet that has waited longest.</summary>
    public PacketBuffer? FirstWaiting => _waiting is { Count: > 0 } ? _waiting.Peek() : null;

    public void Enqueue(PacketBuffer packet) => (_waiting ??= new Queue<PacketBuffer>()).Enqueue(packet);

    public bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PacketBuffer? packet)
    {
        packet = null;
        return _waiting is not null && _waiting.TryDequeue(out packet);
    }

    public Neighbor ToSnapshot(NetworkInterface on) => new(on, Address, HasHardwareAddress ? HardwareAddress : null, State, IsRouter, Waiting);

    public override void Expire(TimeSpan now) => cache.HandleTimer(this, now);
}
