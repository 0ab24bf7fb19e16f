using Fathom.Hosts.Internet;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>How a read or write on a TLS session ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Count">Octets of application data read or written; 0 unless <see cref="TlsStreamStatus.Ok"/>.</param>
public readonly record struct TlsStreamResult(TlsStreamStatus Status, int Count = 0)
{
    /// <summary>The alert, for <see cref="TlsStreamStatus.AlertReceived"/>.</summary>
    public TlsAlert? Alert { get; init; }

    /// <summary>The ICMP or local error, for <see cref="TlsStreamStatus.Failed"/>, where there is one.</summary>
    public NetworkError? Error { get; init; }

    /// <summary>What was wrong, for people, for <see cref="TlsStreamStatus.Failed"/>; else null.</summary>
    public string? Detail { get; init; }
}
