using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Link;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes;
using Fathom.Probes.Link;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <content>The stages on this side of the first router: interface, address, route, neighbor.</content>
internal sealed partial class CheckWalk
{
    // Linux asks three times, a second apart, before it gives a neighbor up; what was known before it first trusts for five seconds.
    private static readonly TimeSpan NeighborWait = TimeSpan.FromSeconds(3.6);
    private static readonly TimeSpan StaleNeighborWait = TimeSpan.FromSeconds(9);

    // A link that loses half of all frames leaves three questions without an answer in two of five times, and ten more in one of twenty.
    private const int MoreQuestions = 10;
    private static readonly TimeSpan QuestionWait = TimeSpan.FromMilliseconds(150);

    // On one link answers take milliseconds; a sleeping machine half a second.
    private static readonly TimeSpan TwinWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Judges and reports interface, address and route for a subject.</summary>
    /// <returns>True if packets can leave.</returns>
    private bool ReportNearSide(Subject subject, bool proven = false)
    {
        // An open connection proves more than tables that were read before it.
        var finding = proven ? null : NearSideCauses.Judge(_interfaces, subject, _context.Evidence);
        if (_interfaces.Refusal is { } refusal)
        {
            _board.Unknown(Stage.Interface, refusal.Reason);
            _board.Unknown(Stage.Address, refusal.Reason);
        }

        var route = subject.Route;
        var link = _interfaces.Find(route?.InterfaceIndex);
        Report(Stage.Interface, finding, () => link is null ? InterfaceSummary() : $"{link.Name} is up{(link.Mtu is { } mtu ? $", MTU {mtu}" : string.Empty)}", InterfaceFacts(link));
        if (finding?.Stage == Stage.Interface) return false;
        Report(Stage.Address, finding, () => AddressSummary(subject, link), AddressFacts(subject, link));
        if (finding?.Stage == Stage.Address) return false;
        if (route is null)
        {
            _board.Unknown(Stage.Route, subject.Refusal?.Reason ?? "the host does not tell");
            return true;
        }

        Report(Stage.Route, finding, () => RouteSummary(route), RouteFacts(route));
        if (finding?.Stage == Stage.Neighbor) Report(Stage.Neighbor, finding, static () => string.Empty, []);
        return finding is null;
    }

    private void Report(Stage stage, Finding? finding, Func<string> summary, IReadOnlyList<Fact> facts)
    {
        // Read off the kernel's tables, all three at once: there is no time of their own to show.
        var own = finding is not null && finding.Stage == stage;
        _board.End(stage, own ? StageStatus.Fail : StageStatus.Pass, own ? string.Empty : summary(), facts, own ? [finding!] : []);
    }

    /// <summary>Reports the neighbor stage from what the kernel knows after packets passed: nothing is waited for.</summary>
    private async Task ReportLivingNeighborAsync(Subject subject, CancellationToken cancellation)
    {
        if (NoNeighborNeeded(subject) is { } reason)
        {
            _board.Skip(Stage.Neighbor, reason);
            return;
        }

        _board.Start(Stage.Neighbor);
        var outcome = await NeighborProbe.ReadAsync(_context, subject.Route!.InterfaceIndex!.Value, subject.Route.NextHop, cancellation);
        ReportNeighbor(outcome, [], proven: true);
    }

    /// <summary>Makes the host resolve the next hop, waits for the result and judges it.</summary>
    /// <returns>True if the next hop answers, or needs no resolution; false if it does not; null if that could not be measured.</returns>
    private async Task<bool?> ExamineNeighborAsync(Subject subject, CancellationToken cancellation)
    {
        if (NoNeighborNeeded(subject) is { } reason)
        {
            _board.Skip(Stage.Neighbor, reason);
            return true;
        }

        _board.Start(Stage.Neighbor);
        var (index, nextHop) = (subject.Route!.InterfaceIndex!.Value, subject.Route.NextHop);
        var outcome = await NeighborProbe.RunAsync(_context, index, nextHop, NeighborWait, cancellation);
        if (outcome is NeighborOutcome.Unconfirmed) outcome = await NeighborProbe.RunAsync(_context, index, nextHop, StaleNeighborWait - NeighborWait, cancellation);
        var findings = new List<Finding>();
        if (outcome is NeighborOutcome.Unanswered && (await AskNeighborAgainAsync(subject, cancellation) ?? await JudgeNeighborAsync(subject, outcome, cancellation)) is { } finding) findings.Add(finding);
        if (outcome is NeighborOutcome.Answered or NeighborOutcome.Unconfirmed)
        {
            if (await ExamineTwinAsync(subject, cancellation) is { } twin)
            {
                findings.Add(twin);
            }
            else if (await ExamineRememberedAsync(subject, outcome, cancellation) is { } gone)
            {
                outcome = gone;
                findings.Add(NeighborCauses.Misdirected(gone) ?? (await JudgeNeighborAsync(subject, gone, cancellation))!);
            }
        }

        ReportNeighbor(outcome, findings, proven: false);
        return outcome switch
        {
            NeighborOutcome.Unanswered => false,
            NeighborOutcome.Answered or NeighborOutcome.Unconfirmed or NeighborOutcome.NotNeeded => true,
            _ => null,
        };
    }

