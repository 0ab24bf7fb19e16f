using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>An iterative resolution that has ended.</summary>
/// <param name="Question">The question.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Every step, in order.</param>
/// <param name="Queries">Questions asked of servers.</param>
/// <param name="Duration">From the question to the end.</param>
public sealed record IterativeResolution(DnsQuestion Question, IterativeOutcome Outcome, IReadOnlyList<ResolutionStep> Steps, int Queries, TimeSpan Duration);
