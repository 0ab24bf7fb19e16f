using Fathom.Diagnosis.Application.Dns;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Internet;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <content>What happens where the name has no address.</content>
internal sealed partial class CheckWalk
{
    // RFC 5737: an address that is nobody's, to ask the routing table how it treats far hosts. Nothing is sent to it.
    private static readonly IpAddress AnyFarAddress = IpAddress.Parse("198.51.100.1");

    // RFC 3849: the same for IPv6, in a corner of the prefix that no example is in.
    private static readonly IpAddress AnyFarAddressV6 = IpAddress.Parse("2001:db8:ffff:ffff:ffff::1");

    // Its host has answered already: what is to come comes soon.
    private static readonly DnsQueryOptions OnceMore = new() { Schedule = [TimeSpan.Zero, TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(900)], Timeout = TimeSpan.FromSeconds(1.5) };

    private static readonly TimeSpan QuietWait = TimeSpan.FromSeconds(1);

    private async Task NameFailedAsync(NameObservation name, CancellationToken cancellation)
    {
        if (name.Answers.Count > 0 && name.Answers.SelectMany(static a => a.Outcomes).All(static o => o is DnsExchangeOutcome.NotAsked))
        {
            _unknown = name.Answers.SelectMany(static a => a.Outcomes).OfType<DnsExchangeOutcome.NotAsked>().First().Refusal.Reason;
            _board.Unknown(Stage.Dns, _unknown);
            return;
        }

        // A resolver on this host answers, too, when it cannot ask anybody: then this side is looked at first.
        if (!name.AllServersSilent && !name.Answers.Any(static a => a.IsDefinite) && await IsLocalAsync(name, cancellation) && !await CanLeaveAsync(cancellation))
        {
            EndDns(name, [.. Judged(name).Select(f => f with { Follows = _board.Findings.First(static g => g.Severity == Severity.Fail).Cause })]);
            return;
        }

        if (!name.AllServersSilent && name.Answers.Count > 0)
        {
            // Somebody answered: the way to the resolver is in order, and the answer is the cause.
            await ReportWayToResolverAsync(name, cancellation);
            EndDns(name, Judged(name));
            return;
        }

        var subject = await FindResolverSubjectAsync(name, cancellation);
        var resolverAlive = false;
        if (subject is null)
        {
            _board.End(Stage.Interface, StageStatus.Pass, InterfaceSummary(), [], []);
        }
        else if (!ReportNearSide(subject))
        {
            EndDns(name, Following(name));
            return;
        }
        else if (subject.Role == SubjectRole.Resolver)
        {
            var neighbor = await ExamineNeighborAsync(subject, cancellation);
            if (neighbor == false)
            {
                EndDns(name, _board.Findings.Any(static f => f.Severity == Severity.Fail) ? Following(name) : [.. DnsServerCauses.Judge(name, true)]);
                return;
            }

            var way = await ExamineWayToResolverAsync(name, subject, neighbor == true, cancellation);
            if (way is { IsAlive: true } && await AskOnceMoreAsync(name, cancellation) is { } loss)
            {
                _board.Add(loss);
                EndDns(name, Following(name));
                return;
            }

            resolverAlive = way is null || (way.IsAlive && await IsSteadyAsync(subject.Address, way, cancellation));
        }

        EndDns(name, _board.Findings.Any(static f => f.Severity == Severity.Fail) ? Following(name) : [.. DnsServerCauses.Judge(name, resolverAlive)]);
    }

