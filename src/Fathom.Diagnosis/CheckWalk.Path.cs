using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Transport;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Probes.Transport;

namespace Fathom.Diagnosis;

/// <content>Reach and path beside an open connection, and the experiments on loss and packet size.</content>
internal sealed partial class CheckWalk
{
    // A small maximum segment size that every link carries: RFC 9293 §3.7.1's default for IPv4, and what is left of 1,280 octets for IPv6.
    private const int SmallSegmentV4 = 536;
    private const int SmallSegmentV6 = 1220;

    // Where even those vanish: what every host sends of itself (RFC 791 §3.2 has 68 octets pass everywhere), and more than Linux' least (88, TCP_MIN_MSS).
    private const int TinySegment = 128;

    // Headers of IP and TCP without options.
    private const int HeadersV4 = 40;
    private const int HeadersV6 = 60;

    // The second try needs less patience than the first: if size was the reason, small segments get through at once.
    private static readonly TimeSpan StallPatience = TimeSpan.FromSeconds(4);

    // Ethernet's MTU, for hosts that do not tell theirs.
    private const int UsualMtu = 1500;

    // RFC 6298 §2.1 waits a second for the first answer: a handshake that took longer had its SYN sent again. A little below, for timers' rounding.
    private static readonly TimeSpan SynTimeout = TimeSpan.FromSeconds(0.9);

    // Linux's smallest retransmission time-out (TCP_RTO_MIN).
    private static readonly TimeSpan MinimumRetransmission = TimeSpan.FromMilliseconds(200);

    // Where a path loses a quarter of its packets each way, six echoes all vanish once in a hundred times.
    private const int FewEchoes = 6;

    // What is faster needs no second look: cables half around the Earth need as much.
    private static readonly TimeSpan SlowTrip = TimeSpan.FromMilliseconds(300);

    // A path that loses a sixth of what is sent, for certain, stalls exchanges by itself: retransmissions are lost as well.
    private const double HeavyLoss = 1.0 / 6;

    private PathOutcome? _walk;
    private bool _largeEchoLost;
    private bool _connectedAtSecondTry;
    private bool _losesManyPackets;

    /// <summary>Echo and hops beside the exchange. Ends by itself, or with what is known when <paramref name="enough"/> fires.</summary>
    private async Task WatchPathAsync(Attempt chosen, ReachSet reaches, CancellationTokenSource enough, CancellationToken cancellation)
    {
        var reach = await reaches.GetAsync(chosen.Address, cancellation);
        var trip = chosen.Outcome!.Duration;
        var finished = new TaskCompletionSource();
        await using var registration = enough.Token.Register(() => finished.TrySetResult());
        await Task.WhenAny(reach.First, finished.Task);
        var echo = reach.First.IsCompletedSuccessfully ? await reach.First as EchoOutcome.Answered : null;
        ReportReach(chosen, reach, echo);
        if (chosen.Subject.IsOnLink)
        {
            _board.Skip(Stage.Path, chosen.Subject.Route is { Kind: RouteKind.Local } ? "not needed: the target is this host" : "not needed: the target is on this link");
            return;
        }

        _board.Start(Stage.Path);

        // Three times the round trip: a router's slow path (making an ICMP message) takes longer than forwarding.
        var wait = TimeSpan.FromMilliseconds(Math.Clamp(3 * trip.TotalMilliseconds, 30, 1000));
        var own = _interfaces.OwnAddresses;
        Task<MtuObservation?> size = Task.FromResult<MtuObservation?>(null);
        if (echo is not null)
        {
            var mtu = _interfaces.Find(chosen.Subject.Route?.InterfaceIndex)?.Mtu ?? UsualMtu;
            size = MtuExperiment.OnceAsync(_context, reach, mtu, wait, cancellation);
            var hops = echo.HopLimit is { } left ? Math.Clamp(HopDistance.Estimate(left), 1, PathLimits.MaximumHops) : PathLimits.MaximumHops;
            _walk = await PathProbe.EchoAsync(reach.Session!, own, new PathLimits(wait) { Hops = hops, Window = echo.HopLimit is null ? 4 : hops, Finish = enough.Token }, cancellation);
        }
        else
        {
            // Without an echo the distance is unknown: small steps, so that at most three probes reach the target beyond its hop.
            _walk = await PathProbe.UdpAsync(_context.Host, chosen.Address, own, new PathLimits(wait) { Window = 4, Finish = enough.Token }, cancellation);
        }

        if (!size.IsCompleted) await Task.WhenAny(size, finished.Task);
        var measured = size.IsCompletedSuccessfully ? await size : null;
        _largeEchoLost = echo is not null && size.IsCompletedSuccessfully && measured is null;
        var findings = new List<Finding>();
        if (measured is { Reported: { } reported })
        {
            findings.Add(new Finding(Causes.PathMtuReduced, Severity.Info, Stage.Path,
                $"A link on the way carries packets of {reported} octets at the most, and {(measured.ReportedBy is { } by ? by.ToString() : "this host")} says so.", measured.Evidence));
        }

        var facts = PathReporting.Facts(_walk).ToList();
        if (measured?.LargestPassed is { } passed) facts.Add(new Fact("mtu", passed));
        _board.End(Stage.Path, StageStatus.Pass, PathSummary(_walk, echo), facts, findings);
    }

