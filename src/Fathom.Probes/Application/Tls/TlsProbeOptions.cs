using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>What a TLS probe offers.</summary>
/// <param name="ServerName">
/// The name to send (SNI, RFC 6066 §3): ASCII, an international name as A-labels. An IP literal is never sent. Null for none.
/// </param>
/// <param name="Timeout">How long the whole handshake may take.</param>
public sealed record TlsProbeOptions(string? ServerName, TimeSpan Timeout)
{
    /// <summary>Names for ALPN (RFC 7301), in order of preference; empty for no extension.</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = ["http/1.1"];

    /// <summary>Keep what <see cref="TlsProbe.ResumeAsync"/> needs.</summary>
    public bool PreparesResumption { get; init; }

    /// <summary>The lowest version to offer.</summary>
    public TlsVersion MinimumVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The highest version to offer.</summary>
    public TlsVersion MaximumVersion { get; init; } = TlsVersion.Tls13;
}
