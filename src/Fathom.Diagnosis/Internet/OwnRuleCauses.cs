using Fathom.Diagnosis.Link;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Internet;

/// <summary>
/// What this machine's own rules (firewall, traffic control, reverse path filter) do to a connection. A capture sits below them: what was sent and is not
/// in it did not leave, and what is in it and was not heard was not let in. Without a capture only the kernel's own word tells.
/// </summary>
internal static class OwnRuleCauses
{
    // A host that asks for a neighbor and gives up takes this long at the least; its own firewall, which is told in the same words in IPv4, refuses at once.
    internal static readonly TimeSpan NeighborPatience = TimeSpan.FromSeconds(1);

    /// <summary>Judges one failed attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="analysis">The path's analysis, where one was made.</param>
    /// <param name="neighborAnswered">The next hop answered on its link: nothing waits for its hardware address.</param>
    /// <param name="interfaces">This host's interfaces.</param>
    /// <param name="packets">What was captured.</param>
    /// <returns>The finding; null where this machine is not seen to be the cause.</returns>
    public static Finding? Judge(Attempt attempt, PathAnalysis? analysis, bool neighborAnswered, InterfaceObservation interfaces, PacketRecorder packets)
    {
        if (attempt is not { Outcome: { Result.Local: { } local } outcome, Subject.Route.Kind: RouteKind.Unicast }) return null;
        var flow = packets.Read(p => p.IsOfFlow((int)IpProtocol.Tcp, local, outcome.Remote) && p.Facts.HasPorts);
        var syns = flow.Where(static p => IsSyn(p) && p.Frame.Direction == FrameDirection.Sent).ToList();
        var noneLeft = packets.IsCapturing && syns.Count == 0;
        var own = interfaces.OwnAddresses;
        switch (outcome.Result)
        {
            case ConnectResult.Reset when noneLeft && flow.Any(IsReset) && flow.All(p => interfaces.Find(p.Frame.InterfaceIndex) is { Kind: InterfaceKind.Loopback }):
                return Forbids(attempt, "the RST came from this machine itself, and no SYN left it", [.. outcome.Evidence, .. flow.Where(IsReset).Take(1).Select(packets.Name)]);
            case ConnectResult.Unreachable { Error: var error } when neighborAnswered && outcome.Duration < NeighborPatience && error.GetMeaning(own) == IcmpMeaning.NeighborUnresolved:
                var refused = Forbids(attempt, $"it was refused at once ({error.Describe()}), and {attempt.Subject.Route!.NextHop.WithZone(0)} answers on its link", outcome.Evidence);
                return noneLeft ? refused
                    : refused with { Confidence = Confidence.Likely, Alternatives = [new Alternative(Causes.NeighborUnanswered, "Check again: a next hop that is slow to answer is reported in the same words.")] };
            case ConnectResult.TimedOut when neighborAnswered && noneLeft && LeftBeside(attempt, analysis, packets, own) is { } beside:
                return Forbids(attempt, "several were sent, and the capture has none that left it", [.. outcome.Evidence, .. beside]);
            case ConnectResult.TimedOut when IgnoredAnswers(flow, syns) is { Count: > 0 } ignored:
                return OfIgnored(attempt, ignored, interfaces, packets);
            case ConnectResult.TimedOut when syns.Count == 0 && analysis is { IsAlive: false } && analysis.Walks.All(static w => w.LastAnswer is null) && analysis.Reach.Answer is null && IsForbidden(analysis, own):
                return Forbids(attempt, "what was sent to look for the way was not permitted", [.. outcome.Evidence, .. analysis.Reach.Evidence, .. analysis.Evidence.Except(analysis.Reach.Evidence)]) with
                {
                    Confidence = Confidence.Likely,
                    Alternatives = [new Alternative(Causes.PathSilent, "Check as root: a capture tells whether the SYNs leave this machine.")],
                };
            default:
                return null;
        }
    }

