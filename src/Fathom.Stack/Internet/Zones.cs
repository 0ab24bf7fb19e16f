using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Zones of scoped IPv6 addresses (RFC 4007): inside the stack such an address always carries its interface's index.</summary>
internal static class Zones
{
    /// <summary>True for addresses that mean something on one link only.</summary>
    public static bool AreNeeded(IpAddress address)
        => address.IsV6 && (address.IsLinkLocal || (address.IsMulticast && ((int)(address.Value >> 112) & 0xF) is 1 or 2));

    /// <summary>The address as it is known on an interface.</summary>
    public static IpAddress On(IpAddress address, NetworkInterface on)
        => !address.IsV6 ? address : AreNeeded(address) ? address.WithZone((uint)on.Index) : address.WithZone(0);
}