    private static string PathSummary(PathOutcome walk, EchoOutcome.Answered? echo)
    {
        var answered = walk.Hops.Count(static h => h.Address is not null && !h.IsDestination);
        var routers = echo?.HopLimit is { } left ? HopDistance.Estimate(left) : walk.Reached ? walk.Hops.Count - 1 : 0;
        if (routers == 0 && answered == 0) return "no router on the way answers probes; the connection gets through";
        var total = Math.Max(routers, answered);
        return answered == total ? Text.Count(total, "router") : $"{Text.Count(total, "router")}, {answered} of them answer";
    }

    private void ReportReach(Attempt chosen, ReachRun reach, EchoOutcome.Answered? echo)
    {
        var observed = reach.Observe();
        var facts = new List<Fact>();
        if (echo is not null)
        {
            facts.Add(new Fact("roundTripMilliseconds", echo.RoundTrip));
            if (echo.HopLimit is { } left) facts.Add(new Fact("hopLimit", (int)left));
            facts.Add(new Fact("method", reach.Session!.Method.ToString().ToLowerInvariant()));
        }

        var summary = echo is not null
            ? $"{chosen.Address} answers echo in {Text.Ms(echo.RoundTrip)}"
            : observed.Refusal is { } refusal ? $"the TCP handshake was answered; echo not measured: {refusal.Reason}"
            : "the TCP handshake was answered; echo requests were not";
        _board.End(Stage.Reach, StageStatus.Pass, summary, facts, []);
    }

