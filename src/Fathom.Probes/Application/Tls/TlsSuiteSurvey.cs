using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>The suites that a server takes in one version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Suites">IANA names in the order in which the server chose them when the ones before were no longer offered.</param>
/// <param name="IsComplete">False when the server stopped answering before it said no: there may be more.</param>
public sealed record TlsSuiteSurvey(TlsVersion Version, IReadOnlyList<string> Suites, bool IsComplete);
