using Fathom.Hosts.Link;
using Fathom.Stack;
using Fathom.Stack.Link;

namespace Fathom.Hosts.Stack.Link;

/// <summary>The stack's neighbors as the port tells them.</summary>
internal static class NeighborList
{
    /// <summary>The neighbors. Called with the gate held.</summary>
    public static List<HostNeighbor> Of(NetworkStack stack) => [.. stack.Neighbors.Select(Of)];

    private static HostNeighbor Of(Neighbor neighbor) => new(neighbor.Address, neighbor.Interface.Index, StateOf(neighbor.State), neighbor.HardwareAddress, neighbor.IsRouter);

    private static NeighborState StateOf(ReachabilityState state) => state switch
    {
        ReachabilityState.Incomplete => NeighborState.Incomplete,
        ReachabilityState.Reachable => NeighborState.Reachable,
        ReachabilityState.Stale => NeighborState.Stale,
        ReachabilityState.Delay => NeighborState.Delay,
        ReachabilityState.Probe => NeighborState.Probe,
        ReachabilityState.Failed => NeighborState.Failed,
        ReachabilityState.Permanent => NeighborState.Permanent,
        _ => NeighborState.Unknown,
    };
}