    /// <summary>Silence to three questions is what a link that loses frames does, too: asks a few times more, with frames, where these may be sent and seen.</summary>
    /// <returns>The loss, where an answer comes; else null.</returns>
    private async Task<Finding?> AskNeighborAgainAsync(Subject subject, CancellationToken cancellation)
    {
        if (await AskOftenAsync(subject, cancellation) is not WhoHasOutcome.Answered) return null;
        var nextHop = subject.Route!.NextHop;
        return NeighborCauses.Loss(nextHop, TwinCause.ClaimEvidence(_context.Packets, nextHop, _interfaces.OwnHardwareAddresses));
    }

    /// <summary>
    /// A table may remember a neighbor for half a minute after it is gone (RFC 4861 §10), and for ever what was entered by hand: where nothing was heard of it during this check, asks on the
    /// link, with frames, where these may be sent and seen.
    /// </summary>
    /// <returns>That it does not answer, or from another hardware address than the table's for good; null where it answers or cannot be asked.</returns>
    private async Task<NeighborOutcome.Unanswered?> ExamineRememberedAsync(Subject subject, NeighborOutcome outcome, CancellationToken cancellation)
    {
        var entry = (outcome as NeighborOutcome.Answered)?.Entry ?? ((NeighborOutcome.Unconfirmed)outcome).Entry;
        var nextHop = subject.Route!.NextHop;
        if (TwinCause.ClaimsOf(_context.Packets, nextHop.WithZone(0), _interfaces.OwnHardwareAddresses).Count == 0 && await AskOftenAsync(subject, cancellation) is WhoHasOutcome.Unanswered)
        {
            var said = _context.Evidence.AddKernel($"neighbor {nextHop} is {entry.HardwareAddress} ({entry.State.ToString().ToUpperInvariant()}): an old entry");
            return new NeighborOutcome.Unanswered(nextHop) { Evidence = [said, .. _context.Packets.FindResolution(nextHop)] };
        }

        if (entry.State != NeighborState.Permanent) return null;
        var claims = TwinCause.ClaimsOf(_context.Packets, nextHop.WithZone(0), _interfaces.OwnHardwareAddresses);
        if (claims is not [var claim] || claim.Mac == entry.HardwareAddress) return null;
        var table = _context.Evidence.AddKernel($"neighbor {nextHop} is {entry.HardwareAddress} ({entry.State.ToString().ToUpperInvariant()})");
        return new NeighborOutcome.Unanswered(nextHop) { Evidence = [table, _context.Packets.Name(claim.Packet)], Entered = entry.HardwareAddress, AnsweredFrom = claim.Mac };
    }

    /// <summary>Where something failed: does another machine have the next hop's address, or this host's? Asked on the link, with frames, where these may be sent and seen.</summary>
    private async Task<Finding?> ExamineTwinAsync(Subject subject, CancellationToken cancellation)
    {
        if (!_context.Packets.IsCapturing || subject.Route is not { Kind: RouteKind.Unicast, InterfaceIndex: { } index, NextHop: var nextHop, Source: var source }) return null;
        if (TwinCause.Judge(_context.Packets, nextHop, _interfaces.OwnHardwareAddresses, Severity.Fail) is { } seen) return seen;
        if (_interfaces.Find(index) is not { HardwareAddress: not null } link) return null;
        var none = IpAddress.Any(nextHop.Version);
        await AskLinkAsync(link, source?.WithZone(0) ?? none, nextHop, 1, TwinWait, cancellation);
        if (TwinCause.Judge(_context.Packets, nextHop, _interfaces.OwnHardwareAddresses, Severity.Fail) is { } theirs) return theirs;
        if (source is not { IsV4: true } own) return null;
        _context.Packets.Watch(own);
        await AskLinkAsync(link, IpAddress.AnyV4, own, 1, TwinWait, cancellation);
        return TwinCause.JudgeOwn(_context.Packets, own, _interfaces.OwnHardwareAddresses, Severity.Fail);
    }

