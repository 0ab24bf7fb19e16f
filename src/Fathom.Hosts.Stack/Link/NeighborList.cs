using Fathom.Hosts.Link;
using Fathom.Stack;

namespace Fathom.Hosts.Stack.Link;

/// <summary>The stack's neighbors as the port tells them.</summary>
internal static class NeighborList
{
    /// <summary>The neighbors. Called with the gate held.</summary>
    public static List<HostNeighbor> Of(NetworkStack stack) => [];
}
