using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Trace;

/// <summary>What a trace showed.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Method">What was sent.</param>
/// <param name="Flow">How far the probes kept to one flow, as one sentence.</param>
/// <param name="Hops">By hop limit, without gaps; beyond the destination, or the last answer and a few silent hops, nothing.</param>
/// <param name="Duration">From the first probe to the end.</param>
/// <param name="WasInterrupted">A cancellation ended it.</param>
public sealed record TraceOutcome(IpAddress Destination, string Method, string Flow, IReadOnlyList<TraceHop> Hops, TimeSpan Duration, bool WasInterrupted)
{
    /// <summary>The destination answered.</summary>
    public bool Reached => Hops.Any(static h => h.IsDestination) || AnswersBeyond;

    /// <summary>The destination answered a probe with the largest hop limit, and none of the hops shown.</summary>
    public bool AnswersBeyond { get; init; }

    /// <summary>The last hop that answered, or null.</summary>
    public TraceHop? LastAnswer => Hops.LastOrDefault(static h => h.Answers.Count > 0);

    /// <summary>Where packets are refused, or null.</summary>
    public TraceHop? Refusal => Hops.FirstOrDefault(static h => h.Refusal is not null);

    /// <summary>Why no probe could be sent at all, or null.</summary>
    public NetworkError? LocalError => Hops is [{ Answers: [{ Error: { Origin: NetworkErrorOrigin.Local } error }, ..] }, ..] ? error : null;

    /// <summary>The path MTU, where it was asked for.</summary>
    public PathMtuOutcome? Mtu { get; init; }

    /// <summary>The routers that packets circle between, in order, or empty.</summary>
    public IReadOnlyList<IpAddress> Loop => Reached ? [] : new PathOutcome(Destination, Method, [.. Hops.Select(static h => h.Answers.Count > 0 ? h.Answers[0] : HopAnswers.Silent(h.HopLimit))]).FindLoop(2);
}
