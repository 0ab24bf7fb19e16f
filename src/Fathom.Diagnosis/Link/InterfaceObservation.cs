using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Diagnosis.Link;

/// <summary>What the host says of its interfaces.</summary>
/// <param name="Interfaces">The interfaces; null where the host does not tell.</param>
/// <param name="Refusal">Why it does not tell.</param>
internal sealed record InterfaceObservation(IReadOnlyList<HostInterface>? Interfaces, HostRefusal? Refusal)
{
    private static readonly IpAddress EveryHost = IpAddress.Parse("255.255.255.255");

    /// <summary>All interfaces but loopback.</summary>
    public IEnumerable<HostInterface> Outside => (Interfaces ?? []).Where(static i => i.Kind != InterfaceKind.Loopback);

    /// <summary>This host's own addresses, without zones.</summary>
    public IReadOnlyCollection<IpAddress> OwnAddresses { get; } =
        (Interfaces ?? []).SelectMany(static i => i.Addresses).Select(static a => a.Address.WithZone(0)).ToHashSet();

    /// <summary>This host's own hardware addresses.</summary>
    public IReadOnlyCollection<MacAddress> OwnHardwareAddresses { get; } =
        (Interfaces ?? []).Select(static i => i.HardwareAddress).OfType<MacAddress>().ToHashSet();

    public HostInterface? Find(int? index) => index is null ? null : Interfaces?.FirstOrDefault(i => i.Index == index);

    /// <summary>Of whom an address is that is not one host's: "a multicast address (224.0.0.0/4)"; null for a host's.</summary>
    public string? WhoseMany(IpAddress address)
    {
        if (address.IsMulticast) return $"a multicast address ({(address.IsV6 ? "ff00::/8" : "224.0.0.0/4")})";
        if (address == EveryHost) return "the broadcast address of the link (RFC 919)";
        if (!address.IsV4) return null;

        // RFC 3021: the two addresses of a /31 are hosts'.
        var own = Outside.SelectMany(static i => i.Addresses).Where(static a => a.Address.IsV4 && a.PrefixLength < 31).Select(static a => new IpPrefix(a.Address, a.PrefixLength)).FirstOrDefault(p => p.Contains(address) && p.Last == address);
        return own == default ? null : $"the broadcast address of {own}";
    }

    /// <summary>The host has an IPv6 address with which the Internet can be reached: not only link-local ones.</summary>
    public bool HasGlobal(IpVersion version) => Outside.Where(static i => i.IsUsable).SelectMany(static i => i.Addresses)
        .Any(a => a.Address.Version == version && !a.Address.IsLinkLocal && a.State is InterfaceAddressState.Preferred or InterfaceAddressState.Deprecated);
}
