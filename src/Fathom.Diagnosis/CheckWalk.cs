using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Application.Dns;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Link;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis;

/// <summary>
/// One check: the walk from the interface to the close, with what does not depend on a failure going on beside it. This part
/// finds the addresses and connects; the other parts go on from there.
/// </summary>
internal sealed partial class CheckWalk
{
    // The first family may be this much slower than the other before a browser takes the other (RFC 8305 §8).
    private static readonly TimeSpan FamilyPreference = TimeSpan.FromMilliseconds(250);

    private readonly ProbeContext _context;
    private CheckTarget _target;
    private readonly CheckOptions _options;
    private readonly StageBoard _board;
    private readonly Exchanger _exchanger;
    private readonly bool _isFollowUp;
    private InterfaceObservation _interfaces = new(null, null);
    private DnsStage? _dns;
    private Task<(TrustAnchors? Anchors, string? Why)>? _anchors;
    private bool _gotIt;
    private string? _unknown;

    public CheckWalk(ProbeContext context, CheckTarget target, CheckOptions options, ICheckObserver? observer, bool isFollowUp)
    {
        _context = context;
        _target = target;
        _options = options;
        _isFollowUp = isFollowUp;
        _board = new StageBoard(context.Host.Time, observer);
        _exchanger = new Exchanger(context, options, GetAnchorsAsync, (asked, secure) => _cookies.For(asked.Host, asked.RequestTarget, secure));
    }

    /// <summary>Walks, and makes the report of what is known by the end, also where the caller or the clock ended it.</summary>
    public async Task<CheckReport> RunAsync(CancellationToken cancellation)
    {
        var start = _context.Host.Time.GetTimestamp();
        var startedAt = _context.Host.Time.GetUtcNow();
        using var timer = new CancellationTokenSource(_options.Timeout, _context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await WalkAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            _unknown = cancellation.IsCancellationRequested
                ? "The check was interrupted before there was an answer."
                : $"The check was ended at its limit of {Text.Seconds(_options.Timeout)} before there was an answer.";
        }

        foreach (var stage in Enum.GetValues<Stage>())
        {
            var failed = _board.Stages.FirstOrDefault(static s => s.Status == StageStatus.Fail);
            _board.Skip(stage, _unknown is not null ? "not finished" : failed is null ? "not needed" : $"not run: {Words(failed.Stage)} failed");
        }

        // Below the route is the link: who is taken for the gateway there, and is another machine, forwards nothing.
        if (_board.Findings.Any(static f => f is { Cause: Causes.NeighborDuplicateAddress, Severity: Severity.Fail })) _board.Explain(Causes.RouteWrongGateway, Causes.NeighborDuplicateAddress);
        if (_board.Findings.Any(static f => f is { Cause: Causes.HttpCaptivePortal, Severity: Severity.Fail })) ExplainByPortal();
        var (verdict, findings) = VerdictBuilder.Build(_target, _board.Findings, _board.Stages, _gotIt, _unknown);
        var stages = StageBoard.Reconcile(_board.Stages, findings);
        return new CheckReport(_target, startedAt, _context.Since(start), verdict, findings, stages, Named(findings));
    }

    private async Task WalkAsync(CancellationToken cancellation)
    {
        _board.Start(Stage.Interface);
        var answer = await _context.Host.GetInterfacesAsync(cancellation);
        _interfaces = new InterfaceObservation(answer.Value, answer.Refusal);
        switch (_target.Kind)
        {
            case TargetKind.Dns:
                await WalkToDnsServerAsync(cancellation);
                break;
            case TargetKind.Udp:
                await WalkToDatagramAsync(cancellation);
                break;
            default:
                await WalkToStreamAsync(cancellation);
                break;
        }
    }

