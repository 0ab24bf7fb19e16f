using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Services.Application.Tls;

/// <summary>How a TLS server behaves.</summary>
/// <param name="Identities">The certificates it has, at least one. The first is for clients that name no server, or one that none of them is for.</param>
/// <param name="Timeout">How long the whole handshake may take.</param>
public sealed record TlsServerOptions(IReadOnlyList<TlsServerIdentity> Identities, TimeSpan Timeout)
{
    /// <summary>Names for ALPN (RFC 7301), in order of preference; empty for none, and then the extension is not answered.</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>The lowest version to speak.</summary>
    public TlsVersion MinimumVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The highest version to speak.</summary>
    public TlsVersion MaximumVersion { get; init; } = TlsVersion.Tls13;

    /// <summary>Refuse a name that no identity is for with the alert unrecognized_name (RFC 6066 §3), instead of answering with the first.</summary>
    public bool RefuseUnknownNames { get; init; }

    /// <summary>Ask for a client certificate. One that is given is not judged, and none is no failure.</summary>
    public bool RequestClientCertificate { get; init; }
}