    private static Finding Forbids(Attempt attempt, string how, IReadOnlyList<string> evidence) => new(Causes.RouteProhibited, Severity.Fail, Stage.Route,
        $"A rule of this machine forbids TCP port {attempt.Outcome!.Remote.Port} to {attempt.Subject.Words}: {how}.", evidence)
    {
        Fix = "Look at this machine's own firewall, and at its routing rules: nft list ruleset, ip rule.",
    };

    private static Finding OfIgnored(Attempt attempt, IReadOnlyList<RecordedPacket> ignored, InterfaceObservation interfaces, PacketRecorder packets)
    {
        var remote = attempt.Outcome!.Remote;
        var elsewhere = ignored[0].Frame.InterfaceIndex != attempt.Subject.Route!.InterfaceIndex ? interfaces.Find(ignored[0].Frame.InterfaceIndex)?.Name : null;
        var finding = new Finding(Causes.RouteProhibited, Severity.Fail, Stage.Route,
            $"{remote.Address} answers on port {remote.Port} (SYN-ACK), and this machine does not let the answer in{(elsewhere is null ? ": its own firewall drops it" : $": it comes in on {elsewhere}, another interface than the route's")}.",
            [.. attempt.Outcome.Evidence, .. ignored.Take(2).Select(packets.Name)])
        {
            Fix = elsewhere is null
                ? "Look at this machine's own firewall: nft list ruleset."
                : $"Let both ways use one interface, or set net.ipv4.conf.{elsewhere}.rp_filter to 2 (RFC 3704 §2.4); look at this machine's own firewall, too.",
        };

        // One answer may have been damaged on its way; two at two times were not.
        return ignored.Count > 1 ? finding : finding with
        {
            Confidence = Confidence.Likely,
            Alternatives = [new Alternative(Causes.PathLoss, "Check again: a single answer may have been damaged on its way, and was dropped for its checksum.")],
        };
    }

    // An answer after which the kernel asked once more was not heard. One that came after the last SYN may have been too late for anybody.
    private static List<RecordedPacket> IgnoredAnswers(IReadOnlyList<RecordedPacket> flow, List<RecordedPacket> syns)
        => syns.Count == 0 ? [] : [.. flow.Where(p => p.Frame.Direction != FrameDirection.Sent && (p.Facts.TcpFlags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack)
            && p.Facts.TcpAcknowledgment == syns[0].Facts.TcpSequence + 1 && p.Frame.WallTime < syns[^1].Frame.WallTime)];

    // That the capture sees what leaves is shown by something else that left, or needs no showing where the kernel says that it may not.
    private static IReadOnlyList<string>? LeftBeside(Attempt attempt, PathAnalysis? analysis, PacketRecorder packets, IReadOnlyCollection<IpAddress> own)
    {
        var plain = attempt.Address.WithZone(0);
        var left = packets.Find(p => p.Frame.Direction == FrameDirection.Sent && p.Facts.IsIp && p.Facts.Destination == plain, 2);
        if (left.Count > 0) return left;
        return analysis is not null && IsForbidden(analysis, own) ? [.. analysis.Reach.Evidence, .. analysis.Evidence.Except(analysis.Reach.Evidence)] : null;
    }

    private static bool IsForbidden(PathAnalysis analysis, IReadOnlyCollection<IpAddress> own)
        => analysis.Reach.Echoes.OfType<EchoOutcome.Failed>().Any(e => e.Error.GetMeaning(own) == IcmpMeaning.LocallyProhibited)
            || analysis.Walks.SelectMany(static w => w.Hops).Any(static h => h.Meaning == IcmpMeaning.LocallyProhibited);

    private static bool IsSyn(RecordedPacket packet) => (packet.Facts.TcpFlags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;

    private static bool IsReset(RecordedPacket packet) => packet.Facts.TcpFlags.HasFlag(TcpFlags.Rst);
}
