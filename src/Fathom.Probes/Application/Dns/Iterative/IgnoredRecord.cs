using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>A record of a reply that was not believed.</summary>
/// <param name="Record">The record.</param>
/// <param name="Reason">Why not, as a phrase.</param>
public sealed record IgnoredRecord(DnsRecord Record, string Reason);
