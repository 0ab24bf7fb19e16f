using Fathom.Probes.Application.Tls;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Http;

/// <summary>How a request got its connection.</summary>
public sealed record HttpConnectionReport
{
    /// <summary>The connection was open from an earlier request.</summary>
    public bool Reused { get; init; }

    /// <summary>The proxy, or null.</summary>
    public HttpProxy? Proxy { get; init; }

    /// <summary>The addresses that the name has, in the order of the attempts.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; init; } = [];

    /// <summary>Where the addresses come from: "the hosts file", "127.0.0.53:53"; empty for an address.</summary>
    public string AddressSource { get; init; } = "";

    /// <summary>The attempts to connect, in the order in which they ended.</summary>
    public IReadOnlyList<ConnectOutcome> Attempts { get; init; } = [];

    /// <summary>This end, or null.</summary>
    public IpEndpoint? Local { get; init; }

    /// <summary>The other end, or null.</summary>
    public IpEndpoint? Remote { get; init; }

    /// <summary>The TLS handshake; null where there was none.</summary>
    public TlsOutcome? Tls { get; init; }

    /// <summary>What is to be said of the certificates; null where there were none.</summary>
    public CertificateVerdict? Certificates { get; init; }
}
