namespace Fathom.Probes.Application.Tls;

/// <summary>The server asked for a client certificate (RFC 8446 §4.3.2, RFC 5246 §7.4.4). The probe answers with none.</summary>
/// <param name="Authorities">The names of the authorities it accepts, as safe text; empty means any.</param>
public sealed record TlsCertificateRequest(IReadOnlyList<string> Authorities);
