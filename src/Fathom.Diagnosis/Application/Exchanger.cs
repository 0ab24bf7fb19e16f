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
internal sealed class Exchanger(ProbeContext context, CheckOptions options, Func<CancellationToken, Task<(TrustAnchors? Anchors, string? Why)>> anchors)
{
    /// <summary>Runs the exchange. The connection is closed at the end.</summary>
    /// <param name="target">What to ask for.</param>
    /// <param name="usesTls">TLS first.</param>
    /// <param name="connection">The open connection.</param>
    /// <param name="onTls">Called between TLS and HTTP; its answer says whether to go on.</param>
    /// <param name="cancellation">Ends the exchange.</param>
    public async Task<ExchangeResult> RunAsync(
        CheckTarget target, bool usesTls, IStreamConnection connection, Func<ExchangeResult, bool> onTls, CancellationToken cancellation)
    {
        await using (connection)
        {
            if (!usesTls)
            {
                if (!target.UsesHttp) return new ExchangeResult { Info = connection.GetTcpInfo().Value };
                return await AskAsync(target, connection, new TcpByteStream(connection), new ExchangeResult(), cancellation);
            }

            var name = target.Address is { } address ? address.WithZone(0).ToString() : target.Host;
            var outcome = await TlsProbe.RunAsync(context.Host, connection, new TlsProbeOptions(name, options.TlsTimeout), cancellation);
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

                result = await AskAsync(target, connection, new TlsByteStream(session), result, cancellation);
                if (result.Http is not HttpOutcome.Completed { Close: not null }) await CloseAsync(session, cancellation);
                return result;
            }
        }
    }

    private async Task<ExchangeResult> JudgeAsync(ExchangeResult result, TlsOutcome outcome, string name, CancellationToken cancellation)
    {
        var (roots, why) = await anchors(cancellation);
        return roots is null
            ? result with { CertificatesUnknown = why }
            : result with { Certificates = CertificateValidator.Validate(outcome.PeerChain, roots, name, context.Host.Time.GetUtcNow()) };
    }

    private async Task<ExchangeResult> AskAsync(
        CheckTarget target, IStreamConnection connection, IByteStream stream, ExchangeResult result, CancellationToken cancellation)
    {
        // Close: so that the teardown comes with the response, and the walk can see it without waiting.
        var request = new HttpRequestHead("GET", target.RequestTarget, new HttpFields(
        [
            new HttpField("Host", target.Authority),
            new HttpField("User-Agent", options.UserAgent),
            new HttpField("Accept", "*/*"),
            new HttpField("Connection", "close"),
        ]));
        var http = await HttpExchange.RunAsync(context.Host, stream, request, new HttpExchangeOptions(), cancellation);
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
