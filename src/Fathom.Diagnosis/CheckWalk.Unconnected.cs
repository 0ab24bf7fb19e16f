using Fathom.Diagnosis.Application.Dns;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Link;
using Fathom.Diagnosis.Transport;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis;

/// <content>What happens where no address of the target could be connected to.</content>
internal sealed partial class CheckWalk
{
    private async Task UnconnectedAsync(IReadOnlyList<Attempt> attempts, ReachSet reaches, CancellationToken cancellation)
    {
        // The address to examine: the first that anything could be sent to; a family that this host has not is nobody's failure
        // as long as the other one is there.
        // An answer is worth more than silence.
        var primary = attempts.FirstOrDefault(static a => a.Outcome?.Result is ConnectResult.Reset)
            ?? attempts.FirstOrDefault(a => a.Outcome?.Result is ConnectResult.Unreachable u && u.Error.GetMeaning(_interfaces.OwnAddresses) is not (IcmpMeaning.NeighborUnresolved or IcmpMeaning.NoRoute))
            ?? attempts.FirstOrDefault(static a => a.Outcome is { Result: not ConnectResult.Refused })
            ?? attempts.FirstOrDefault(static a => a.Outcome is not null) ?? attempts.FirstOrDefault(static a => !a.IsOutOfReach) ?? Preferred(attempts);
        var subject = primary.Subject;
        // Where somebody else answered, packets leave, whatever the tables look like.
        var isAnswered = primary.Outcome?.Result is ConnectResult.Reset or ConnectResult.Unreachable { Error.Reporter: not null };
        if (!ReportNearSide(subject, isAnswered))
        {
            await EndNameAsync(null, attempts, cancellation);
            return;
        }

        if (primary.Outcome is { Result: ConnectResult.Refused { Refusal: var refusal } })
        {
            _unknown = refusal.Reason + (refusal.Remedy is { } remedy ? $" ({remedy})" : string.Empty);
            _board.Unknown(Stage.Connect, _unknown);
            return;
        }

        var result = primary.Outcome?.Result;
        var neighborAnswered = true;
        if (result is ConnectResult.Reset || (result is ConnectResult.Unreachable u && u.Error.GetMeaning(_interfaces.OwnAddresses) is not (IcmpMeaning.NeighborUnresolved or IcmpMeaning.LocallyProhibited or IcmpMeaning.Other)))
        {
            // Something beyond the link answered: the next hop is in order.
            await ReportLivingNeighborAsync(subject, cancellation);
            if (await ExamineTwinAsync(subject, cancellation) is { } twin) _board.Add(twin);
        }
        else
        {
            switch (await ExamineNeighborAsync(subject, cancellation))
            {
                case false:
                    EndConnect(primary, attempts, []);
                    await EndNameAsync(null, attempts, cancellation);
                    return;
                case null:
                    neighborAnswered = false;
                    break;
                case true when result is ConnectResult.Unreachable { Error: var unresolved } && unresolved.GetMeaning(_interfaces.OwnAddresses) == IcmpMeaning.NeighborUnresolved && primary.Outcome!.Duration >= OwnRuleCauses.NeighborPatience:
                    _board.Add(NeighborCauses.Loss(subject.Route?.NextHop ?? subject.Address, primary.Outcome.Evidence));
                    EndConnect(primary, attempts, []);
                    await EndNameAsync(null, attempts, cancellation);
                    return;
            }
        }

        var analysis = await AnalyzeAsync(primary, reaches, cancellation);
        var finding = OwnRuleCauses.Judge(primary, analysis, neighborAnswered, _interfaces, _context.Packets)
            ?? ConnectCauses.Judge(primary, analysis, neighborAnswered, _interfaces.OwnAddresses, analysis is not null && await IsResolverBehindAsync(subject, cancellation), _context.Packets.IsCapturing);
        EndReach(primary, analysis, await reaches.GetAsync(subject.Address, cancellation));
        EndPath(analysis, finding);
        if (finding is { Cause: Causes.TcpRefused or Causes.TcpFiltered or Causes.PathFiltered or Causes.PathSilent } && await ExaminePortalAsync(attempts, cancellation) is { } portal)
        {
            _board.Add(portal);
            finding = finding with { Follows = portal.Cause };
        }

        if (finding is null) _unknown = "The connection could not be opened, and nothing says why.";
        EndConnect(primary, attempts, finding is null ? [] : [finding]);
        await EndNameAsync(finding, attempts, cancellation);
    }

    // The resolver answered, and the way to it is through the same gateway: that one forwards.
    private async Task<bool> IsResolverBehindAsync(Subject subject, CancellationToken cancellation)
    {
        if (_dns is null || _dns.DecidedByHostsFile || subject.Route?.Gateway is not { } gateway) return false;
        foreach (var server in (await _dns.CompleteAsync(cancellation)).Answers.Where(static a => a.Outcomes.Any(static o => o is DnsExchangeOutcome.Answered)).Select(static a => a.Server.Address).Distinct())
        {
            if ((await _context.Host.FindRouteAsync(server, cancellation)).Value is { Kind: RouteKind.Unicast, Gateway: { } other } && other == gateway) return true;
        }

        return false;
    }

    private static Attempt Preferred(IReadOnlyList<Attempt> attempts)
        => attempts.FirstOrDefault(static a => a.Address.IsV4) ?? attempts[0];