    /// <summary>Measures loss, if an echo was lost or TCP had to retransmit.</summary>
    private async Task JudgeLossAsync(Attempt chosen, IReadOnlyList<Task<Attempt>> attempts, ExchangeResult exchange, ReachSet reaches, CancellationToken cancellation)
    {
        var reach = await reaches.GetAsync(chosen.Address, cancellation);
        var trip = chosen.Outcome!.Duration;
        var retransmitted = await HintsAtLossAsync(chosen, exchange);

        // Four round trips as TCP saw them, a handshake with a lost SYN being none: on a slow path a late answer is no lost one.
        var usual = exchange.Info?.SmoothedRoundTrip ?? TimeSpan.FromMilliseconds(Math.Min(trip.TotalMilliseconds, 250));
        var wait = TimeSpan.FromMilliseconds(Math.Clamp(4 * usual.TotalMilliseconds, 50, 4000));
        var isFirstThere = reach.First.IsCompleted && await reach.First is EchoOutcome.Answered or null;
        var isOdd = !retransmitted && isFirstThere && (trip > MinimumRetransmission + (3 * StepOf(exchange)) || (_dns is not null && await _dns.IsHalfAsync()) || await IsOddAsync(chosen, attempts, exchange, reaches, cancellation));
        if (!retransmitted && isFirstThere && !isOdd) return;

        // Retransmission hints at loss; so does an echo that stayed without answer where another one has one. A few that go at once tell where less hints at it.
        var more = await SendFewAsync();
        if (isOdd && AllAnswered(more)) more = await SendFewAsync();
        if (isOdd && AllAnswered(more)) return;
        var echoes = more.Any(static o => o is EchoOutcome.Answered) || (reach.First.IsCompletedSuccessfully && await reach.First is EchoOutcome.Answered);
        LossObservation? loss = null;
        var tcpSaw = exchange.Info?.Retransmissions > 0 || trip > SynTimeout;

        // A handshake whose SYN-ACK was lost counts in the mean, as a round trip of a second: the quickest one tells better how fast the series may be.
        var pace = exchange.Info?.MinimumRoundTrip is { } quickest && 4 * quickest < usual ? 4 * quickest : usual;
        if (echoes) loss = await LossExperiment.EchoAsync(_context, reach, pace, wait, cancellation);
        else if (retransmitted) loss = await LossExperiment.ConnectAsync(_context, chosen.Outcome.Remote, pace, _options.ConnectTimeout, cancellation);
        _losesManyPackets = loss?.LowerBound > HeavyLoss;
        if (PathLossCause.Judge(loss, _target.Host, tcpSaw) is { } finding) _board.Add(finding);

        Task<EchoOutcome?[]> SendFewAsync() => Task.WhenAll(Enumerable.Range(0, FewEchoes).Select(_ => reach.ProbeAsync(wait, cancellation)));

        static bool AllAnswered(EchoOutcome?[] echoes) => echoes.All(static o => o is EchoOutcome.Answered or null);
    }

    /// <summary>
    /// Did anything go as it does where a packet was lost, and not only there? Each of these few packets is one that a lossy path may have taken; without them a quarter of loss goes unseen one time in
    /// ten, as the exchange itself has so few.
    /// </summary>
    private async Task<bool> IsOddAsync(Attempt chosen, IReadOnlyList<Task<Attempt>> attempts, ExchangeResult exchange, ReachSet reaches, CancellationToken cancellation)
    {
        if (_connectedAtSecondTry) return true;
        if (exchange.Http?.FirstByte is { } first && first > MinimumRetransmission + (3 * chosen.Outcome!.Duration)) return true;

        // A router that says nothing may be one that never does; beside a target that answers echo it is worth a few echoes more.
        if (_walk is not null && _walk.Hops.Any(static h => h.Address is null) && (await reaches.GetAsync(chosen.Address, cancellation)).First is { IsCompletedSuccessfully: true } echo && await echo is EchoOutcome.Answered) return true;
        foreach (var task in attempts)
        {
            if (await task is not { Outcome: { } outcome } other || other == chosen) continue;
            if (outcome.Duration > SynTimeout || outcome.Result is ConnectResult.TimedOut or ConnectResult.Unreachable) return true;
            if (other.Address.Version != chosen.Address.Version && (await reaches.GetAsync(other.Address, cancellation)).First is { IsCompletedSuccessfully: true } reach && await reach is not (EchoOutcome.Answered or null)) return true;
        }

        return false;
    }

    // What one step of the exchange took: a handshake that took far longer waited for something that was lost.
    private static TimeSpan StepOf(ExchangeResult exchange) => exchange.Tls is TlsOutcome.Completed { Duration: var tls } ? tls : exchange.Http?.FirstByte ?? TimeSpan.MaxValue / 8;

    /// <summary>Measures round trips, if those so far were long or varied.</summary>
    private async Task JudgeLatencyAsync(Attempt chosen, ExchangeResult exchange, ReachSet reaches, CancellationToken cancellation)
    {
        var trip = chosen.Outcome!.Duration;
        var isSlow = trip > SlowTrip || exchange.Info is { SmoothedRoundTrip: var smoothed, RoundTripVariation: var variation } && (smoothed > SlowTrip || variation > SlowTrip / 3);
        if (!isSlow) return;
        var reach = await reaches.GetAsync(chosen.Address, cancellation);
        if (PathLatencyCause.Judge(await LatencyExperiment.RunAsync(_context, reach, chosen.Outcome.Remote, cancellation), _target.Host) is { } finding) _board.Add(finding);
    }

