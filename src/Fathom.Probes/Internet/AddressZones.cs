using System.Globalization;
using Fathom.Hosts;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet;

/// <summary>
/// Zones as people write them: "fe80::1%eth0" (RFC 4007 §11). A link-local address is one of many that are spelled alike, one on each
/// link; only the host that has the links knows which number an interface's name stands for.
/// </summary>
public static class AddressZones
{
    /// <summary>Reads an address with or without a zone.</summary>
    /// <param name="text">The text, without brackets.</param>
    /// <param name="address">The address, with the zone's number where one was written.</param>
    /// <param name="zone">The zone's name, or null where it is a number or missing.</param>
    /// <returns>False when it is no address, or an IPv4 address with a zone.</returns>
    public static bool TryRead(string text, out IpAddress address, out string? zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        zone = null;
        if (IpAddress.TryParse(text, out address)) return true;
        var percent = text.IndexOf('%', StringComparison.Ordinal);
        if (percent < 0 || percent == text.Length - 1 || !IpAddress.TryParse(text.AsSpan(0, percent), out address) || !address.IsV6) return false;
        zone = text[(percent + 1)..];
        return !zone.Contains('%', StringComparison.Ordinal) && !zone.AsSpan().ContainsAny(' ', '/');
    }

    /// <summary>Gives an address the number of its zone, and says what is missing or wrong about it.</summary>
    /// <param name="host">The host that has the interfaces.</param>
    /// <param name="address">The address.</param>
    /// <param name="zone">The zone's name, or null.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>The address to use, or a problem: one phrase that says what to write instead.</returns>
    public static async ValueTask<HostResult<ScopedAddress>> ResolveAsync(INetworkHost host, IpAddress address, string? zone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        var needsZone = NeedsZone(address) && address.Zone == 0;
        if (zone is null && !needsZone && address.Zone == 0) return new ScopedAddress(address, null);
        var asked = await host.GetInterfacesAsync(cancellation);
        if (!asked.TryGet(out var interfaces, out var refusal)) return refusal;
        var names = string.Join(", ", interfaces.Select(static i => TextSanitizer.Escape(i.Name)));
        if (zone is null && needsZone)
        {
            // The loopback interface has no neighbors: it is no example for anybody.
            var example = interfaces.FirstOrDefault(static i => i.IsUp && i.Kind != Hosts.Link.InterfaceKind.Loopback)?.Name ?? "eth0";
            return new ScopedAddress(address, $"{address} is link-local, and each link may have one: say which interface, as {address}%{TextSanitizer.Escape(example)} (there are {names})");
        }

        var link = zone is null ? interfaces.FirstOrDefault(i => (uint)i.Index == address.Zone) : interfaces.FirstOrDefault(i => i.Name == zone);
        var shown = zone is null ? string.Create(CultureInfo.InvariantCulture, $"with number {address.Zone}") : TextSanitizer.Escape(zone);
        return link is null
            ? new ScopedAddress(address, $"there is no interface {shown}; there are {names}")
            : new ScopedAddress(address.WithZone((uint)link.Index), null);
    }

    /// <summary>True for addresses that mean nothing without an interface: link-local ones, and multicast of interface or link scope (RFC 4007 §6).</summary>
    /// <param name="address">The address.</param>
    public static bool NeedsZone(IpAddress address)
        => address.IsV6 && (address.IsLinkLocal || (address.IsMulticast && IpScopes.Of(address) is IpScope.InterfaceLocal or IpScope.LinkLocal));
}
