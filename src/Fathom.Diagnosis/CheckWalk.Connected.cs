using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Application.Dns;
using Fathom.Diagnosis.Application.Http;
using Fathom.Diagnosis.Application.Tls;
using Fathom.Diagnosis.Internet;
using Fathom.Diagnosis.Transport;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <content>What happens once a connection is open.</content>
internal sealed partial class CheckWalk
{
    // TLS with another than the target looks like this.
    private static readonly string[] SomebodyElses =
        [Causes.TlsNameMismatch, Causes.TlsSelfSigned, Causes.TlsUntrustedIssuer, Causes.TlsIncompleteChain, Causes.TlsNotTls, Causes.TlsHandshakeRefused, Causes.HttpWrongScheme];

    private async Task ConnectedAsync(
        Attempt chosen, IReadOnlyList<Task<Attempt>> attempts, ReachSet reach, bool usesTls, IReadOnlyList<Attempt> refused, CancellationToken cancellation)
    {
        _reaches = reach;
        ReportNearSide(chosen.Subject, proven: true);
        await ReportLivingNeighborAsync(chosen.Subject, cancellation);
        using var enough = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _context.Host.Time);
        var path = _isFollowUp ? Task.CompletedTask : WatchPathAsync(chosen, reach, enough, cancellation);
        var connect = ReportConnectAsync(chosen, attempts, refused);
        var dns = _dns is null || _board.HasEnded(Stage.Dns) ? Task.CompletedTask : ReportDnsAsync(cancellation);
        var exchange = await ExchangeAsync(chosen, usesTls, cancellation);

        if (IsSomebodyElses() && await ExaminePortalAsync([chosen, .. attempts.Where(static a => a.IsCompletedSuccessfully).Select(static a => a.Result)], cancellation) is { } portal) _board.Add(portal);

        // Whatever ends the check from here on, the target was got, unless a finding says otherwise.
        _gotIt = _unknown is null;

        // What still runs beside gets a moment, by the round trips seen; it is not worth more once the answer is there.
        enough.CancelAfter(Grace(chosen));
        await connect;
        await path;
        if (!_isFollowUp)
        {
            await JudgeLossAsync(chosen, attempts, exchange, reach, cancellation);
            await JudgeLatencyAsync(chosen, exchange, reach, cancellation);
        }

