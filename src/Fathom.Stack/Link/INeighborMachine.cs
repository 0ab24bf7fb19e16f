using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Link;

/// <summary>What the neighbor cache needs from the protocols above that resolve addresses.</summary>
internal interface INeighborMachine
{
    /// <summary>Asks for a neighbor: all hosts of the link, or itself.</summary>
    void Solicit(NetworkInterface on, NeighborEntry neighbor, bool isToAll, TimeSpan now);

    /// <summary>Takes back a packet whose neighbor did not answer.</summary>
    void TakeUndeliverable(NetworkInterface on, PacketBuffer packet, TimeSpan now);

    /// <summary>True for an address that stands for all hosts of the link.</summary>
    bool IsBroadcast(NetworkInterface on, IpAddress address);

    /// <summary>A neighbor is gone, or is there again: ways through it are to be looked up again.</summary>
    void NoteReachability(NetworkInterface on, NeighborEntry neighbor, bool isReachable);

    /// <summary>A neighbor that was a router says that it is none (RFC 4861 §7.2.5).</summary>
    void NoteNoRouter(NetworkInterface on, NeighborEntry neighbor, TimeSpan now);
}
