using System.Globalization;
using Fathom.Diagnosis.Application.Dns;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Transport;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis;

/// <content>The targets without a connection: a UDP port, and a DNS server.</content>
internal sealed partial class CheckWalk
{
    private async Task WalkToDatagramAsync(CancellationToken cancellation)
    {
        if (await FindSubjectsAsync(cancellation) is not { Count: > 0 } subjects) return;
        var subject = subjects.FirstOrDefault(static s => s.CanBeTried) ?? subjects[0];
        if (!ReportNearSide(subject))
        {
            await EndNameAsync(null, [new Attempt(subject, null)], cancellation);
            return;
        }

        _board.Start(Stage.Connect);
        await using var reaches = new ReachSet(_context);
        var reach = await reaches.GetAsync(subject.Address, cancellation);
        var outcome = await DatagramProbe.RunAsync(_context, new IpEndpoint(subject.Address, _target.Port), cancellation);
        await EndNameAsync(null, [new Attempt(subject, null)], cancellation);
        switch (outcome)
        {
            case DatagramOutcome.Answered answered:
                await ReportLivingNeighborAsync(subject, cancellation);
                _board.End(Stage.Reach, StageStatus.Pass, $"{subject.Address} answers", [], []);
                _gotIt = true;
                _board.End(Stage.Connect, StageStatus.Pass, $"a reply of {Text.Count(answered.Length, "octet")} came in {Text.Ms(answered.RoundTrip)}",
                    [new Fact("roundTripMilliseconds", answered.RoundTrip), new Fact("replyLength", answered.Length)], []);
                break;
            case DatagramOutcome.Failed failed:
                await EndFailedDatagramAsync(subject, failed, cancellation);
                break;
            case DatagramOutcome.NotSent refused:
                _unknown = refused.Refusal.Reason;
                _board.Unknown(Stage.Connect, refused.Refusal.Reason);
                break;
            default:
                await EndSilentDatagramAsync(subject, reach, outcome, cancellation);
                break;
        }
    }

    private async Task EndFailedDatagramAsync(Subject subject, DatagramOutcome.Failed failed, CancellationToken cancellation)
    {
        var meaning = failed.Error.GetMeaning(_interfaces.OwnAddresses);
        if (meaning == IcmpMeaning.NeighborUnresolved)
        {
            await ExamineNeighborAsync(subject, cancellation);
            return;
        }

        await ReportLivingNeighborAsync(subject, cancellation);
        var isTarget = failed.Error.Reporter?.WithZone(0) == subject.Address.WithZone(0);
        if (meaning == IcmpMeaning.PortUnreachable && isTarget)
        {
            _board.End(Stage.Reach, StageStatus.Pass, $"{subject.Address} answers", [], []);
            _board.End(Stage.Connect, StageStatus.Fail, "port unreachable", [],
            [
                new Finding(Causes.UdpPortUnreachable, Severity.Fail, Stage.Connect, $"Nothing listens on {subject.Address} UDP port {_target.Port}: {failed.Error.Describe()}.", failed.Evidence)
                {
                    Fix = "Start the service, or bind it to this address; check the port.",
                },
            ]);
            return;
        }

        var finding = PathCauses.JudgeError(subject, failed.Error, meaning, string.Create(CultureInfo.InvariantCulture, $"UDP port {_target.Port}"), null, failed.Evidence);
        if (finding is null) _unknown = failed.Error.Describe();
        EndPath(null, finding);
        _board.End(Stage.Connect, finding is null ? StageStatus.Unknown : StageStatus.Fail, failed.Error.Describe(), [], []);
    }

    private async Task EndSilentDatagramAsync(Subject subject, ReachRun reach, DatagramOutcome outcome, CancellationToken cancellation)
    {
        if (await ExamineNeighborAsync(subject, cancellation) == false) return;
        _board.Start(Stage.Path);
        var analysis = await PathAnalyzer.RunAsync(_context, subject, null, reach, _interfaces.OwnAddresses, cancellation);

        // No reply proves nothing for UDP: only what somebody on the way says, or a loop, is a cause.
        var finding = PathCauses.JudgeSilence(analysis, neighborAnswered: true);
        if (finding is { Confidence: not Confidence.Certain }) finding = null;
        EndReach(new Attempt(subject, null), analysis, reach);
        EndPath(analysis, finding);
        _unknown = $"UDP port {_target.Port} of {subject.Address} gave no reply and no error: a service that needs another question, or a filter, looks the same.";
        _board.End(Stage.Connect, StageStatus.Unknown, "no reply, and no error", [], []);
        _context.Evidence.AddSocket($"UDP to {subject.Address} port {_target.Port}: no reply ({outcome.Evidence.Count} items of evidence)");
    }

    private async Task WalkToDnsServerAsync(CancellationToken cancellation)
    {
        _board.Start(Stage.Dns);
        var answer = await _context.Host.GetResolverConfigurationAsync(cancellation);
        if (!answer.TryGet(out var configuration, out var refusal))
        {
            _unknown = refusal.Reason;
            _board.Unknown(Stage.Dns, refusal.Reason);
            return;
        }

        var servers = configuration.Servers;
        if (_target.Address is { } address)
        {
            servers = [new IpEndpoint(address, _target.Port)];
        }
        else if (_target.Host.Length > 0)
        {
            // The server's own name is resolved as any other; only if that works can it be asked.
            var own = await DnsStage.StartAsync(_context, _target, _options, cancellation);
            var found = own.TryGet(out var stage, out _) ? await stage.GetAddressesAsync() : [];
            if (found.Count == 0)
            {
                if (stage is not null) await NameFailedAsync(await stage.CompleteAsync(cancellation), cancellation);
                return;
            }

            servers = [.. found.Take(1).Select(a => new IpEndpoint(a, _target.Port))];
        }

        var asked = configuration with { Servers = servers, Search = [], HostsFile = [], ServersAreDefault = false, Source = "the target" };
        var resolution = NameResolution.Start(_context, asked, _target.RequestTarget, [DnsType.A, DnsType.Aaaa], new DnsQueryOptions(), cancellation);
        var name = new NameObservation(_target.RequestTarget, asked, [], await resolution.All) { IsServerTheTarget = IsServerTheTarget };
        if (name.Addresses.Count == 0)
        {
            await NameFailedAsync(name, cancellation);
            return;
        }

        var subject = await FindWayAsync(servers[0].Address, SubjectRole.Resolver, cancellation);
        if (ReportNearSide(subject)) await ReportLivingNeighborAsync(subject, cancellation);
        _gotIt = true;
        _board.End(Stage.Dns, StageStatus.Pass, DnsReporting.Summary(name), DnsReporting.Facts(name), [.. DnsServerCauses.Judge(name, true)]);
    }
}
