using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Services.Application.Dhcp;

/// <summary>What a DHCP server lends on one link, and what it tells of the network.</summary>
/// <param name="Interface">The name of the interface. It has an address in the pool's subnet, which is the server's identifier.</param>
/// <param name="First">The pool's first address.</param>
/// <param name="Last">The pool's last address: at most 65,536 are in it.</param>
public sealed record DhcpServerOptions(string Interface, IpAddress First, IpAddress Last)
{
    /// <summary>Routers, best first (option 3); null: the server's own address; empty: none.</summary>
    public IReadOnlyList<IpAddress>? Routers { get; init; }

    /// <summary>Resolvers, best first (option 6).</summary>
    public IReadOnlyList<IpAddress> DnsServers { get; init; } = [];

    /// <summary>The domain, in ASCII (option 15); null: none is told.</summary>
    public string? DomainName { get; init; }

    /// <summary>The link's MTU in octets (option 26); null: none is told.</summary>
    public ushort? Mtu { get; init; }

    /// <summary>How long an address is lent. An hour is dnsmasq's default. T1 is half of it and T2 seven eighths (RFC 2131 §4.4.5).</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Addresses that are one client's only, by its MAC address. They may lie outside the pool, in its subnet.</summary>
    public IReadOnlyDictionary<MacAddress, IpAddress> Reservations { get; init; } = new Dictionary<MacAddress, IpAddress>();

    /// <summary>How long an address that was offered is kept for whom it was offered to: a client that asks four times takes half a minute.</summary>
    public TimeSpan OfferTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an address that a client found in use is not lent (RFC 2131 §4.3.3 leaves it to the server).</summary>
    public TimeSpan DeclineTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Is called after each message from the link, in the host's context: <see cref="DhcpServer.Bindings"/> then tell what became of it. Null: nobody is told.</summary>
    public Action? OnMessage { get; init; }
}