    /// <summary>Did anything have to be sent twice, on this side or, by the time it took, on the other?</summary>
    private async Task<bool> HintsAtLossAsync(Attempt chosen, ExchangeResult exchange)
    {
        var trip = chosen.Outcome!.Duration;
        if (exchange.Info?.Retransmissions > 0 || trip > SynTimeout || _largeEchoLost) return true;
        if (_board.Findings.Any(static f => f.Cause is Causes.TcpStalled or Causes.HttpTimeout || f is { Cause: Causes.PathMtuBlackhole, Confidence: not Confidence.Certain })) return true;

        // The server's retransmissions are not counted here; a handshake of one or two round trips that takes a retransmission
        // time-out longer shows them.
        if (exchange.Tls is { } tls && tls.Duration > MinimumRetransmission + (8 * trip)) return true;
        return _dns is not null && await _dns.WasAskedAgainAsync();
    }

    /// <summary>Was it the size of the packets? The same exchange again with small segments tells, in both directions.</summary>
    /// <returns>
    /// Whether a finding was made and the stages were ended; and the second exchange, if it was made under the usual conditions and worked.
    /// </returns>
    private async Task<(bool Ended, ExchangeResult? Second)> ExamineStallAsync(Attempt chosen, bool usesTls, ExchangeResult stalled, CancellationToken cancellation)
    {
        var remote = chosen.Outcome!.Remote;
        var segment = remote.Address.IsV6 ? SmallSegmentV6 : SmallSegmentV4;
        var evidence = (stalled.Http is null ? stalled.TlsEvidence : stalled.HttpEvidence).ToList();

        // Both at once: small segments, and the usual ones again, for a server may have stalled once for a reason of its own.
        var trySmall = LargeSegmentsArrived(stalled)
            ? Task.FromResult<ExchangeResult?>(null)
            : AgainAsync(new ConnectOptions(_options.ConnectTimeout) { MaximumSegmentSize = segment });
        var tryUsual = AgainAsync(new ConnectOptions(_options.ConnectTimeout));
        var (small, usual) = (await trySmall, await tryUsual);
        var stage = usesTls && stalled.Http is null ? Stage.Tls : Stage.Http;
        var headers = remote.Address.IsV6 ? HeadersV6 : HeadersV4;
        if (small is { IsStalled: true } && !Passed(small) && !Passed(usual) && !await CarriesAsync(chosen, segment + headers, cancellation))
        {
            // A line that carries less than every line should: its server is not to be blamed for it.
            segment = TinySegment;
            small = await AgainAsync(new ConnectOptions(_options.ConnectTimeout) { MaximumSegmentSize = segment });
        }

        var size = Passed(small) && !Passed(usual) ? await SearchSizeAsync(chosen, segment + headers, cancellation) : null;
        evidence.AddRange(size?.Evidence ?? []);
        if (Passed(small) && !Passed(usual) && size is not { SmallestLost: null, LargestPassed: not null })
        {
            var sizes = size is { LargestPassed: { } passed, SmallestLost: not null } ? $" Packets of {passed} octets pass, larger ones vanish." : string.Empty;

            // Where packets are lost whatever their size, an exchange stalls and another does not by chance, too.
            var isLossy = size is { IsLossy: true } || small!.Info?.Retransmissions > 0 || chosen.Outcome.Duration > SynTimeout;
            _board.Add(new Finding(Causes.PathMtuBlackhole, Severity.Fail, Stage.Path,
                $"Large packets vanish on the way to {_target.Host}, and nobody says so: the exchange stalls, and with segments of {segment} octets it works.{sizes}", evidence)
            {
                Confidence = isLossy ? Confidence.Likely : Confidence.Certain,
                Alternatives = isLossy ? [new Alternative(Causes.PathLoss, "Send a series of small echo requests and count the answers: if many are lost, size is not what matters.")] : [],
                Fix = "Let ICMP \"fragmentation needed\" and ICMPv6 \"packet too big\" pass, or clamp the maximum segment size at the router before the small link.",
            });
            EndStalled(stage, stalled, StageStatus.Fail, []);
            return (true, null);
        }

        if (Passed(usual))
        {
            _board.Add(new Finding(stage == Stage.Tls ? Causes.TcpStalled : Causes.HttpTimeout, Severity.Warn, stage,
                "The first exchange stalled; a second one worked.", evidence)
            {
                Confidence = Confidence.Likely,
                Fix = "Check again: a server that stalls now and then is overloaded or restarting; a path may be losing packets.",
                Alternatives = [new Alternative(Causes.PathLoss, "Send a series of echo requests and count the answers.")],
            });
            return (false, usual);
        }

        // It stalls with small segments too: the size is not the reason.
        if (stage == Stage.Tls)
        {
            EndStalled(stage, stalled, StageStatus.Fail,
                [StreamCauses.Stalled(Stage.Tls, Application.Tls.TlsWords.HowFar(stalled.Tls!), evidence, mtuExcluded: small is { IsStalled: true })]);
            return (true, null);
        }

        return (false, null);

        async Task<ExchangeResult?> AgainAsync(ConnectOptions how)
        {
            var again = await ConnectProbe.RunAsync(_context, remote, how, cancellation);
            lock (evidence) evidence.AddRange(again.Evidence);
            if (again.Connection is not { } connection) return null;
            var result = await _exchanger.RunAsync(_target, usesTls, connection, StallPatience, static _ => true, cancellation);
            lock (evidence) evidence.AddRange(result.TlsEvidence.Concat(result.HttpEvidence));
            return result;
        }

        // Progress beyond the stall, not merely another way to fail.
        bool Passed(ExchangeResult? result) => stage == Stage.Tls
            ? result is { Tls: TlsOutcome.Completed, Http: not HttpOutcome.TimedOut }
            : result is { Http: HttpOutcome.Completed };
    }

