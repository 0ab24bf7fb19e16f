using Fathom.Hosts.Link;
using Fathom.Stack;
using Fathom.Stack.Link;
using NeighborState = Fathom.Hosts.Link.NeighborState;
using StackState = Fathom.Stack.Link.NeighborState;

namespace Fathom.Hosts.Stack.Link;

/// <summary>The stack's neighbors as the port tells them.</summary>
internal static class NeighborList
{
    /// <summary>The neighbors. Called with the gate held.</summary>
    public static List<HostNeighbor> Of(NetworkStack stack) => [.. stack.Neighbors.Select(Of)];

    private static HostNeighbor Of(Neighbor neighbor) => new(neighbor.Address, neighbor.Interface.Index, StateOf(neighbor.State), neighbor.HardwareAddress, neighbor.IsRouter);

    private static NeighborState StateOf(StackState state) => state switch
    {
        StackState.Incomplete => NeighborState.Incomplete,
        StackState.Reachable => NeighborState.Reachable,
        StackState.Stale => NeighborState.Stale,
        StackState.Delay => NeighborState.Delay,
        StackState.Probe => NeighborState.Probe,
        StackState.Failed => NeighborState.Failed,
        StackState.Permanent => NeighborState.Permanent,
        _ => NeighborState.Unknown,
    };
}