    private async Task WalkToStreamAsync(CancellationToken cancellation)
    {
        if (_target.UsesTls) _ = GetAnchorsAsync(cancellation);
        if (await FindSubjectsAsync(cancellation) is not { Count: > 0 } subjects) return;

        _board.Start(Stage.Connect);
        await using var reach = new ReachSet(_context);
        if (!_isFollowUp)
        {
            _board.Start(Stage.Reach);
            foreach (var subject in subjects.Where(static s => s.CanBeTried).DistinctBy(static s => s.Address.Version)) reach.Start(subject.Address, cancellation);
        }

        var attempts = StartAttempts(subjects, _target.Port, cancellation);
        var chosen = await ChooseAsync(attempts);
        if (chosen is null && await IsSaidUnreachableAsync(attempts))
        {
            // A router says so, too, whose few questions for the next host's hardware address were lost, and then not for long: once more.
            var again = StartAttempts(subjects, _target.Port, cancellation);
            if (await ChooseAsync(again) is { } second) (chosen, attempts, _connectedAtSecondTry) = (second, again, true);
        }

        if (chosen is null && _target.Kind == TargetKind.Host)
        {
            // A bare host: its HTTPS, then its HTTP service.
            var plain = StartAttempts(subjects, 80, cancellation);
            if (await ChooseAsync(plain) is { } http)
            {
                _target = _target with { Kind = TargetKind.Http, Port = 80 };
                await ConnectedAsync(http, plain, reach, usesTls: false, [.. await Task.WhenAll(attempts)], cancellation);
                return;
            }
        }

        if (chosen is null) await UnconnectedAsync(await Task.WhenAll(attempts), reach, cancellation);
        else await ConnectedAsync(chosen, attempts, reach, _target.UsesTls, [], cancellation);
    }

    /// <summary>The target's addresses with the host's way to each, in the order in which a browser tries them.</summary>
    private async Task<IReadOnlyList<Subject>> FindSubjectsAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IpAddress> addresses;
        if (_target.Address is { } literal)
        {
            if (_target.ZoneName is { } zone)
            {
                var link = _interfaces.Interfaces?.FirstOrDefault(i => i.Name == zone);
                if (link is null)
                {
                    _unknown = $"This machine has no interface named {TextSanitizer.Escape(zone)}.";
                    _board.Unknown(Stage.Interface, _unknown);
                    return [];
                }

                literal = literal.WithZone((uint)link.Index);
            }

            _board.Skip(Stage.Dns, "not needed: the target is an address");
            if (_target.Kind != TargetKind.Udp && _interfaces.WhoseMany(literal) is { } many)
            {
                _unknown = $"{literal} is {many}: no single host has it, and nobody can be connected to there. Name the address of a host.";
                return [];
            }

            addresses = [literal];
        }
        else
        {
            _board.Start(Stage.Dns);
            var started = await DnsStage.StartAsync(_context, _target, _options, cancellation);
            if (!started.TryGet(out _dns, out var refusal))
            {
                _unknown = refusal.Reason;
                _board.Unknown(Stage.Dns, refusal.Reason);
                return [];
            }

            addresses = await _dns.GetAddressesAsync();
            if (addresses.Count == 0)
            {
                await NameFailedAsync(await _dns.CompleteAsync(cancellation), cancellation);
                return [];
            }

            if (_target.Kind != TargetKind.Udp && addresses.All(a => _interfaces.WhoseMany(a) is not null) && !_dns.DecidedByHostsFile)
            {
                var name = await _dns.CompleteAsync(cancellation);
                await ReportWayToResolverAsync(name, cancellation);
                EndDns(name, [DnsAnswerCauses.OfMany(name, addresses[0], _interfaces.WhoseMany(addresses[0])!)]);
                return [];
            }

            addresses = NameResolution.Interleave(addresses, _interfaces.HasGlobal(IpVersion.V6));
        }

