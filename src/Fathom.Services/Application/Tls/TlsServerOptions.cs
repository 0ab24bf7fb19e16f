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

    /// <summary>The lowest version to speak: TLS 1.2, unless <see cref="AllowsObsoleteVersions"/>.</summary>
    public TlsVersion MinimumVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The highest version to speak.</summary>
    public TlsVersion MaximumVersion { get; init; } = TlsVersion.Tls13;

    /// <summary>Refuse a name that no identity is for with the alert unrecognized_name (RFC 6066 §3), instead of answering with the first.</summary>
    public bool RefuseUnknownNames { get; init; }

    /// <summary>TLS 1.0 and 1.1 may be spoken, which RFC 8996 forbids: to show what comes of a server that nobody has renewed.</summary>
    public bool AllowsObsoleteVersions { get; init; }

    /// <summary>The cipher suites for TLS 1.2 and before, best first, by their numbers; null for those that are good.</summary>
    public IReadOnlyList<ushort>? CipherSuites { get; init; }

    /// <summary>Ask for a client certificate. One that is given is not judged, and none is no failure.</summary>
    public bool RequestClientCertificate { get; init; }

    /// <summary>Ask for a client certificate, and end the handshake of a client that gives none with an alert (RFC 8446 §4.4.2.4).</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>Close without close_notify, as careless servers do: a cut looks like an end then (RFC 8446 §6.1).</summary>
    public bool OmitsCloseNotify { get; init; }
}
