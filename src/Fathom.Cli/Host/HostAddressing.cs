using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Host;

/// <summary>Addresses of the two ends of a device.</summary>
internal static class HostAddressing
{
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
