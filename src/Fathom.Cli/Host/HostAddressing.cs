using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Host;

/// <summary>Addresses of the two ends of a device.</summary>
internal static class HostAddressing
{
    /// <summary>Why no host can have an address; null if one can.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">Its prefix.</param>
    public static string? WhyNobodys(IpAddress address, IpPrefix prefix)
    {
        if (address.IsLoopback) return "the loopback never leaves its host (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3)";
        if (address.IsV4Mapped) return $"an IPv4 address in IPv6's clothes is for programs, not for a link (RFC 4291 §2.5.5.2); give {address.Unmap()}";
        if (address.IsV6) return null;
        if ((uint)address.Value == uint.MaxValue) return "this address is that of all hosts (RFC 919)";
        if ((uint)address.Value >> 24 == 0) return "0.0.0.0/8 is 'this network', whose addresses only ask for others (RFC 1122 §3.2.1.3)";
        if ((uint)address.Value >> 28 == 0xF) return "240.0.0.0/4 is reserved, and dropped by hosts (RFC 1112 §4)";

        // In the two longest prefixes every address is a host's (RFC 3021 §2.1).
        if (prefix.HostBits < 2) return null;
        var all = (1UL << prefix.HostBits) - 1;
        var host = (uint)address.Value & all;
        if (host == 0) return $"this address is that of the network itself; {Neighbor(new InterfaceAddress(address, prefix.Length))} is its first host's";
        return host == all ? "this address is that of all hosts of the network (RFC 919)" : null;
    }

    /// <summary>Why an address cannot be that of the host's gateway; null if it can.</summary>
    /// <param name="gateway">The gateway's.</param>
    /// <param name="own">The host's.</param>
    public static string? WhyNoGateway(IpAddress gateway, IReadOnlyList<InterfaceAddress> own)
    {
        if (own.Any(a => a.Address == gateway)) return "the host itself has this address";

        // RFC 4861 §8: what routers of IPv6 go by is on every link.
        if (gateway.IsV6 && gateway.IsLinkLocal) return null;
        return own.Any(a => a.Prefix.Contains(gateway)) ? null : "it is in the prefix of no --address, so that nobody on the link can be asked for it";
    }

    /// <summary>How this machine's end is set up by hand.</summary>
    /// <param name="address">The host's.</param>
    public static string Arguments(InterfaceAddress address)
        => address.Prefix.HostBits == 0 ? $"{Neighbor(address)} peer {address.Address}/{address.PrefixLength}" : $"{Neighbor(address)}/{address.PrefixLength}";

    /// <summary>An address that this machine's end may have: the first of the prefix that is not the host's.</summary>
    /// <param name="address">The host's.</param>
    public static IpAddress Neighbor(InterfaceAddress address)
    {
        var first = address.Prefix.Address.Value;
        // The prefix's own address is nobody's, but in the two shortest prefixes (RFC 3021 §2.1, RFC 6164 §5).
        if (address.Prefix.HostBits > 1) first++;
        if (first == address.Address.Value) first++;
        return address.Address.IsV6 ? IpAddress.FromV6(first) : IpAddress.FromV4((uint)first);
    }
}