        var subjects = new List<Subject>();
        foreach (var address in addresses.Take(_options.MaximumAddresses)) subjects.Add(await FindWayAsync(address, SubjectRole.Target, cancellation));
        return subjects;
    }

    private async Task<Subject> FindWayAsync(IpAddress address, SubjectRole role, CancellationToken cancellation)
    {
        var answer = await _context.Host.FindRouteAsync(address, cancellation);
        if (!answer.TryGet(out var route, out var refusal)) return new Subject(address, role, null, refusal, []);
        if (route is { Kind: RouteKind.Unicast, NextHop: var hop }) _context.Packets.Watch(hop);
        var isTunnel = _interfaces.Find(route.InterfaceIndex) is { Kind: InterfaceKind.Tunnel };
        return new Subject(address, role, route, null, [_context.Evidence.AddKernel(Describe(route))])
        {
            IsOnLink = route.Kind == RouteKind.Local || (route is { Kind: RouteKind.Unicast, Gateway: null } && !isTunnel),
        };
    }

    private string Describe(RouteDecision route) => route.Kind switch
    {
        RouteKind.None => $"route to {route.Destination}: none",
        RouteKind.Local => $"route to {route.Destination}: this host itself",
        RouteKind.Unicast => $"route to {route.Destination}: {(route.Gateway is { } g ? $"via {g.WithZone(0)}" : "on-link")} dev {LinkName(route.InterfaceIndex)}{(route.Source is { } s ? $" src {s}" : string.Empty)}{(route.Prefix is { } p ? $" ({(p.IsDefault ? "default" : p.ToString())})" : string.Empty)}",
        _ => $"route to {route.Destination}: {route.Kind.ToString().ToLowerInvariant()}{(route.Prefix is { } p ? $" ({p})" : string.Empty)}",
    };

    private string LinkName(int? index) => _interfaces.Find(index)?.Name ?? (index is { } i ? $"interface {i}" : "no interface");

    // Somebody on the way, not this host itself, could not find the next host.
    private async Task<bool> IsSaidUnreachableAsync(IReadOnlyList<Task<Attempt>> attempts)
        => !_isFollowUp && (await Task.WhenAll(attempts)).Any(a => a.Outcome?.Result is ConnectResult.Unreachable { Error: var error } && error.GetMeaning(_interfaces.OwnAddresses) == IcmpMeaning.Unreachable && IsHostUnreachable(error));

    private List<Task<Attempt>> StartAttempts(IReadOnlyList<Subject> subjects, ushort port, CancellationToken cancellation)
        => [.. subjects.Select(s => AttemptAsync(s, port, cancellation))];

    private async Task<Attempt> AttemptAsync(Subject subject, ushort port, CancellationToken cancellation)
    {
        // What the kernel says it cannot send is not tried: the kernel's word is the evidence.
        if (!subject.CanBeTried) return new Attempt(subject, null);
        var outcome = await ConnectProbe.RunAsync(_context, new IpEndpoint(subject.Address, port), new ConnectOptions(_options.ConnectTimeout), cancellation);
        return new Attempt(subject, outcome);
    }

    /// <summary>The attempt that a browser would have gone on with (RFC 8305): the first in order, unless another is clearly faster.</summary>
    private async Task<Attempt?> ChooseAsync(IReadOnlyList<Task<Attempt>> attempts)
    {
        var open = attempts.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            open.Remove(done);
            if ((await done).Connection is null) continue;

            // Those before it in the order get a short grace.
            var better = attempts.TakeWhile(t => t != done).Where(t => open.Contains(t)).ToArray();
            if (better.Length > 0) await Task.WhenAny(Task.WhenAll(better), Task.Delay(FamilyPreference, _context.Host.Time));
            foreach (var attempt in attempts)
            {
                if (attempt.IsCompletedSuccessfully && (await attempt).Connection is not null) return await attempt;
            }
        }

        return null;
    }

    private Task<(TrustAnchors? Anchors, string? Why)> GetAnchorsAsync(CancellationToken cancellation)
        => _anchors ??= LoadAnchorsAsync(cancellation);

    private async Task<(TrustAnchors? Anchors, string? Why)> LoadAnchorsAsync(CancellationToken cancellation)
    {
        if (_options.TrustAnchors is { } given) return (given, null);
        var answer = await _context.Host.GetTrustAnchorsAsync(cancellation);
        return (answer.Value, answer.Refusal?.Reason);
    }

    /// <summary>The evidence that findings name, in order of time; what was captured and not named stays in the capture file.</summary>
    private EvidenceItem[] Named(IReadOnlyList<Finding> findings)
    {
        var named = findings.SelectMany(static f => f.Evidence).ToHashSet();
        return [.. _context.Evidence.Items.Where(e => named.Contains(e.Id)).OrderBy(static e => e.At)];
    }

    private static string Words(Stage stage) => stage.ToString().ToLowerInvariant();
}
