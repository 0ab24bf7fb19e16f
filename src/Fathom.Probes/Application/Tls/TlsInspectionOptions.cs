using Fathom.Hosts.Application;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Tls;

/// <summary>What a <see cref="TlsInspector"/> asks.</summary>
/// <param name="Handshake">What the handshake offers, and how long it may take. Its server name is sent, and the certificate is judged by it.</param>
public sealed record TlsInspectionOptions(TlsProbeOptions Handshake)
{
    /// <summary>Only addresses of this version, or null for both.</summary>
    public IpVersion? Version { get; init; }

    /// <summary>The name that the certificate is judged by; null leaves names unchecked.</summary>
    public string? ExpectedName { get; init; }

    /// <summary>The roots to judge by; null for the host's own.</summary>
    public TrustAnchors? Anchors { get; init; }

    /// <summary>The protocol whose words come before TLS, or null for none.</summary>
    public StartTlsProtocol? StartTls { get; init; }

    /// <summary>Try to go on with the session on another connection.</summary>
    public bool TryResumption { get; init; }

    /// <summary>Ask which versions the server speaks, one connection for each.</summary>
    public bool SurveyVersions { get; init; }

    /// <summary>Ask which suites it takes, one connection for each.</summary>
    public bool SurveySuites { get; init; }
}
