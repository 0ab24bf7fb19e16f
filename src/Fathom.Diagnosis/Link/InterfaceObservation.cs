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
    /// <summary>All interfaces but loopback.</summary>
    public IEnumerable<HostInterface> Outside => (Interfaces ?? []).Where(static i => i.Kind != InterfaceKind.Loopback);

    /// <summary>This host's own addresses, without zones.</summary>
    public IReadOnlyCollection<IpAddress> OwnAddresses { get; } =
        (Interfaces ?? []).SelectMany(static i => i.Addresses).Select(static a => a.Address.WithZone(0)).ToHashSet();

    /// <summary>This host's own hardware addresses.</summary>
    public IReadOnlyCollection<MacAddress> OwnHardwareAddresses { get; } =
        (Interfaces ?? []).Select(static i => i.HardwareAddress).OfType<MacAddress>().ToHashSet();

    public HostInterface? Find(int? index) => index is null ? null : Interfaces?.FirstOrDefault(i => i.Index == index);

    /// <summary>The host has an IPv6 address with which the Internet can be reached: not only link-local ones.</summary>
    public bool HasGlobal(IpVersion version) => Outside.Where(static i => i.IsUsable).SelectMany(static i => i.Addresses)
        .Any(a => a.Address.Version == version && !a.Address.IsLinkLocal && a.State is InterfaceAddressState.Preferred or InterfaceAddressState.Deprecated);
}
