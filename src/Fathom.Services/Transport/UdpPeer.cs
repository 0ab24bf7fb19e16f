using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>What one peer of a <see cref="UdpServer"/> sent and got.</summary>
/// <param name="Endpoint">The peer; the default for all that were beyond the limit of peers.</param>
public sealed record UdpPeer(IpEndpoint Endpoint)
{
    /// <summary>Datagrams received.</summary>
    public long Datagrams { get; internal set; }

    /// <summary>Octets of their payloads, those that were cut off included.</summary>
    public long Octets { get; internal set; }

    /// <summary>Datagrams that did not fit the buffer.</summary>
    public long Truncated { get; internal set; }

    /// <summary>Answers sent.</summary>
    public long Answers { get; internal set; }

    /// <summary>Answers that an ICMP error came back for: nobody took them.</summary>
    public long Undelivered { get; internal set; }
}
