namespace Fathom.Hosts.Internet;

/// <summary>What a route, or the lack of one, does with a packet.</summary>
public enum RouteKind
{
    /// <summary>Another kind that the host did not explain.</summary>
    Unknown = 0,

    /// <summary>Sent to the gateway, or on-link.</summary>
    Unicast,

    /// <summary>For this host itself.</summary>
    Local,

    /// <summary>Link broadcast.</summary>
    Broadcast,

    /// <summary>Multicast or anycast.</summary>
    Multicast,

    /// <summary>Dropped in silence (Linux: blackhole).</summary>
    Blackhole,

    /// <summary>Refused as unreachable (Linux: unreachable).</summary>
    Unreachable,

    /// <summary>Refused as administratively prohibited (Linux: prohibit).</summary>
    Prohibit,

    /// <summary>No route matched.</summary>
    None,
}
