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
