namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>authorityKeyIdentifier (RFC 5280 §4.2.1.1).</summary>
/// <param name="KeyIdentifier">keyIdentifier, or empty.</param>
/// <param name="AuthorityIssuer">The directoryName of authorityCertIssuer in DER: who issued the issuer's certificate; or empty.</param>
/// <param name="AuthoritySerialNumber">authorityCertSerialNumber, or empty.</param>
internal sealed record AuthorityKeyIdentifier(ReadOnlyMemory<byte> KeyIdentifier, ReadOnlyMemory<byte> AuthorityIssuer, ReadOnlyMemory<byte> AuthoritySerialNumber);