    // Full segments came in the handshake and the request is small: the size of packets cannot be what stalls the response.
    private static bool LargeSegmentsArrived(ExchangeResult stalled)
        => stalled is { Tls: TlsOutcome.Completed, Info: { ReceiveMaximumSegmentSize: { } received, SendMaximumSegmentSize: { } segment } } && received > segment * 9 / 10;

    private async Task<MtuObservation?> SearchSizeAsync(Attempt chosen, int passed, CancellationToken cancellation)
    {
        await using var reaches = new ReachSet(_context);
        var reach = await reaches.GetAsync(chosen.Address, cancellation);
        if (!await reach.IsAliveAsync(cancellation)) return null;
        return await MtuExperiment.SearchAsync(_context, reach, passed, _interfaces.Find(chosen.Subject.Route?.InterfaceIndex)?.Mtu ?? UsualMtu, EchoWait(chosen), cancellation);
    }

    /// <summary>Does an echo of this size come back? That it does not says little: many hosts answer none.</summary>
    private async Task<bool> CarriesAsync(Attempt chosen, int size, CancellationToken cancellation)
    {
        await using var reaches = new ReachSet(_context);
        return await MtuExperiment.CarriesAsync(await reaches.GetAsync(chosen.Address, cancellation), size, EchoWait(chosen), cancellation);
    }

    private static TimeSpan EchoWait(Attempt chosen) => TimeSpan.FromMilliseconds(Math.Clamp(4 * chosen.Outcome!.Duration.TotalMilliseconds, 50, 1000));

    private void EndStalled(Stage stage, ExchangeResult stalled, StageStatus status, IReadOnlyList<Finding> findings)
    {
        if (stage == Stage.Tls) _board.End(Stage.Tls, status, Application.Tls.TlsWords.Describe(stalled.Tls!), Application.Tls.TlsReporting.Facts(stalled), findings);
        else _board.End(Stage.Http, status, Application.Http.HttpWords.Describe(stalled.Http!), Application.Http.HttpReporting.Facts(stalled.Http!), findings);
    }
}
