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
        if (IpHosts.WhyNobodys(address, prefix) is not { } reason) return null;
        var next = Neighbor(new InterfaceAddress(address, prefix.Length));
        return address == prefix.Address && IpHosts.WhyNobodys(next, prefix) is null ? $"{reason}; {next} is its first host's" : reason;
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