        await dns;
        JudgeTwins(attempts);
        await ExamineBrokenFamilyAsync(attempts, cancellation);
        if (_board.Findings.Any(static f => f.Cause == Causes.PathLoss)) ExplainByLoss();
        await ExplainByFamilyAsync(cancellation);
    }

    // Where a whole version of IP does not work, a resolver of that version that says nothing is no trouble of its own.
    private async Task ExplainByFamilyAsync(CancellationToken cancellation)
    {
        if (_dns is null || _board.Findings.FirstOrDefault(static f => f.Cause is Causes.PathIpv6Broken or Causes.PathIpv4Broken)?.Cause is not { } broken) return;
        var version = broken == Causes.PathIpv6Broken ? IpVersion.V6 : IpVersion.V4;
        var silent = (await _dns.CompleteAsync(cancellation)).Answers.Where(static a => !a.IsDefinite).ToArray();
        if (silent.Length > 0 && silent.All(a => a.Server.Address.Version == version && !a.Answered)) _board.Explain(Causes.DnsServerDegraded, broken);
    }

    // On a path that loses packets a resolver that seems dead may be no more than unlucky, and an exchange that stalls is the loss's work.
    private void ExplainByLoss()
    {
        _board.Explain(Causes.DnsServerDegraded, Causes.PathLoss);

        // So may a version of IP whose few packets did not come through.
        _board.Explain(Causes.PathIpv6Broken, Causes.PathLoss);
        _board.Explain(Causes.PathIpv4Broken, Causes.PathLoss);
        if (_board.Findings.Any(static f => f is { Severity: Severity.Fail, Cause: Causes.HttpTimeout or Causes.TcpStalled })) _board.Raise(Causes.PathLoss, Severity.Fail);
        if (_losesManyPackets && _board.Findings.Any(static f => f is { Cause: Causes.PathMtuBlackhole, Confidence: not Confidence.Certain }))
        {
            _board.Raise(Causes.PathLoss, Severity.Fail);
            _board.Explain(Causes.PathMtuBlackhole, Causes.PathLoss);
        }

        _board.Explain(Causes.HttpTimeout, Causes.PathLoss);
        _board.Explain(Causes.TcpStalled, Causes.PathLoss);
    }

    // What a portal does not let pass it refuses: whole versions of IP, and the ports of everything but plain HTTP; or it answers there with a certificate of its own, and for names with its address.
    private void ExplainByPortal()
    {
        string[] causes = [Causes.PathIpv6Broken, Causes.PathIpv4Broken, Causes.TcpRefused, Causes.TcpFiltered, Causes.PathFiltered, Causes.PathSilent, Causes.DnsHijacked, .. SomebodyElses];
        foreach (var cause in causes) _board.Explain(cause, Causes.HttpCaptivePortal);
    }

    private bool IsSomebodyElses() => _board.Findings.Any(static f => f.Severity == Severity.Fail && SomebodyElses.Contains(f.Cause));

    private static TimeSpan Grace(Attempt chosen)
    {
        var trip = chosen.Outcome!.Duration;

        // Hop probes leave one round trip after the SYN and have had two by now: what is to come is a slow router's answer, or none.
        return TimeSpan.FromMilliseconds(Math.Clamp(trip.TotalMilliseconds / 4, 5, 250));
    }

    /// <summary>Waits for the other attempts, which a browser would have dropped, and reports all of them.</summary>
    private async Task ReportConnectAsync(Attempt chosen, IReadOnlyList<Task<Attempt>> attempts, IReadOnlyList<Attempt> refused)
    {
        var info = chosen.Connection!.GetTcpInfo().Value;
        var others = await Task.WhenAll(attempts);
        foreach (var other in others)
        {
            if (other != chosen && other.Connection is { } unused) await unused.DisposeAsync();
        }

        ReportConnect(chosen, [.. others, .. refused], info);
    }

    private async Task ReportDnsAsync(CancellationToken cancellation)
    {
        var name = await _dns!.CompleteAsync(cancellation);
        var findings = new List<Finding>();
        if (!_dns.DecidedByHostsFile) findings.AddRange(DnsServerCauses.Judge(name, true));
        if (DnsAnswerCauses.JudgeDisagreement(name) is { } disagreement) findings.Add(disagreement);
        if (DnsTrustCauses.JudgeOverride(name, Severity.Warn, Confidence.Certain) is { } hosts) findings.Add(hosts);
        if (DnsTrustCauses.JudgeHijack(name) is { } hijack) findings.Add(hijack);

        _board.End(Stage.Dns, StageStatus.Pass, DnsReporting.Summary(name), DnsReporting.Facts(name), findings);
    }

    private void ReportConnect(Attempt chosen, IReadOnlyList<Attempt> all, TcpConnectionInfo? info)
    {
        var findings = new List<Finding>();
        var connection = chosen.Outcome!;
        var failed = all.Where(static a => a.Outcome is not null && a.Connection is null).ToArray();

        // What this host could not even try (no such family, out of descriptors) says nothing of the network.
        var tried = all.Where(static a => a.Outcome is { Result: not ConnectResult.Refused }).ToArray();
        foreach (var version in new[] { IpVersion.V6, IpVersion.V4 })
        {
            var ofVersion = tried.Where(a => a.Address.Version == version).ToArray();
            if (ofVersion.Length == 0 || ofVersion.Any(static a => a.Connection is not null) || chosen.Address.Version == version) continue;
            findings.Add(FamilyBroken(version, ofVersion));
        }

        foreach (var attempt in failed.Where(a => a.Address.Version == chosen.Address.Version && a.Outcome!.Remote.Port == connection.Remote.Port))
        {
            if (ConnectCauses.Judge(attempt, null, true, _interfaces.OwnAddresses) is { } finding)
                findings.Add(finding with { Severity = Severity.Warn, Summary = $"{finding.Summary} Another address of {_target.Host} works." });
            else if (attempt.Outcome!.Result is ConnectResult.TimedOut)
                findings.Add(OneAddressSilent(attempt));
        }

        foreach (var attempt in failed.Where(a => a.Outcome!.Remote.Port != connection.Remote.Port).Take(1))
        {
            if (ConnectCauses.Judge(attempt, null, true, _interfaces.OwnAddresses) is { } finding)
                findings.Add(finding with { Severity = Severity.Info, Summary = $"{finding.Summary} HTTP on port {connection.Remote.Port} works." });
        }

        _board.End(Stage.Connect, StageStatus.Pass, $"{connection.Remote} in {Text.Ms(connection.Duration)}", ConnectReporting.Facts(chosen, tried, info), findings);
    }

    private Finding OneAddressSilent(Attempt attempt) => new(Causes.TcpFiltered, Severity.Warn, Stage.Connect,
        $"{attempt.Address} port {attempt.Outcome!.Remote.Port} gives no answer to SYNs; another address of {_target.Host} works.", attempt.Outcome.Evidence)
    {
        Confidence = Confidence.Possible,
        Fix = "Take the dead address out of DNS, or repair its server.",
        Alternatives = [new Alternative(Causes.PathSilent, $"Check that address alone: fathom check {attempt.Address}")],
    };

    private static Finding FamilyBroken(IpVersion version, IReadOnlyList<Attempt> attempts)
    {
        var (cause, name, other) = version == IpVersion.V6
            ? (Causes.PathIpv6Broken, "IPv6", "IPv4")
            : (Causes.PathIpv4Broken, "IPv4", "IPv6");
        var how = attempts[0].Outcome!.Result switch
        {
            ConnectResult.Reset => "the connection is refused",
            ConnectResult.Unreachable u => Probes.Internet.NetworkErrorExtensions.Describe(u.Error),
            _ => "no answer comes to SYNs",
        };
        return new Finding(cause, Severity.Warn, Stage.Path, $"{name} is offered ({attempts[0].Address}) and does not work: {how}. {other} works, after a delay for every client that tries {name} first.",
            [.. attempts.SelectMany(static a => a.Outcome!.Evidence)])
        {
            Fix = version == IpVersion.V6 ? "Repair IPv6 on the way or at the server, or take the AAAA record out." : "Repair IPv4 on the way or at the server, or take the A record out.",
        };
    }

    /// <summary>TLS, HTTP, cookies and close over the chosen connection, with the experiments that a stall asks for.</summary>
    private async Task<ExchangeResult> ExchangeAsync(Attempt chosen, bool usesTls, CancellationToken cancellation)
    {
        if (usesTls) _board.Start(Stage.Tls);
        else _board.Skip(Stage.Tls, "not needed: no TLS in this target");
        DateTimeOffset now = _context.Host.Time.GetUtcNow();
        var validityOnly = false;
        var exchange = _exchange = await _exchanger.RunAsync(_target, usesTls, chosen.Connection!, null, result =>
        {
            // A certificate that the clock refuses may be the clock's fault: the server's Date field tells.
            var bad = CertificateCauses.Judge(result, null, now).ToArray();
            validityOnly = bad.Length > 0 && bad.All(static f => f.Cause is Causes.TlsExpired or Causes.TlsNotYetValid);
            if (bad.Length == 0 && result.Tls is TlsOutcome.Completed completed) EndTls(result, CertificateCauses.JudgeWeakness(completed, result.TlsEvidence));
            if (bad.Length == 0 || validityOnly) _board.Start(Stage.Http);
            return bad.Length == 0 || validityOnly;
        }, cancellation);

        if (exchange.IsStalled)
        {
            var (ended, second) = await ExamineStallAsync(chosen, usesTls, exchange, cancellation);
            if (ended) return exchange;
            if (second is not null) exchange = _exchange = second;
        }

        if (usesTls && !_board.HasEnded(Stage.Tls))
        {
            var spoken = await SurveyVersionsAsync(chosen, exchange, cancellation);
            var findings = new List<Finding>();
            if (TlsHandshakeCauses.Judge(_target, exchange, spoken) is { } refused)
            {
                findings.Add(refused);

                // Plain HTTP is also no TLS; that follows.
                if (refused.Cause == Causes.HttpWrongScheme) findings.Add(refused with { Cause = Causes.TlsNotTls, Follows = Causes.HttpWrongScheme });
            }
            else findings.AddRange(CertificateCauses.Judge(exchange, ServerDate(exchange), now));
            EndTls(exchange, findings);
        }

        if (validityOnly || exchange.Http is null)
        {
            if (!_target.UsesHttp) ReportClose(exchange);
            return exchange;
        }

        await ReportHttpAsync(chosen, usesTls, exchange, cancellation);
        return exchange;
    }

    private void EndTls(ExchangeResult exchange, IReadOnlyList<Finding> findings)
    {
        var tls = exchange.Tls!;
        if (exchange.CertificatesUnknown is { } why && findings.Count == 0)
        {
            _unknown = $"Whether the certificate can be trusted was not measured: {why}";
            _board.End(Stage.Tls, StageStatus.Unknown, $"the handshake works; the certificate was not judged: {why}", TlsReporting.Facts(exchange), findings);
            return;
        }

        _board.End(Stage.Tls, tls is TlsOutcome.Completed ? StageStatus.Pass : StageStatus.Fail, TlsReporting.Summary(exchange), TlsReporting.Facts(exchange), findings);
    }

    /// <summary>The peer closed on a plain request without a word: does it speak TLS?</summary>
    private async Task<Finding?> AskInTlsAsync(Attempt chosen, ExchangeResult exchange, CancellationToken cancellation)
    {
        var answers = await TlsProbe.FindVersionsAsync(_context.Host,
            token => _context.Host.ConnectAsync(chosen.Outcome!.Remote, new ConnectOptions(_options.ConnectTimeout), token),
            _target.Host, [TlsVersion.Tls12, TlsVersion.Tls13], _options.ConnectTimeout, cancellation);
        if (answers.FirstOrDefault(static a => a.Support is TlsVersionSupport.Spoken or TlsVersionSupport.Refused or TlsVersionSupport.Unclear) is not { } spoken) return null;
        var seen = _context.Evidence.AddSocket($"ClientHello ({spoken.Version.ToText()}) to {chosen.Outcome!.Remote}: answered in TLS");
        return HttpCauses.WrongScheme(_target, "the server closes the connection on a plain request, and answers a ClientHello in TLS", [.. exchange.HttpEvidence, seen]);
    }

    private static DateTimeOffset? ServerDate(ExchangeResult exchange)
        => exchange.Http?.Head?.Fields.First("Date") is { } text
            && DateTimeOffset.TryParseExact(text, "r", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>After a refusal that may be one of versions or cipher suites: what does the server take when it is offered everything?</summary>
    private async Task<IReadOnlyList<TlsVersionAnswer>> SurveyVersionsAsync(Attempt chosen, ExchangeResult exchange, CancellationToken cancellation)
    {
        var suspect = exchange.Tls is TlsOutcome.PeerClosed { Reset: false } or TlsOutcome.VersionUnsupported
            or TlsOutcome.AlertReceived { Alert.Description: TlsAlertDescription.ProtocolVersion or TlsAlertDescription.HandshakeFailure };
        if (!suspect) return [];
        return await TlsProbe.FindVersionsAsync(_context.Host,
            token => _context.Host.ConnectAsync(chosen.Outcome!.Remote, new ConnectOptions(_options.ConnectTimeout), token),
            _target.Host, [TlsVersion.Tls12, TlsVersion.Tls11, TlsVersion.Tls10], _options.ConnectTimeout, cancellation);
    }

    private async Task ReportHttpAsync(Attempt chosen, bool usesTls, ExchangeResult exchange, CancellationToken cancellation)
    {
        var http = exchange.Http!;
        var findings = HttpCauses.Judge(_target, usesTls, exchange).ToList();
        if (!usesTls && http is HttpOutcome.Broken { BytesReceived: 0 } && await AskInTlsAsync(chosen, exchange, cancellation) is { } scheme) findings = [scheme];
        var plain = usesTls || _isFollowUp ? null : PortalAnswerSeen.Of(exchange, _target.Host);
        var portal = plain is not null && (plain.MayBePortal(Absolute(_target, usesTls)) || await IsUnseenAsync(chosen, http, cancellation)) ? ControlPortal(chosen, plain, cancellation) : null;
        var redirect = _isFollowUp ? RedirectTrail.None : await FollowAsync(exchange, usesTls, cancellation);
        findings.AddRange(redirect.Findings);
        if (portal is not null && await FinishAsync(portal, LeastGrace + (2 * (chosen.Outcome!.Duration + http.Duration))) is { } captive) findings.Add(captive);
        else if (plain is not null && await JudgeNamePortalAsync(chosen, plain, cancellation) is { } named) findings.Add(named);
        if (redirect.Head is { } last && HttpInsecureHeaders.Judge(last.Head, last.UsedTls, last.Evidence) is { } insecure) findings.Add(insecure);
        else if (redirect.Head is null && http is HttpOutcome.Completed && HttpInsecureHeaders.Judge(http.Head!, usesTls, exchange.HttpEvidence) is { } own) findings.Add(own);
        var summary = HttpWords.StatusLine(http) + (http is HttpOutcome.Completed ? $" in {Text.Ms(http.Duration)}" : string.Empty) + redirect.Words;
        _board.End(Stage.Http, http is HttpOutcome.Completed ? StageStatus.Pass : StageStatus.Fail, summary, [.. HttpReporting.Facts(http), .. redirect.Facts], findings);
        ReportCookies(exchange, usesTls);
        ReportClose(exchange);
    }
}
