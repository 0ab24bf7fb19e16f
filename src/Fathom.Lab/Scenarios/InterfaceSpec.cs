using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>An interface of a host.</summary>
/// <param name="Name">Its name: "eth0".</param>
/// <param name="Network">The network that it is plugged into; null: a link says.</param>
/// <param name="Addresses">Its addresses, with the prefixes that are on its link.</param>
/// <param name="Mtu">The largest IP packet, in octets.</param>
public sealed record InterfaceSpec(string Name, string? Network, IReadOnlyList<(IpAddress Address, int PrefixLength)> Addresses, int Mtu);
