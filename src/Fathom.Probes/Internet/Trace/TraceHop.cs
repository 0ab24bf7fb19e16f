using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Trace;

/// <summary>What the probes with one hop limit showed.</summary>
/// <param name="HopLimit">The hop limit, from 1.</param>
/// <param name="Sent">Probes whose time is over.</param>
/// <param name="Answers">The answers, in the order of sending.</param>
public sealed record TraceHop(byte HopLimit, int Sent, IReadOnlyList<PathHop> Answers)
{
    /// <summary>Probes without an answer.</summary>
    public int Lost => Sent - Answers.Count;

    /// <summary>The part without an answer, 0 to 1.</summary>
    public double LossRate => Sent == 0 ? 0 : (double)Lost / Sent;

    /// <summary>Who answered, each once, in the order of first appearance. More than one: the way is not the same for all probes.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; } = [.. Answers.Select(static a => a.Address).OfType<IpAddress>().Distinct()];

    /// <summary>The destination itself answered.</summary>
    public bool IsDestination => Answers.Any(static a => a.IsDestination);

    /// <summary>The first answer that says that packets go no further (unreachable, prohibited), or null.</summary>
    public PathHop? Refusal => Answers.FirstOrDefault(static a => !a.IsDestination && a.Error is not null
        && a.Meaning is not (IcmpMeaning.HopLimitExceeded or IcmpMeaning.TooBig or IcmpMeaning.Other));

    /// <summary>The shortest round trip, in milliseconds; null without answers.</summary>
    public double? Best => Times.Count == 0 ? null : Times.Min();

    /// <summary>The mean round trip, in milliseconds; null without answers.</summary>
    public double? Mean => Times.Count == 0 ? null : Times.Average();

    /// <summary>The longest round trip, in milliseconds; null without answers.</summary>
    public double? Worst => Times.Count == 0 ? null : Times.Max();

    /// <summary>The last round trip, in milliseconds; null without answers.</summary>
    public double? Last => Times.Count == 0 ? null : Times[^1];

    /// <summary>The standard deviation of the round trips (of the sample, as mtr computes it), in milliseconds; null without answers.</summary>
    public double? Deviation => Times.Count == 0 ? null : Times.Count == 1 ? 0 : Math.Sqrt(Times.Sum(t => (t - Mean!.Value) * (t - Mean!.Value)) / (Times.Count - 1));

    /// <summary>The MPLS labels that a router quoted (RFC 4950); empty where it quoted none, or the host does not tell.</summary>
    public IReadOnlyList<MplsLabel> Labels { get; } =
        Answers.FirstOrDefault(static a => a.Error is { Extensions.IsEmpty: false })?.Error is { } error ? MplsLabel.Read(error.Extensions.Span) : [];

    /// <summary>How many routers an answer passed on its way back, guessed from its hop limit; null where unknown.</summary>
    public int? HopsBack => Answers.FirstOrDefault(static a => a.HopLimitLeft is not null)?.HopLimitLeft is { } left ? HopDistance.Estimate(left) + 1 : null;

    private IReadOnlyList<double> Times { get; } = [.. Answers.Select(static a => a.RoundTrip).OfType<TimeSpan>().Select(static t => t.TotalMilliseconds)];
}
