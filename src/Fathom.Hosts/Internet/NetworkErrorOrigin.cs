namespace Fathom.Hosts.Internet;

/// <summary>Who reported a <see cref="NetworkError"/>.</summary>
public enum NetworkErrorOrigin
{
    /// <summary>The host's own stack: no route, neighbor not resolved, packet above the known path MTU, forbidden by a local rule.</summary>
    Local = 0,

    /// <summary>An ICMP message (RFC 792).</summary>
    Icmp,

    /// <summary>An ICMPv6 message (RFC 4443).</summary>
    Icmpv6,
}
