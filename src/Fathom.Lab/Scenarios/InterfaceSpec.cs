using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>An interface of a host.</summary>
/// <param name="Name">Its name: "eth0".</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record InterfaceSpec(string Name, ScenarioPlace At)
{
    /// <summary>The network that it is plugged into; null: a link says.</summary>
    public string? Network { get; init; }

    /// <summary>Its addresses, with the prefixes that are on its link.</summary>
    public IReadOnlyList<(IpAddress Address, int PrefixLength)> Addresses { get; init; } = [];

    /// <summary>The largest IP packet, in octets; null: as large as its cable carries, see <see cref="Scenario.MtuOf"/>.</summary>
    public int? Mtu { get; init; }

    /// <summary>It gets its IPv4 address, its routes and its resolvers by DHCP.</summary>
    public bool Dhcp { get; init; }

    /// <summary>What its host advertises on it as a router; null: nothing.</summary>
    public RouterAdvertisementSettings? Advertises { get; init; }
}