    // What comes is read off this check's own capture, and what a finding names of it is evidence here; the probe's own goes nowhere.
    private Task<WhoHasOutcome> AskLinkAsync(HostInterface link, IpAddress source, IpAddress target, int questions, TimeSpan wait, CancellationToken cancellation)
        => WhoHasProbe.RunAsync(ProbeContext.WithoutCapture(_context.Host), link, source, target, questions, wait, cancellation);

    // Asks for the next hop so often that a link that loses frames answers, too; null where frames cannot be sent and seen.
    private async Task<WhoHasOutcome?> AskOftenAsync(Subject subject, CancellationToken cancellation)
    {
        if (!_context.Packets.IsCapturing || subject.Route is not { InterfaceIndex: { } index, NextHop: var nextHop, Source: var source } || _interfaces.Find(index) is not { HardwareAddress: not null } link) return null;
        return await AskLinkAsync(link, source?.WithZone(0) ?? IpAddress.Any(nextHop.Version), nextHop, MoreQuestions, QuestionWait, cancellation);
    }

    /// <summary>Beside a check that gets through: what was captured of the next hops' answers. Nothing is sent or waited for.</summary>
    private void JudgeTwins(IReadOnlyList<Task<Attempt>> attempts)
    {
        if (!_context.Packets.IsCapturing || _isFollowUp) return;
        foreach (var hop in attempts.Where(static a => a.IsCompletedSuccessfully).Select(static a => a.Result.Subject.Route).Where(static r => r is { Kind: RouteKind.Unicast }).Select(static r => r!.NextHop).Distinct().ToList())
        {
            if (TwinCause.Judge(_context.Packets, hop, _interfaces.OwnHardwareAddresses, Severity.Warn) is not { } twin) continue;
            _board.Add(twin);
            _board.Explain(hop.IsV4 ? Causes.PathIpv4Broken : Causes.PathIpv6Broken, twin.Cause);
            _board.Explain(Causes.DnsServerDegraded, twin.Cause);
        }
    }

    /// <summary>Where one version of IP does not work: is another machine at the address of its next hop?</summary>
    private async Task ExamineBrokenFamilyAsync(IReadOnlyList<Task<Attempt>> attempts, CancellationToken cancellation)
    {
        foreach (var (cause, version) in new[] { (Causes.PathIpv4Broken, IpVersion.V4), (Causes.PathIpv6Broken, IpVersion.V6) })
        {
            if (!_board.Findings.Any(f => f.Cause == cause && f.Follows is null)) continue;
            if (attempts.Where(static a => a.IsCompletedSuccessfully).Select(static a => a.Result.Subject).FirstOrDefault(s => s.Address.Version == version) is not { } subject) continue;
            if (await ExamineTwinAsync(subject, cancellation) is not { } twin) continue;
            _board.Add(twin with { Severity = Severity.Warn });
            _board.Explain(cause, twin.Cause);
            _board.Explain(Causes.DnsServerDegraded, twin.Cause);
        }
    }

    private async Task<Finding?> JudgeNeighborAsync(Subject subject, NeighborOutcome outcome, CancellationToken cancellation)
    {
        var neighbors = (await _context.Host.GetNeighborsAsync(cancellation)).Value ?? [];
        var gateway = await FindLinkGatewayAsync(subject, cancellation);
        bool? through = null;
        IReadOnlyList<string> evidence = [];
        if (gateway is { } g && subject.Route is { Gateway: null })
            (through, evidence) = await FrameThroughGateway.TryAsync(_context, _interfaces.Find(subject.Route.InterfaceIndex), subject, g, cancellation);
        return NeighborCauses.Judge(subject, outcome, _interfaces, neighbors, gateway, through, evidence);
    }

    // The gateway of the default route on the same interface: where packets to far hosts go.
    private async Task<IpAddress?> FindLinkGatewayAsync(Subject subject, CancellationToken cancellation)
    {
        var routes = (await _context.Host.GetRoutesAsync(cancellation)).Value ?? [];
        return routes.Where(r => r.Kind == RouteKind.Unicast && r.Gateway is not null && r.InterfaceIndex == subject.Route?.InterfaceIndex
            && r.Destination.Address.Version == subject.Address.Version).OrderBy(static r => r.Destination.Length).ThenBy(static r => r.Metric).FirstOrDefault()?.Gateway;
    }