    private async Task<PathAnalysis?> AnalyzeAsync(Attempt primary, ReachSet reaches, CancellationToken cancellation)
    {
        var needed = primary.Outcome?.Result is ConnectResult.TimedOut
            || (primary.Outcome?.Result is ConnectResult.Unreachable u && u.Error.GetMeaning(_interfaces.OwnAddresses) == IcmpMeaning.HopLimitExceeded);
        if (!needed) return null;
        _board.Start(Stage.Path);
        var reach = await reaches.GetAsync(primary.Address, cancellation);
        return await PathAnalyzer.RunAsync(_context, primary.Subject, primary.Outcome!.Remote.Port, reach, _interfaces.OwnAddresses, cancellation);
    }

    private void EndReach(Attempt primary, PathAnalysis? analysis, ReachRun reach)
    {
        if (_isFollowUp) return;
        var observed = analysis?.Reach ?? reach.Observe();
        if (primary.Outcome?.Result is ConnectResult.Reset)
            _board.End(Stage.Reach, StageStatus.Pass, $"{primary.Address} answers{(observed.Answer is { } a ? $" echo in {Text.Ms(a.RoundTrip)}" : ": RST to the SYN")}", [], []);
        else if (observed.Answer is { } echo)
            _board.End(Stage.Reach, StageStatus.Pass, $"{primary.Address} answers echo in {Text.Ms(echo.RoundTrip)}", [new Fact("roundTripMilliseconds", echo.RoundTrip)], []);
        else if (observed.Refusal is { } refusal && analysis?.IsAlive != true)
            _board.Unknown(Stage.Reach, refusal.Reason + (refusal.Remedy is { } remedy ? $" ({remedy})" : string.Empty));
        else if (analysis?.IsAlive == true)
            _board.End(Stage.Reach, StageStatus.Pass, $"{primary.Address} answers UDP with port unreachable", [], []);
        else if (observed.Error is { } error)
            _board.End(Stage.Reach, StageStatus.Fail, $"echo to {primary.Address}: {error.Error.Describe()}", [], []);
        else if (analysis is null)
            _board.Unknown(Stage.Reach, "the echo was not waited for");
        else
            _board.End(Stage.Reach, StageStatus.Fail, $"nothing comes back from {primary.Address}", [], []);
    }

    private void EndPath(PathAnalysis? analysis, Finding? finding)
    {
        if (finding is { Stage: Stage.Path or Stage.Route })
        {
            if (finding.Stage == Stage.Route) _board.Add(finding);
            _board.End(Stage.Path, StageStatus.Fail, analysis is null ? string.Empty : PathAnalyzer.Describe(analysis.Furthest ?? analysis.Walks[0]), PathReporting.Facts(analysis?.Furthest), finding.Stage == Stage.Path ? [finding] : []);
        }
        else if (analysis is not null)
        {
            _board.End(Stage.Path, analysis.IsAlive ? StageStatus.Pass : StageStatus.Unknown, PathAnalyzer.Describe(analysis.Furthest ?? analysis.Walks[0]), PathReporting.Facts(analysis.Furthest), []);
        }
    }

    private void EndConnect(Attempt primary, IReadOnlyList<Attempt> attempts, IReadOnlyList<Finding> findings)
    {
        var summary = primary.Outcome is null ? "not tried: nothing can be sent" : primary.Outcome.Result switch
        {
            ConnectResult.Reset => $"{primary.Outcome.Remote} refused",
            ConnectResult.Unreachable u => $"{primary.Outcome.Remote}: {u.Error.Describe()}",
            ConnectResult.TimedOut => $"{primary.Outcome.Remote} gave no answer in {Text.Seconds(_options.ConnectTimeout)}",
            _ => "not connected",
        };
        _board.End(Stage.Connect, StageStatus.Fail, summary, ConnectReporting.Facts(null, [.. attempts.Where(static a => a.Outcome is not null)], null),
            [.. findings.Where(static f => f.Stage == Stage.Connect)]);
    }

    /// <summary>Ends the dns stage; where the hosts file chose the address that failed, tries the one that DNS gives.</summary>
    private async Task EndNameAsync(Finding? failure, IReadOnlyList<Attempt> attempts, CancellationToken cancellation)
    {
        if (_dns is null || _board.HasEnded(Stage.Dns)) return;
        var name = await _dns.CompleteAsync(cancellation);
        var findings = new List<Finding>();
        if (!_dns.DecidedByHostsFile) findings.AddRange(DnsServerCauses.Judge(name, true));
        if (DnsTrustCauses.JudgeHijack(name) is { } hijack) findings.Add(hijack);
        if (DnsTrustCauses.JudgeOverride(name, Severity.Warn, Confidence.Certain) is { } entry)
        {
            // The address of the hosts file failed. If the one of DNS works, the entry is the cause; else both have the same trouble.
            var port = attempts[0].Outcome?.Remote.Port ?? _target.Port;
            var tried = name.DnsAddresses.FirstOrDefault(a => !name.HostsAddresses.Contains(a));
            var outcome = tried.IsUnspecified ? null : await ConnectProbe.RunAsync(_context, new IpEndpoint(tried, port), new ConnectOptions(_options.ConnectTimeout), cancellation);
            if (outcome?.Connection is { } connection)
            {
                await connection.DisposeAsync();
                findings.Add(entry with { Severity = Severity.Fail, Evidence = [.. entry.Evidence, .. outcome.Evidence], Summary = $"{entry.Summary} The address of the hosts file does not work, {tried} does." });
            }
            else
            {
                findings.Add(failure is null ? entry : entry with { Follows = failure.Cause });
            }
        }

        _board.End(Stage.Dns, StageStatus.Pass, DnsReporting.Summary(name), DnsReporting.Facts(name), findings);
    }
}
