using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>Which addresses of a prefix can be given to hosts, and by which rule.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Rule">The rule.</param>
public sealed record IpHosts(IpAddress First, IpAddress Last, BigInteger Count, IpHostRule Rule)
{
    /// <summary>The addresses for hosts in a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    public static IpHosts Of(IpPrefix prefix)
    {
        var rule = (prefix.Version, prefix.HostBits) switch
        {
            (_, 0) => IpHostRule.SingleAddress,
            (_, 1) => IpHostRule.PointToPoint,
            (IpVersion.V4, _) => IpHostRule.NetworkAndBroadcast,
            _ => IpHostRule.SubnetRouterAnycast,
        };
        var (low, high) = rule switch
        {
            IpHostRule.NetworkAndBroadcast => (1, 1),
            IpHostRule.SubnetRouterAnycast => (1, 0),
            _ => (0, 0),
        };
        return new IpHosts(
            IpPrefix.Make(prefix.Version, prefix.Address.Value + (uint)low),
            IpPrefix.Make(prefix.Version, prefix.Last.Value - (uint)high),
            prefix.Count - low - high,
            rule);
    }

    /// <summary>Why no host can have an address as its own on a link; null if one can.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">The prefix of the link.</param>
    public static string? WhyNobodys(IpAddress address, IpPrefix prefix)
    {
        if (address.IsUnspecified) return "it stands for no address (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2)";
        if (address.IsLoopback) return "the loopback never leaves its host (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3)";
        if (address.IsMulticast) return "it is a group's (RFC 1112, RFC 4291 section 2.7)";
        if (address.IsV4Mapped) return "it is an IPv4 address in another notation (RFC 4291 section 2.5.5.2)";
        if (address.IsV6) return null;
        if ((uint)address.Value >> 24 == 0) return "0.0.0.0/8 is this network, whose hosts do not know their addresses yet (RFC 1122 section 3.2.1.3)";
        if ((uint)address.Value == uint.MaxValue) return "it is that of all hosts (RFC 919)";
        if ((uint)address.Value >> 28 == 0xF) return "240.0.0.0/4 is reserved, and hosts drop its packets (RFC 1112 section 4)";
        if (Of(prefix).Rule != IpHostRule.NetworkAndBroadcast) return null;
        if (address == prefix.Address) return "it is that of the network itself (RFC 1122 section 3.2.1.3)";
        return address == prefix.Last ? "it is that of all hosts of the network (RFC 919)" : null;
    }

    /// <summary>The rule as a sentence for a person.</summary>
    public string Explanation => Rule switch
    {
        IpHostRule.NetworkAndBroadcast => "The first address names the network and the last is its broadcast address (RFC 1122 section 3.2.1.3), so two cannot be given to hosts.",
        IpHostRule.SubnetRouterAnycast => "The first address belongs to the subnet's routers together (subnet-router anycast, RFC 4291 section 2.6.1); IPv6 has no broadcast.",
        IpHostRule.PointToPoint when First.IsV4 => "Two addresses for the two ends of a link: a /31 has neither network nor broadcast address (RFC 3021).",
        IpHostRule.PointToPoint => "Two addresses for the two ends of a link between routers; subnet-router anycast is off on a /127 (RFC 6164).",
        _ => "One address: a host route, a loopback address, or a rule about one host.",
    };
}