    private void ReportNeighbor(NeighborOutcome outcome, IReadOnlyList<Finding> findings, bool proven)
    {
        var facts = new List<Fact> { new("nextHop", outcome.Address.ToString()) };
        var entry = (outcome as NeighborOutcome.Answered)?.Entry ?? (outcome as NeighborOutcome.Unconfirmed)?.Entry;
        if (entry is not null)
        {
            facts.Add(new Fact("state", entry.State.ToString().ToLowerInvariant()));
            if (entry.HardwareAddress is { } mac) facts.Add(new Fact("hardwareAddress", mac.ToString()));
        }

        switch (outcome)
        {
            case NeighborOutcome.Answered or NeighborOutcome.Unconfirmed:
                _board.End(Stage.Neighbor, StageStatus.Pass, $"{outcome.Address.WithZone(0)} is at {entry!.HardwareAddress}", facts, findings);
                break;
            case NeighborOutcome.Unanswered when !proven:
                _board.End(Stage.Neighbor, StageStatus.Fail, $"{outcome.Address} does not answer on its link", facts, findings);
                break;
            case NeighborOutcome.NotMeasured refused:
                _board.Unknown(Stage.Neighbor, refused.Refusal.Reason);
                break;
            case NeighborOutcome.NotNeeded:
                _board.Skip(Stage.Neighbor, "not needed: the link has no neighbors to resolve");
                break;
            default:
                _board.End(Stage.Neighbor, proven ? StageStatus.Pass : StageStatus.Unknown,
                    proven ? $"{outcome.Address} passes packets on" : $"{outcome.Address} was not resolved in time", facts, findings);
                break;
        }
    }

    private string? NoNeighborNeeded(Subject subject) => subject.Route switch
    {
        null => "not needed: the host does not tell its routes",
        { Kind: RouteKind.Local } => "not needed: the target is this host",
        { InterfaceIndex: null } => "not needed: no interface",
        { InterfaceIndex: { } index } when _interfaces.Find(index) is { Kind: InterfaceKind.Loopback or InterfaceKind.Tunnel } link => $"not needed: {link.Name} has no neighbors to resolve",
        _ => null,
    };

    private string InterfaceSummary()
    {
        var up = _interfaces.Outside.Where(static i => i.IsUsable).Select(static i => i.Name).ToArray();
        return up.Length == 0 ? "only loopback is up" : $"{string.Join(", ", up)} {(up.Length == 1 ? "is" : "are")} up";
    }

    private static string AddressSummary(Subject subject, HostInterface? link)
    {
        var source = subject.Route?.Source;
        var length = link?.Addresses.FirstOrDefault(a => a.Address.WithZone(0) == source?.WithZone(0))?.PrefixLength;
        return source is null ? "an address is there" : length is null ? $"{source}" : $"{source}/{length}";
    }

    private string RouteSummary(RouteDecision route) => route switch
    {
        { Kind: RouteKind.Local } => "the target is this host",
        { Gateway: { } gateway } => $"via {gateway.WithZone(0)} dev {LinkName(route.InterfaceIndex)}",
        _ => $"on-link, dev {LinkName(route.InterfaceIndex)}",
    };

    private static List<Fact> InterfaceFacts(HostInterface? link)
    {
        var facts = new List<Fact>();
        if (link is null) return facts;
        facts.Add(new Fact("name", link.Name));
        if (link.HardwareAddress is { } mac) facts.Add(new Fact("hardwareAddress", mac.ToString()));
        if (link.Mtu is { } mtu) facts.Add(new Fact("mtu", mtu));
        return facts;
    }

    private static List<Fact> AddressFacts(Subject subject, HostInterface? link)
    {
        var facts = new List<Fact>();
        if (subject.Route?.Source is { } source) facts.Add(new Fact("source", source.ToString()));
        if (link is not null) facts.Add(new Fact("addresses", link.Addresses.Select(static a => $"{a.Address.WithZone(0)}/{a.PrefixLength}").ToArray()));
        return facts;
    }

    private List<Fact> RouteFacts(RouteDecision route)
    {
        var facts = new List<Fact> { new("destination", route.Destination.ToString()) };
        if (route.Prefix is { } prefix) facts.Add(new Fact("prefix", prefix.ToString()));
        if (route.Gateway is { } gateway) facts.Add(new Fact("gateway", gateway.ToString()));
        if (route.InterfaceIndex is not null) facts.Add(new Fact("interface", LinkName(route.InterfaceIndex)));
        return facts;
    }
}