    /// <summary>A server whose host answers may have been silent because the path was, for a few seconds: does it answer now?</summary>
    private async Task<Finding?> AskOnceMoreAsync(NameObservation name, CancellationToken cancellation)
    {
        if (name.Answers.SelectMany(static a => a.Outcomes).FirstOrDefault() is not DnsExchangeOutcome.TimedOut silent || !DnsName.TryParse(name.Name, out var asked, out _)) return null;
        var again = await DnsExchange.RunAsync(_context, silent.Server, new DnsQuestion(asked, _options.Version == IpVersion.V6 ? DnsType.Aaaa : DnsType.A), OnceMore, cancellation);
        return again is not DnsExchangeOutcome.Answered ? null
            : new Finding(Causes.PathLoss, Severity.Fail, Stage.Dns, $"{silent.Server.Address} gave no answer to {silent.Queries} queries, and answered a later one: packets to it, or its answers, are lost.", [.. silent.Evidence, .. again.Evidence])
            {
                Confidence = Confidence.Likely,
                Fix = "Check again; look for a link that loses packets for seconds at a time, or a server that is overloaded.",
                Alternatives = [new Alternative(Causes.DnsServerUnreachable, "Ask it a hundred times: a server that limits its answers to one client is silent for a while, and then not.")],
            };
    }

    // Silence is the server's for certain only where the path loses nothing that is sent beside.
    private async Task<bool> IsSteadyAsync(IpAddress server, PathAnalysis way, CancellationToken cancellation)
    {
        if (!way.Reach.IsAlive) return way.Walks.Any(static w => w.Reached && w.Hops.All(static h => h.Address is not null));
        await using var reaches = new ReachSet(_context);
        var reach = await reaches.GetAsync(server, cancellation);
        var echoes = await Task.WhenAll(Enumerable.Range(0, FewEchoes).Select(_ => reach.ProbeAsync(QuietWait, cancellation)));
        return echoes.All(static e => e is EchoOutcome.Answered or null);
    }

    private IReadOnlyList<Finding> Judged(NameObservation name)
    {
        var hasWord = name.Answers.Any(static a => a.IsDefinite) || !name.Answers.Any(static a => a.IsTcpBlocked);
        return hasWord && DnsAnswerCauses.Judge(name, _options.Version) is { } answered ? [answered] : [.. DnsServerCauses.Judge(name, true)];
    }

    private async Task<bool> IsLocalAsync(NameObservation name, CancellationToken cancellation)
    {
        foreach (var server in name.Answers)
        {
            if ((await FindWayAsync(server.Server.Address, SubjectRole.Resolver, cancellation)).Route is not { Kind: RouteKind.Local }) return false;
        }

        return true;
    }

    /// <summary>Can packets leave this host for other networks, and its link? Reports what it finds if not.</summary>
    private async Task<bool> CanLeaveAsync(CancellationToken cancellation)
    {
        if (await FindFarAsync(cancellation) is not { } far) return true;
        return ReportNearSide(far) && (await ExamineNeighborAsync(far, cancellation) != false || !_board.Findings.Any(static f => f.Severity == Severity.Fail));
    }

    /// <summary>Looks how far packets to a silent resolver get.</summary>
    /// <returns>What was learned; null where the resolver itself says that nobody listens.</returns>
    private async Task<PathAnalysis?> ExamineWayToResolverAsync(NameObservation name, Subject subject, bool neighborAnswered, CancellationToken cancellation)
    {
        // Port unreachable from the resolver itself: there is nothing to look for on the way.
        var errors = name.Answers.SelectMany(static a => a.Outcomes).OfType<DnsExchangeOutcome.Failed>().Select(static f => f.Error).ToArray();
        if (errors.Any(e => e.GetMeaning(_interfaces.OwnAddresses) == IcmpMeaning.PortUnreachable)) return null;

        _board.Start(Stage.Path);
        await using var reach = new ReachSet(_context);
        var analysis = await PathAnalyzer.RunAsync(_context, subject, null, await reach.GetAsync(subject.Address, cancellation), _interfaces.OwnAddresses, cancellation);
        var said = errors.Select(e => PathCauses.JudgeError(subject, e, e.GetMeaning(_interfaces.OwnAddresses), "DNS", analysis, [.. name.Answers.SelectMany(static a => a.Evidence)])).FirstOrDefault(static f => f is not null);
        var finding = said ?? PathCauses.JudgeSilence(analysis, neighborAnswered);

        var decides = finding is not null && ExplainsSilence(finding, analysis, errors);
        var summary = $"to the resolver {subject.Address}: {PathAnalyzer.Describe(analysis.Furthest ?? analysis.Walks[0])}";
        if (decides) _board.Add(finding!);
        _board.End(Stage.Path, decides ? StageStatus.Fail : StageStatus.Unknown, decides ? $"{summary} ({finding!.Cause})" : summary, PathReporting.Facts(analysis.Furthest), []);
        return analysis;
    }

