namespace Fathom.Hosts.Application;

/// <summary>The root certificates that a host trusts.</summary>
/// <param name="Certificates">Each in DER.</param>
/// <param name="Source">Where they come from, for people: "/etc/ssl/certs/ca-certificates.crt".</param>
public sealed record TrustAnchors(IReadOnlyList<ReadOnlyMemory<byte>> Certificates, string Source);
