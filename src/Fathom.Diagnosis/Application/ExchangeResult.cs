using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;

namespace Fathom.Diagnosis.Application;

/// <summary>What one connection carried.</summary>
internal sealed record ExchangeResult
{
    /// <summary>The TLS handshake; null over plain TCP.</summary>
    public TlsOutcome? Tls { get; init; }

    /// <summary>The judgment of the certificates; null where none came.</summary>
    public CertificateVerdict? Certificates { get; init; }

    /// <summary>Why the certificates could not be judged; null where they were.</summary>
    public string? CertificatesUnknown { get; init; }

    /// <summary>The HTTP exchange; null where it was not made.</summary>
    public HttpOutcome? Http { get; init; }

    /// <summary>The connection's figures at the end.</summary>
    public TcpConnectionInfo? Info { get; init; }

    /// <summary>This side sent a close_notify, or FIN, first.</summary>
    public bool ClosedHere { get; init; }

    /// <summary>Ids of the evidence of the handshake.</summary>
    public IReadOnlyList<string> TlsEvidence { get; init; } = [];

    /// <summary>Ids of the evidence of the HTTP exchange.</summary>
    public IReadOnlyList<string> HttpEvidence { get; init; } = [];

    /// <summary>The exchange stopped because nothing more arrived, which large packets that vanish would explain.</summary>
    public bool IsStalled => Tls is TlsOutcome.TimedOut || Http is HttpOutcome.TimedOut { Idle: true };
}
