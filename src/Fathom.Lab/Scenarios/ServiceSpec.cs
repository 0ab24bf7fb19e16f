using Fathom.Lab.Application;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>Something that a host serves.</summary>
/// <param name="At">Where it stands in the file.</param>
public abstract record ServiceSpec(ScenarioPlace At)
{
    /// <summary>An authoritative DNS server.</summary>
    /// <param name="Zones">The names of its zones.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Dns(IReadOnlyList<string> Zones, ScenarioPlace At) : ServiceSpec(At)
    {
        /// <summary>What it does wrong on purpose, as long as nobody changes it.</summary>
        public DnsTrouble Trouble { get; init; }
    }

    /// <summary>A recursive DNS server.</summary>
    /// <param name="Roots">Where it begins: the root servers' names with their addresses.</param>
    /// <param name="Clients">Whom it answers; empty: everybody.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Resolver(IReadOnlyList<(string Name, IReadOnlyList<IpAddress> Addresses)> Roots, IReadOnlyList<IpPrefix> Clients, ScenarioPlace At) : ServiceSpec(At)
    {
        /// <summary>What it does wrong on purpose, as long as nobody changes it.</summary>
        public DnsTrouble Trouble { get; init; }
    }

    /// <summary>A web server: HTTP on port 80, HTTPS on port 443.</summary>
    /// <param name="Names">The names that its certificate is for.</param>
    /// <param name="Https">Serve HTTPS.</param>
    /// <param name="Redirects">Answer HTTP with a redirect to HTTPS.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Web(IReadOnlyList<string> Names, bool Https, bool Redirects, ScenarioPlace At) : ServiceSpec(At)
    {
        /// <summary>How it behaves at its ports, as long as nobody changes it.</summary>
        public WebBehavior Behavior { get; init; } = new();
    }

    /// <summary>A DHCP server on one of the host's interfaces.</summary>
    /// <param name="Interface">The interface.</param>
    /// <param name="First">The first address that it lends.</param>
    /// <param name="Last">The last.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Dhcp(string Interface, IpAddress First, IpAddress Last, ScenarioPlace At) : ServiceSpec(At)
    {
        /// <summary>The routers that it tells; null: its own address.</summary>
        public IReadOnlyList<IpAddress>? Routers { get; init; }

        /// <summary>The resolvers that it tells.</summary>
        public IReadOnlyList<IpAddress> Resolvers { get; init; } = [];

        /// <summary>The domain that it tells; null: none.</summary>
        public string? Domain { get; init; }

        /// <summary>How long it lends an address.</summary>
        public TimeSpan Lease { get; init; } = TimeSpan.FromHours(1);

        /// <summary>Addresses that are one host's only: "host" or "host.interface", and the address.</summary>
        public IReadOnlyList<(string Host, IpAddress Address, ScenarioPlace At)> Reservations { get; init; } = [];
    }

    /// <summary>One of the small services: echo (RFC 862), discard (RFC 863), daytime (RFC 867), chargen (RFC 864), iperf3.</summary>
    /// <param name="Name">Which.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Small(string Name, ScenarioPlace At) : ServiceSpec(At);
}
