using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Tls;

/// <summary>What a run of <c>fathom tls</c> was asked for.</summary>
/// <param name="ServerName">The name to send instead of the host's; empty for none; null for the host's.</param>
/// <param name="Anchors">The roots to judge by, or null for the host's.</param>
/// <param name="Versions">Ask for the versions.</param>
/// <param name="Suites">Ask for the suites.</param>
/// <param name="ShowCertificates">Print PEM.</param>
/// <param name="Version">Addresses of this version only.</param>
/// <param name="StartTls">The protocol whose words come before TLS, or null.</param>
/// <param name="Resume">Try to go on with the session.</param>
/// <param name="Handshake">What to offer; the server name is filled in for each target.</param>
internal sealed record TlsRequest(string? ServerName, TrustAnchors? Anchors, bool Versions, bool Suites, bool ShowCertificates, IpVersion? Version, StartTlsProtocol? StartTls, bool Resume, TlsProbeOptions Handshake);
