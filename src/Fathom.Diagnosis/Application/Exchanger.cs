using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Application;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Application;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis.Application;

/// <summary>Carries out TLS and HTTP over one open connection and closes it.</summary>
internal sealed class Exchanger(ProbeContext context, CheckOptions options, Func<CancellationToken, Task<(TrustAnchors? Anchors, string? Why)>> anchors, Func<CheckTarget, bool, string?> cookies)
{
    /// <summary>Runs the exchange. The connection is closed at the end.</summary>
    /// <param name="target">What to ask for.</param>
    /// <param name="usesTls">TLS first.</param>
    /// <param name="connection">The open connection.</param>
    /// <param name="patience">How long to wait for each step; null for the usual limits.</param>
    /// <param name="onTls">Called between TLS and HTTP; its answer says whether to go on.</param>
    /// <param name="cancellation">Ends the exchange.</param>
    public async Task<ExchangeResult> RunAsync(
        CheckTarget target, bool usesTls, IStreamConnection connection, TimeSpan? patience, Func<ExchangeResult, bool> onTls, CancellationToken cancellation)
    {
        await using (connection)
        {
            if (!usesTls)
            {
                if (!target.UsesHttp) return new ExchangeResult { Info = connection.GetTcpInfo().Value };
                return await AskAsync(target, connection, new TcpByteStream(connection), new ExchangeResult(), patience, cancellation);
            }

            var name = target.Address is { } address ? address.WithZone(0).ToString() : target.Host;
            var outcome = await TlsProbe.RunAsync(context.Host, connection, new TlsProbeOptions(name, patience ?? options.TlsTimeout), cancellation);
            var result = new ExchangeResult { Tls = outcome };
            if (outcome.PeerChain.Count > 0) result = await JudgeAsync(result, outcome, name, cancellation);
            result = result with
            {
                Info = connection.GetTcpInfo().Value,
                TlsEvidence =
                [
                    context.Evidence.AddSocket($"TLS with {connection.Remote}: {Tls.TlsWords.Describe(outcome)}"),
                    .. context.Packets.FindLast(connection.Local, connection.Remote),
                ],
            };
            var goOn = onTls(result);
            if (outcome is not TlsOutcome.Completed { Session: var session }) return result;
            await using (session)
            {
                if (!goOn || !target.UsesHttp)
                {
                    await CloseAsync(session, cancellation);
                    return result with { ClosedHere = true };
                }

                result = await AskAsync(target, connection, new TlsByteStream(session), result, patience, cancellation);
                if (result.Http is not HttpOutcome.Completed { Close: not null }) await CloseAsync(session, cancellation);
                return result;
            }
        }
    }

    private async Task<ExchangeResult> JudgeAsync(ExchangeResult result, TlsOutcome outcome, string name, CancellationToken cancellation)
    {
        var (roots, why) = await anchors(cancellation);
        var now = context.Host.Time.GetUtcNow();
        if (roots is not null) return result with { Certificates = CertificateValidator.Validate(outcome.PeerChain, roots, name, now) };

        // Without roots nothing can be said of trust; names and dates can still be read.
        var verdict = CertificateValidator.Validate(outcome.PeerChain, new TrustAnchors([], "none"), name, now);
        return result with { CertificatesUnknown = why, Certificates = verdict with { Problems = [.. verdict.Problems.Where(static p => !IsAboutTrust(p.Kind))] } };
    }

    private static bool IsAboutTrust(CertificateProblemKind kind)
        => kind is CertificateProblemKind.SelfSigned or CertificateProblemKind.UntrustedIssuer or CertificateProblemKind.IncompleteChain;

    private async Task<ExchangeResult> AskAsync(
        CheckTarget target, IStreamConnection connection, IByteStream stream, ExchangeResult result, TimeSpan? patience, CancellationToken cancellation)
    {
        // Close: so that the teardown comes with the response, and the walk can see it without waiting.
        var fields = new List<HttpField>
        {
            new("Host", target.Authority),
            new("User-Agent", options.UserAgent),
            new("Accept", "*/*"),
            new("Connection", "close"),
        };
        if (cookies(target, result.Tls is not null) is { } cookie) fields.Add(new HttpField("Cookie", cookie));
        var request = new HttpRequestHead("GET", target.RequestTarget, new HttpFields(fields));
        var limits = patience is { } idle ? new HttpExchangeOptions { IdleTimeout = idle } : new HttpExchangeOptions();
        var http = await HttpExchange.RunAsync(context.Host, stream, request, limits, cancellation);
        return result with
        {
            Http = http,
            Info = connection.GetTcpInfo().Value,
            ClosedHere = http is HttpOutcome.Completed { Close: null },
            HttpEvidence =
            [
                context.Evidence.AddSocket($"GET {TextSanitizer.Escape(target.RequestTarget)} at {connection.Remote}: {Http.HttpWords.Describe(http)}"),
                .. context.Packets.FindLast(connection.Local, connection.Remote),
            ],
        };
    }

    private async Task CloseAsync(TlsSession session, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await session.CloseAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The peer takes no more data: the close_notify stays unsent, and disposing resets the connection.
        }
    }
}
