namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>nameConstraints (RFC 5280 §4.2.1.10).</summary>
/// <param name="Permitted">permittedSubtrees.</param>
/// <param name="Excluded">excludedSubtrees.</param>
internal sealed record NameConstraints(IReadOnlyList<GeneralName> Permitted, IReadOnlyList<GeneralName> Excluded);
