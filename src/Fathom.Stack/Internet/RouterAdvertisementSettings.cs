using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What a router advertises on a link, and how often (RFC 4861 §6.2.1, whose defaults these are).</summary>
public sealed record RouterAdvertisementSettings
{
    // Prefixes and resolvers at most: what fits into one message of the smallest MTU.
    private const int MaxPrefixes = 16;
    private const int MaxServers = 8;

    /// <summary>The prefixes: 16 at most.</summary>
    public IReadOnlyList<AdvertisedPrefix> Prefixes { get; init; } = [];

    /// <summary>Resolvers (RFC 8106 §5.1): eight IPv6 addresses at most.</summary>
    public IReadOnlyList<IpAddress> DnsServers { get; init; } = [];

    /// <summary>How long the resolvers are good from each advertisement on; null: three times <see cref="MaxInterval"/> (RFC 8106 §5.1).</summary>
    public TimeSpan? DnsLifetime { get; init; }

    /// <summary>MaxRtrAdvInterval: 4 seconds to half an hour between advertisements that nobody asked for.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How long this is a default router from each advertisement on; zero: it is none. Null: three times <see cref="MaxInterval"/> (AdvDefaultLifetime).</summary>
    public TimeSpan? DefaultLifetime { get; init; }

    /// <summary>The hop limit that hosts are to use; 0: no advice (AdvCurHopLimit).</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>The link's MTU in octets; null: it is not told (AdvLinkMTU).</summary>
    public int? Mtu { get; init; }

    /// <summary>Addresses are to be had by DHCPv6 (AdvManagedFlag).</summary>
    public bool Managed { get; init; }

    /// <summary>Other things are to be had by DHCPv6 (AdvOtherConfigFlag).</summary>
    public bool OtherConfiguration { get; init; }

    internal TimeSpan RouterLifetime => DefaultLifetime ?? MaxInterval * 3;

    internal TimeSpan ServerLifetime => DnsLifetime ?? MaxInterval * 3;

    // MinRtrAdvInterval: 0.33 of the longest, but three seconds at least.
    internal TimeSpan MinInterval => MaxInterval.TotalSeconds >= 9 ? MaxInterval * 0.33 : TimeSpan.FromSeconds(3);

    internal void Check(NetworkInterface on)
    {
        if (MaxInterval.TotalSeconds is < 4 or > 1800) throw new ArgumentException("Router advertisements come every 4 to 1,800 seconds (RFC 4861 §6.2.1).");
        if (DefaultLifetime is { } life && life != TimeSpan.Zero && (life < MaxInterval || life.TotalSeconds > 9000)) throw new ArgumentException("A router's lifetime is zero, or between the interval and 9,000 seconds (RFC 4861 §6.2.1).");
        if (Mtu is { } mtu && (mtu < Ipv6Packet.MinMtu || mtu > on.Mtu)) throw new ArgumentException("The MTU lies between 1,280 octets and the interface's own.");
        if (Prefixes.Count > MaxPrefixes || Prefixes.Any(static p => p.Prefix.Version != IpVersion.V6 || p.Prefix.Address.IsLinkLocal || p.Prefix.Address.IsMulticast))
            throw new ArgumentException($"Up to {MaxPrefixes} prefixes of IPv6 can be advertised, no link-local one and no group.");
        if (Prefixes.Any(static p => p.ValidLifetime is { } valid && (p.PreferredLifetime ?? TimeSpan.MaxValue) > valid)) throw new ArgumentException("A prefix is preferred no longer than it is valid.");
        if (DnsServers.Count > MaxServers || DnsServers.Any(static s => !s.IsV6 || s.IsMulticast || s.IsUnspecified)) throw new ArgumentException($"Up to {MaxServers} resolvers of IPv6 can be advertised.");
    }
}
