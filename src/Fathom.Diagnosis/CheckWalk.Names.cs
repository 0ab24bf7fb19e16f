using Fathom.Diagnosis.Application.Dns;
using Fathom.Diagnosis.Internet;
using Fathom.Hosts.Internet;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <content>What happens where the name has no address.</content>
internal sealed partial class CheckWalk
{
    // RFC 5737: an address that is nobody's, to ask the routing table how it treats far hosts. Nothing is sent to it.
    private static readonly IpAddress AnyFarAddress = IpAddress.Parse("198.51.100.1");

    private async Task NameFailedAsync(NameObservation name, CancellationToken cancellation)
    {
        if (DnsAnswerCauses.Judge(name, _options.Version) is { } answered && !name.AllServersSilent)
        {
            // Somebody answered: the way to the resolver is in order, and the answer is the cause.
            await ReportWayToResolverAsync(name, cancellation);
            EndDns(name, [answered]);
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
                EndDns(name, Following(name));
                return;
            }

            resolverAlive = await ExamineWayToResolverAsync(name, subject, neighbor == true, cancellation);
        }

        EndDns(name, [.. DnsServerCauses.Judge(name, resolverAlive)]);
    }

    /// <summary>Looks how far packets to a silent resolver get.</summary>
    /// <returns>True if the resolver's host answers something.</returns>
    private async Task<bool> ExamineWayToResolverAsync(NameObservation name, Subject subject, bool neighborAnswered, CancellationToken cancellation)
    {
        // Port unreachable from the resolver itself: there is nothing to look for on the way.
        var errors = name.Answers.SelectMany(static a => a.Outcomes).OfType<DnsExchangeOutcome.Failed>().Select(static f => f.Error).ToArray();
        if (errors.Any(e => e.GetMeaning(_interfaces.OwnAddresses) == IcmpMeaning.PortUnreachable)) return true;

        _board.Start(Stage.Path);
        await using var reach = new ReachSet(_context);
        var analysis = await PathAnalyzer.RunAsync(_context, subject, null, await reach.GetAsync(subject.Address, cancellation), _interfaces.OwnAddresses, cancellation);
        var said = errors.Select(e => PathCauses.JudgeError(subject, e, e.GetMeaning(_interfaces.OwnAddresses), "DNS", analysis, [.. name.Answers.SelectMany(static a => a.Evidence)])).FirstOrDefault(static f => f is not null);
        var finding = said ?? PathCauses.JudgeSilence(analysis, neighborAnswered);

        // An unanswered resolver is a dead resolver, unless somebody on the way proves that packets do not get there: that the
        // packets stop somewhere is what a dead host looks like, too.
        var decides = finding is not null && (finding.Cause == Causes.RouteWrongGateway || finding.Confidence == Confidence.Certain && finding.Cause != Causes.PathUnreachable);
        var summary = $"to the resolver {subject.Address}: {PathAnalyzer.Describe(analysis.Furthest ?? analysis.Walks[0])}";
        if (decides) _board.Add(finding!);
        _board.End(Stage.Path, decides ? StageStatus.Fail : StageStatus.Unknown, decides ? finding!.Summary : summary, PathReporting.Facts(analysis.Furthest), []);
        return analysis.IsAlive;
    }

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
            if (subject.Route is not { Kind: RouteKind.Local }) return subject;
        }

        if (!name.AllServersSilent && name.Answers.Count > 0) return null;
        var far = await FindWayAsync(AnyFarAddress, SubjectRole.AnyFarHost, cancellation);

        // With an IPv6-only host the lack of an IPv4 route says nothing.
        return far.Route is { Kind: RouteKind.None } && _interfaces.HasGlobal(IpVersion.V6) ? null : far;
    }

    private void EndDns(NameObservation name, IReadOnlyList<Finding> findings)
        => _board.End(Stage.Dns, StageStatus.Fail, DnsReporting.Summary(name), DnsReporting.Facts(name), findings);
}
