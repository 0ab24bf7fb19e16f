using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Internet;

/// <summary>
/// The causes between the first link and the target: someone says unreachable, someone forbids, packets go round, packets
/// vanish, the gateway does not forward.
/// </summary>
internal static class PathCauses
{
    /// <summary>Judges an ICMP error that ended an attempt.</summary>
    /// <returns>The finding, or null where the error does not speak of the path.</returns>
    public static Finding? JudgeError(Subject subject, NetworkError error, IcmpMeaning meaning, string what, PathAnalysis? analysis, IReadOnlyList<string> evidence)
    {
        var by = error.Reporter is { } reporter ? Name(reporter, subject) : "a router";
        switch (meaning)
        {
            case IcmpMeaning.Unreachable when IsItself(error, subject):
                return new Finding(Causes.PathUnreachable, Severity.Fail, Stage.Path,
                    $"{subject.Address} is there, and passes {what} on to another host, which it cannot reach ({error.Describe()}): a router that translates addresses, or a balancer.", evidence)
                {
                    Fix = $"Look at the port forwarding of {subject.Address}: the host that it names is off, or has another address.",
                };
            case IcmpMeaning.Unreachable:
                return new Finding(Causes.PathUnreachable, Severity.Fail, Stage.Path, $"{by} says that {subject.Words} cannot be reached ({error.Describe()}).", evidence)
                {
                    Fix = $"Mend the route or the last link at {error.Reporter?.ToString() ?? "that router"}; if it is the target's own network, the target is off or absent.",
                };
            case IcmpMeaning.Prohibited or IcmpMeaning.ProtocolUnreachable:
                return new Finding(Causes.PathFiltered, Severity.Fail, Stage.Path, $"{by} forbids {what}{(IsItself(error, subject) ? string.Empty : $" to {subject.Words}")} ({error.Describe()}).", evidence)
                {
                    Fix = $"Change the filter at {error.Reporter?.ToString() ?? "that router"}, or ask its operator.",
                };
            case IcmpMeaning.LocallyProhibited:
                return new Finding(Causes.RouteProhibited, Severity.Fail, Stage.Route, $"A rule of this machine forbids {what} to {subject.Words} ({error.Describe()}).", evidence)
                {
                    Fix = "Look at this machine's own firewall, and at its routing rules: nft list ruleset, ip rule.",
                };
            case IcmpMeaning.PortUnreachable:
                return new Finding(Causes.PathFiltered, Severity.Fail, Stage.Path,
                    $"{by} rejects {what} to {subject.Words} ({error.Describe()}): a firewall; a closed TCP port answers with RST.", evidence)
                {
                    Fix = $"Allow the port in the firewall at {error.Reporter?.ToString() ?? "the node that answered"}.",
                };
            case IcmpMeaning.HopLimitExceeded:
                return Loop(subject, analysis, evidence, turns: 2) ?? new Finding(Causes.PathLoop, Severity.Fail, Stage.Path,
                    $"Packets to {subject.Words} run out of hops ({error.Describe()}).", evidence)
                {
                    Confidence = Confidence.Likely,
                    Fix = "Look at the routes of the routers on the way: two of them point at each other.",
                    Alternatives = [new Alternative(Causes.PathUnreachable, $"Trace the path: traceroute -n {subject.Address}")],
                };
            default:
                return null;
        }
    }

