namespace Fathom.Hosts.Link;

/// <summary>What an interface is.</summary>
public enum InterfaceKind
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>The loopback interface.</summary>
    Loopback,

    /// <summary>Ethernet, or anything that carries Ethernet frames (Wi-Fi, veth, bridge, TAP).</summary>
    Ethernet,

    /// <summary>A point-to-point or tunnel interface that carries IP packets without a link header (TUN, PPP, WireGuard).</summary>
    Tunnel,
}
