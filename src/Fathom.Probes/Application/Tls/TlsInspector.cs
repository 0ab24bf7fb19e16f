using Fathom.Hosts.Application;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Probes.Transport;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Tls;

/// <summary>Looks at a TLS server from its name to its certificates: the whole way that a client goes, and what each step showed.</summary>
public static class TlsInspector
{
    // A happy-eyeballs client tries as many before a person gives up; each may take the whole timeout.
    private const int MaximumAddresses = 4;

    // Tickets, and the refusal of a client without a certificate, follow one round trip after the handshake. A local server needs some
    // milliseconds, too; more than half a second is too long to wait for what may never come.
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMilliseconds(500);

    private static readonly TlsVersion[] Surveyed = [TlsVersion.Tls13, TlsVersion.Tls12, TlsVersion.Tls11, TlsVersion.Tls10];

    /// <summary>Inspects a server.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="host">A name in its ASCII form, or an address; a zone may be an interface's name.</param>
    /// <param name="port">The port.</param>
    /// <param name="options">What to ask.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<TlsInspection> RunAsync(ProbeContext context, string host, ushort port, TlsInspectionOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        var lookup = await HostLookup.RunAsync(context, host, options.Version, cancellation);
        var inspection = new TlsInspection(host, port, lookup);
        if (lookup is HostLookupOutcome.CannotTell cannot) return inspection with { Refusal = cannot.Refusal };
        if (lookup is not HostLookupOutcome.Found found) return inspection;

        var attempts = new List<ConnectOutcome>();
        var winner = await ConnectRace.RunAsync(context, [.. found.Addresses.Take(MaximumAddresses)], port, new ConnectOptions(options.Handshake.Timeout), attempts, cancellation);
        inspection = inspection with { Attempts = attempts };
        if (attempts.All(static a => a.Result is ConnectResult.Refused)) return inspection with { Refusal = ((ConnectResult.Refused)attempts[^1].Result).Refusal };
        if (winner is null) return inspection;
        await using (winner)
        {
            if (options.StartTls is { } protocol)
            {
                inspection = inspection with { Prelude = await StartTls.RunAsync(context.Host, winner, protocol, options.Handshake.Timeout, cancellation) };
                if (inspection.Prelude.Failure is not null) return inspection;
            }

            inspection = await HandshakeAsync(context, winner, inspection, options, cancellation);
        }

        inspection = await JudgeAsync(context, inspection, options, cancellation);
        return await AskAgainAsync(context, attempts[^1].Remote, inspection, options, cancellation);
    }

    private static async Task<TlsInspection> HandshakeAsync(ProbeContext context, IStreamConnection connection, TlsInspection inspection, TlsInspectionOptions options, CancellationToken cancellation)
    {
        var outcome = await TlsProbe.RunAsync(context.Host, connection, options.Handshake with { PreparesResumption = options.TryResumption }, cancellation);
        if (outcome is not TlsOutcome.Completed { Session: var session }) return inspection with { Handshake = outcome, Messages = outcome.Messages };
        await using (session)
        {
            // What is waited for with a reason is waited for longer: the ticket that was asked for, the refusal of who had no certificate to show.
            var isExpected = options.TryResumption || outcome.CertificateRequest is not null;
            var late = await ReadLateAsync(context, session, isExpected ? LongestPatience : outcome.Duration, cancellation);
            await session.CloseAsync(cancellation);
            return inspection with { Handshake = outcome, Messages = session.Messages, LateAlert = late };
        }
    }

    private static async Task<TlsAlert?> ReadLateAsync(ProbeContext context, TlsSession session, TimeSpan handshake, CancellationToken cancellation)
    {
        // Before TLS 1.3 tickets and refusals come within the handshake.
        if (session.Version < TlsVersion.Tls13) return null;
        var patience = 2 * handshake;
        if (patience < ShortestPatience) patience = ShortestPatience;
        if (patience > LongestPatience) patience = LongestPatience;
        using var limit = new CancellationTokenSource(patience, context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            // A server may speak first (SMTP, IMAP); its words are not what is asked for.
            return (await session.ReadAsync(new byte[1024], either.Token)).Alert;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<TlsInspection> JudgeAsync(ProbeContext context, TlsInspection inspection, TlsInspectionOptions options, CancellationToken cancellation)
    {
        if (inspection.Handshake is not { PeerChain.Count: > 0 } outcome) return inspection;
        var anchors = options.Anchors;
        if (anchors is null)
        {
            var answer = await context.Host.GetTrustAnchorsAsync(cancellation);
            if (!answer.TryGet(out anchors, out var refusal)) return inspection with { Refusal = refusal };
        }

        return inspection with
        {
            Anchors = anchors,
            Certificates = CertificateValidator.Validate(outcome.PeerChain, anchors, options.ExpectedName, context.Host.Time.GetUtcNow()),
        };
    }

    private static async Task<TlsInspection> AskAgainAsync(ProbeContext context, IpEndpoint remote, TlsInspection inspection, TlsInspectionOptions options, CancellationToken cancellation)
    {
        if (!options.SurveyVersions && !options.SurveySuites && !options.TryResumption) return inspection;
        var timeout = options.Handshake.Timeout;
        async ValueTask<ConnectResult> ConnectAsync(CancellationToken c)
        {
            var result = await context.Host.ConnectAsync(remote, new ConnectOptions(timeout), c);

            // What the server says this time it said the first time; if it does not, the handshake shows it.
            if (options.StartTls is { } protocol && result is ConnectResult.Connected { Connection: var connection }) _ = await StartTls.RunAsync(context.Host, connection, protocol, timeout, c);
            return result;
        }

        if (options.TryResumption && inspection.Handshake is TlsOutcome.Completed { Session: var session })
            inspection = inspection with { Resumption = await TlsProbe.ResumeAsync(context.Host, ConnectAsync, session, options.Handshake.ServerName, timeout, cancellation) };
        if (!options.SurveyVersions && !options.SurveySuites) return inspection;
        var versions = await TlsProbe.FindVersionsAsync(context.Host, ConnectAsync, options.Handshake.ServerName, Surveyed, timeout, cancellation);
        inspection = inspection with { Versions = versions };
        if (!options.SurveySuites) return inspection;
        var suites = new List<TlsSuiteSurvey>();
        foreach (var version in versions.Where(static v => v.Support == TlsVersionSupport.Spoken && v.Version >= TlsVersion.Tls12))
            suites.Add(await TlsProbe.FindSuitesAsync(context.Host, ConnectAsync, options.Handshake.ServerName, version.Version, timeout, cancellation));
        return inspection with { Suites = suites };
    }
}