    /// <summary>Judges silence.</summary>
    /// <param name="analysis">What was learned of the path.</param>
    /// <param name="neighborAnswered">The next hop answers on its link, as far as is known.</param>
    /// <param name="gatewayForwards">Something else was reached through the same gateway.</param>
    /// <returns>The finding, or null where the target is alive or the silence is not the path's.</returns>
    public static Finding? JudgeSilence(PathAnalysis analysis, bool neighborAnswered, bool gatewayForwards = false)
    {
        var subject = analysis.Subject;
        if (analysis.IsAlive) return null;
        if (Loop(subject, analysis, analysis.Evidence, turns: 3) is { } loop) return loop;
        if (Refusal(analysis) is { } refusal) return refusal;
        if (subject.IsOnLink || analysis.CouldNotProbe) return null; // there is no path, or nothing was learned of it

        if (analysis.Furthest?.LastAnswer is { Address: { } last, HopLimit: var hop })
        {
            return new Finding(Causes.PathSilent, Severity.Fail, Stage.Path,
                $"Packets to {subject.Words} stop after {last} (hop {hop}): nothing answers beyond it, and nobody says why.", analysis.Evidence)
            {
                Confidence = Confidence.Likely,
                Fix = $"Ask the operator of {last}: the next link, router or filter drops the packets, or the target is off.",
                Alternatives = [new Alternative(Causes.TcpFiltered, $"Look at the target itself, or check from its own network: a firewall on {subject.Address} that drops everything looks the same.")],
            };
        }

        if (!neighborAnswered) return null;
        if (subject.Route?.Gateway is not { } gateway)
        {
            return new Finding(Causes.PathSilent, Severity.Fail, Stage.Path, $"Nothing comes back for packets to {subject.Words}, not from any hop, and nobody says why.", analysis.Evidence)
            {
                Confidence = Confidence.Possible,
                Fix = "Check the tunnel: its peer may be gone, or its keys may have changed.",
                Alternatives = [new Alternative(Causes.TcpFiltered, "Check another target through the same tunnel: if it works, this target or its firewall is silent.")],
            };
        }

        if (gatewayForwards)
        {
            return new Finding(Causes.PathSilent, Severity.Fail, Stage.Path,
                $"The gateway {gateway} forwards other packets (the resolver answers through it); those to {subject.Words} vanish at it or right behind it, and nobody says why.", analysis.Evidence)
            {
                Confidence = Confidence.Likely,
                Fix = $"Look at the routes and the filter of {gateway} for {subject.Words}.",
                Alternatives = [new Alternative(Causes.TcpFiltered, $"Look at the target itself, or check from its own network: a firewall on {subject.Address} that drops everything looks the same.")],
            };
        }

        return analysis.GatewayAnswers == true
            ? new Finding(Causes.RouteWrongGateway, Severity.Fail, Stage.Route,
                $"The gateway {gateway} answers for itself and forwards nothing: not even packets whose hops run out at it are reported.", analysis.Evidence)
            {
                Confidence = Confidence.Likely,
                Fix = $"Point the route at the real router: ip route replace {(subject.Route.Prefix is { IsDefault: false } p ? p.ToString() : "default")} via ROUTER",
                Alternatives = [new Alternative(Causes.PathSilent, $"Look at {gateway}: if it is the router, it drops packets without a word (forwarding off, or a filter).")],
            }
            : new Finding(Causes.PathSilent, Severity.Fail, Stage.Path,
                $"The gateway {gateway} is known on the link; nothing comes back through it, and nobody says why.", analysis.Evidence)
            {
                Confidence = Confidence.Possible,
                Fix = $"Check the router {gateway} and what is behind it.",
                Alternatives =
                [
                    new Alternative(Causes.NeighborUnanswered, $"Check as root, or ask it: arping {gateway}. This machine may remember a gateway that is gone."),
                    new Alternative(Causes.RouteWrongGateway, $"Check that {gateway} is a router: ip route; compare with another machine of this network."),
                    new Alternative(Causes.TcpFiltered, "Check another target: if it works, this target or its firewall is silent."),
                ],
            };
    }

    private static Finding? Refusal(PathAnalysis analysis)
    {
        var hop = analysis.Walks.Select(static w => w.Refusal).FirstOrDefault(static r => r is not null);
        if (hop?.Error is not { } error) return null;
        var finding = JudgeError(analysis.Subject, error, hop.Meaning, "packets", analysis, analysis.Evidence);
        return finding is null ? null : finding with
        {
            Confidence = Confidence.Likely,
            Alternatives = [new Alternative(Causes.TcpFiltered, "The answer came to a probe, not to the connection itself: check again.")],
        };
    }

    // Where the traffic itself ran out of hops, a router that shows twice is enough. Without that, equal-cost paths of unequal length show
    // one router twice as well: it takes a third time.
    private static Finding? Loop(Subject subject, PathAnalysis? analysis, IReadOnlyList<string> evidence, int turns)
    {
        var loop = analysis?.Walks.Select(w => w.FindLoop(turns)).FirstOrDefault(static l => l.Count > 0);
        return loop is null ? null : new Finding(Causes.PathLoop, Severity.Fail, Stage.Path,
            $"Packets to {subject.Words} go round between {string.Join(" and ", loop)} until their hops run out.", [.. evidence, .. analysis!.Evidence.Except(evidence)])
        {
            Fix = $"Mend the routes at {string.Join(" and ", loop)}: each sends the packets to the other.",
        };
    }

    private static bool IsItself(NetworkError error, Subject subject) => error.Reporter?.WithZone(0) == subject.Address.WithZone(0);

    private static string Name(IpAddress reporter, Subject subject)
        => reporter.WithZone(0) == subject.Address.WithZone(0) ? $"The target {reporter} itself"
            : reporter == subject.Route?.Gateway ? $"The gateway {reporter}" : $"The router {reporter}";
}