    // An unanswered resolver is a dead one, unless the way to it is what is broken. That a router near it cannot reach the host,
    // or that packets stop near it, is what a dead resolver looks like; that the first network is not even left is the path's.
    private bool ExplainsSilence(Finding finding, PathAnalysis analysis, IReadOnlyList<NetworkError> errors) => finding.Cause switch
    {
        Causes.PathSilent => (analysis.Furthest?.LastAnswer?.HopLimit ?? 0) <= 1,
        Causes.PathUnreachable => errors.Any(e => e.GetMeaning(_interfaces.OwnAddresses) == IcmpMeaning.Unreachable && !IsHostUnreachable(e)),
        _ => finding.Cause == Causes.RouteWrongGateway || finding.Confidence == Confidence.Certain,
    };

    private static bool IsHostUnreachable(NetworkError error) => error.Origin switch
    {
        NetworkErrorOrigin.Icmp => error is { Type: 3, Code: 1 or 7 or 12 },
        NetworkErrorOrigin.Icmpv6 => error is { Type: 1, Code: 3 },
        _ => false,
    };

    // The failure of every resolver, as a consequence of what is wrong on this side.
    private List<Finding> Following(NameObservation name)
    {
        var root = _board.Findings.First(static f => f.Severity == Severity.Fail);
        return [.. DnsServerCauses.Judge(name, false).Select(f => f with { Follows = root.Cause })];
    }

    private async Task ReportWayToResolverAsync(NameObservation name, CancellationToken cancellation)
    {
        if (await FindResolverSubjectAsync(name, cancellation) is not { Role: SubjectRole.Resolver } subject || !ReportNearSide(subject)) return;
        await ReportLivingNeighborAsync(subject, cancellation);
    }

    /// <summary>The first resolver that is not this host; else any far address, to see what the near side is like.</summary>
    private async Task<Subject?> FindResolverSubjectAsync(NameObservation name, CancellationToken cancellation)
    {
        foreach (var server in name.Answers.Select(static a => a.Server.Address))
        {
            var subject = await FindWayAsync(server, SubjectRole.Resolver, cancellation);
            if (subject.Route is not { Kind: RouteKind.Local } || IsServerTheTarget) return subject;
        }

        if (!name.AllServersSilent && name.Answers.Count > 0) return null;
        return await FindFarAsync(cancellation);
    }

    /// <summary>The way to any far host; null where IPv4 has none, which says nothing of a host that has one by IPv6.</summary>
    private async Task<Subject?> FindFarAsync(CancellationToken cancellation)
    {
        var far = await FindWayAsync(AnyFarAddress, SubjectRole.AnyFarHost, cancellation);
        if (far.Route is not { Kind: RouteKind.None } || !_interfaces.HasGlobal(IpVersion.V6)) return far;
        var other = await FindWayAsync(AnyFarAddressV6, SubjectRole.AnyFarHost, cancellation);
        return other.Route is not { Kind: RouteKind.None } ? null : _interfaces.HasGlobal(IpVersion.V4) ? far : other;
    }

    // A server that was named is what is asked about, on this host too; a resolver on this host is only a station on the way.
    private bool IsServerTheTarget => _target is { Kind: TargetKind.Dns } and ({ Address: not null } or { Host.Length: > 0 });

    private void EndDns(NameObservation name, IReadOnlyList<Finding> findings)
        => _board.End(Stage.Dns, StageStatus.Fail, DnsReporting.Summary(name), DnsReporting.Facts(name), findings);
}
