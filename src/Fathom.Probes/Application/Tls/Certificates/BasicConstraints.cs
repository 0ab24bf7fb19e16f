namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>basicConstraints (RFC 5280 §4.2.1.9).</summary>
/// <param name="IsAuthority">cA.</param>
/// <param name="PathLength">pathLenConstraint, or null.</param>
internal sealed record BasicConstraints(bool IsAuthority, int? PathLength);
