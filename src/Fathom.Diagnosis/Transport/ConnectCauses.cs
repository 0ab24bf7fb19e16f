using Fathom.Diagnosis.Internet;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Transport;

/// <summary>The causes of a connection that was not opened and that lie with the port: refused, or unanswered by a living host.</summary>
internal static class ConnectCauses
{
    /// <summary>Judges one failed attempt by what is known of its path.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="analysis">The path's analysis, where one was made.</param>
    /// <param name="neighborAnswered">The next hop answered on its link.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="gatewayForwards">Something else was reached through the same gateway.</param>
    /// <param name="neighborHeard">The next hop was heard during this check: a packet says so, not only a table.</param>
    public static Finding? Judge(Attempt attempt, PathAnalysis? analysis, bool neighborAnswered, IReadOnlyCollection<IpAddress> own, bool gatewayForwards = false, bool neighborHeard = true)
    {
        if (attempt.Outcome is not { } outcome) return null;
        var remote = outcome.Remote;
        switch (outcome.Result)
        {
            case ConnectResult.Reset:
                return new Finding(Causes.TcpRefused, Severity.Fail, Stage.Connect,
                    $"Nothing listens on {remote.Address} port {remote.Port}: the host answers, and refused the connection (RST).", outcome.Evidence)
                {
                    Fix = "Start the service, or bind it to this address instead of 127.0.0.1; check the port.",
                };
            case ConnectResult.Unreachable unreachable:
                return PathCauses.JudgeError(attempt.Subject, unreachable.Error, unreachable.Error.GetMeaning(own), $"TCP port {remote.Port}", analysis, outcome.Evidence);
            case ConnectResult.TimedOut:
                return OfSilence(attempt, analysis, neighborAnswered, own, gatewayForwards, neighborHeard);
            default:
                return null;
        }
    }

    private static Finding? OfSilence(Attempt attempt, PathAnalysis? analysis, bool neighborAnswered, IReadOnlyCollection<IpAddress> own, bool gatewayForwards, bool neighborHeard)
    {
        var outcome = attempt.Outcome!;
        if (outcome.Result.Errors is [var error, ..] && error.GetMeaning(own) is not IcmpMeaning.Other and var meaning
            && PathCauses.JudgeError(attempt.Subject, error, meaning, $"TCP port {outcome.Remote.Port}", analysis, outcome.Evidence) is { } said) return said;
        if (analysis is null) return null;
        var walked = analysis.Walks.FirstOrDefault(static w => w.Method.StartsWith("TCP", StringComparison.Ordinal));
        if (walked is { Reached: true }) return AnsweredLater(attempt, analysis);
        if (analysis.IsAlive || (neighborAnswered && attempt.Subject.IsOnLink))
        {
            var how = analysis.Reach.IsAlive ? "answers echo requests" : analysis.IsAlive ? "answers other packets"
                : attempt.Subject.Route?.Kind == RouteKind.Local ? "is this machine itself" : neighborHeard ? "answers on the link" : "is known on the link";

            // Where echo requests are lost, SYNs may have been, too.
            var isRemembered = !analysis.IsAlive && !neighborHeard && attempt.Subject.Route?.Kind != RouteKind.Local;
            var isLossy = analysis.Reach is { IsAlive: true } reach && reach.Echoes.OfType<EchoOutcome.TimedOut>().Any();
            var syn = walked?.LastAnswer;
            var where = syn?.Address is { } last ? $" SYNs get at least as far as {last}." : string.Empty;
            return new Finding(Causes.TcpFiltered, Severity.Fail, Stage.Connect,
                $"{outcome.Remote.Address} {how}, and gives no answer to SYNs for port {outcome.Remote.Port}: a firewall drops them.{where}",
                [.. outcome.Evidence, .. analysis.Reach.Evidence, .. analysis.Evidence.Except(analysis.Reach.Evidence)])
            {
                Confidence = isLossy || isRemembered ? Confidence.Likely : Confidence.Certain,
                Fix = $"Allow TCP port {outcome.Remote.Port} in the firewall of {outcome.Remote.Address} or of its network. A service that no longer accepts connections drops SYNs, too, once its queue is full.",
                Alternatives = isLossy ? [new Alternative(Causes.PathLoss, "Some echo requests were lost: check again, and ping the host a hundred times.")]
                    : isRemembered ? [new Alternative(Causes.NeighborHostAbsent, $"Check as root, or ask it: arping {outcome.Remote.Address}. This machine may remember a host that is gone.")] : [],
            };
        }

        return PathCauses.JudgeSilence(analysis, neighborAnswered, gatewayForwards) is { } path
            ? path with { Evidence = [.. outcome.Evidence, .. path.Evidence] }
            : null;
    }

    // The connection got no answer, and a later probe to the same port did: it is not a filter that lets one SYN pass and not another.
    private static Finding AnsweredLater(Attempt attempt, PathAnalysis analysis) => new(Causes.PathLoss, Severity.Fail, Stage.Path,
        $"{attempt.Outcome!.Remote} gave no answer to several SYNs, and answered a later one.", [.. attempt.Outcome.Evidence, .. analysis.Evidence])
    {
        Confidence = Confidence.Likely,
        Fix = "Check again; look for a link that loses packets, or a server that is overloaded.",
        Alternatives = [new Alternative(Causes.TcpFiltered, "Connect several times: a firewall that limits the rate lets the first few through.")],
    };
}
