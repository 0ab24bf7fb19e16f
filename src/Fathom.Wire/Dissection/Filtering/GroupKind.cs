namespace Fathom.Wire.Dissection.Filtering;

/// <summary>Kinds of packets for more than one receiver.</summary>
internal enum GroupKind
{
    /// <summary>All stations of a link.</summary>
    LinkBroadcast,

    /// <summary>A group of stations, all of them among it.</summary>
    LinkMulticast,

    /// <summary>An IPv4 group.</summary>
    Ipv4Multicast,

    /// <summary>An IPv6 group.</summary>
    Ipv6Multicast,
}
