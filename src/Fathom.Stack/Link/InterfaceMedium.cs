namespace Fathom.Stack.Link;

/// <summary>What an interface's frames are.</summary>
public enum InterfaceMedium : byte
{
    /// <summary>Ethernet frames without frame check sequence: neighbors are found by ARP and neighbor discovery (TAP).</summary>
    Ethernet,

    /// <summary>IP packets, one other end (TUN): there are no neighbors to find.</summary>
    PointToPoint,

    /// <summary>IP packets that come back to this host.</summary>
    Loopback,
}
