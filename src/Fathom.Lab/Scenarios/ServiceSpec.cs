using Fathom.Lab.Application;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>Something that a host serves.</summary>
/// <param name="Line">Where it stands in the file.</param>
public abstract record ServiceSpec(int Line)
{
    /// <summary>An authoritative DNS server.</summary>
    /// <param name="Zones">The names of its zones.</param>
    /// <param name="Line">Where it stands in the file.</param>
    public sealed record Dns(IReadOnlyList<string> Zones, int Line) : ServiceSpec(Line)
    {
        /// <summary>What it does wrong on purpose, as long as nobody changes it.</summary>
        public DnsTrouble Trouble { get; init; }
    }

    /// <summary>A recursive DNS server.</summary>
    /// <param name="Roots">Where it begins: the root servers' names with their addresses.</param>
    /// <param name="Clients">Whom it answers; empty: everybody.</param>
    /// <param name="Line">Where it stands in the file.</param>
    public sealed record Resolver(IReadOnlyList<(string Name, IReadOnlyList<IpAddress> Addresses)> Roots, IReadOnlyList<IpPrefix> Clients, int Line) : ServiceSpec(Line)
    {
        /// <summary>What it does wrong on purpose, as long as nobody changes it.</summary>
        public DnsTrouble Trouble { get; init; }
    }

    /// <summary>A web server: HTTP on port 80, HTTPS on port 443.</summary>
    /// <param name="Names">The names that its certificate is for.</param>
    /// <param name="Https">Serve HTTPS.</param>
    /// <param name="Redirects">Answer HTTP with a redirect to HTTPS.</param>
    /// <param name="Line">Where it stands in the file.</param>
    public sealed record Web(IReadOnlyList<string> Names, bool Https, bool Redirects, int Line) : ServiceSpec(Line)
    {
        /// <summary>How it behaves at its ports, as long as nobody changes it.</summary>
        public WebBehavior Behavior { get; init; } = new();
    }

    /// <summary>One of the small services: echo (RFC 862), discard (RFC 863), daytime (RFC 867), chargen (RFC 864).</summary>
    /// <param name="Name">Which.</param>
    /// <param name="Line">Where it stands in the file.</param>
    public sealed record Small(string Name, int Line) : ServiceSpec(Line);
}
