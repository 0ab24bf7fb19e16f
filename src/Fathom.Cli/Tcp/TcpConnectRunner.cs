using Fathom.Cli.Check;
using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>Runs <c>fathom tcp connect</c>: look up, connect, relay, close, tell.</summary>
internal sealed class TcpConnectRunner(CommandRun run, TcpConnectRequest request)
{
    private readonly TcpConnectText _text = new(run, request);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await ConnectAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Complain("interrupted before there was a connection", ExitStatus.Unknown);
        }
    }

    private async Task<int> ConnectAsync(CancellationToken cancellation)
    {
        await using var evidence = request.NeedsCapture ? await PacketEvidence.OpenAsync(run.Host, request.PcapFile, cancellation) : null;
        if (evidence?.FileError is { } unwritable) return run.Refuse($"--pcap: {unwritable}");
        if (request.PcapFile is not null && evidence?.Refusal is { } nothing) run.Complain($"--pcap: nothing can be captured: {nothing.Reason}", ExitStatus.Good);
        var log = new EvidenceLog(run.Host.Time);
        var context = new ProbeContext(run.Host, log, new PacketRecorder(evidence?.Store, log));
        var (addresses, status) = await HostAddress.FindAllAsync(run, context, request.Host, request.Version, cancellation);
        if (addresses.Count == 0) return status;

        var session = new TcpSessionReport { CaptureRefusal = evidence?.Refusal is { } r ? r.Remedy is { } remedy ? $"{r.Reason} {remedy}" : r.Reason : null };
        await ConnectRace.RunAsync(context, addresses, request.Port, new ConnectOptions(request.Timeout) { Source = request.Source }, session.Attempts, cancellation);
        var last = session.Attempts[^1];
        if (request.ShowHandshake) session.Handshake = await HandshakeProbe.ReadAsync(context, last, session.CaptureRefusal, CancellationToken.None);
        _text.WriteConnected(session);
        if (last.Connection is { } connection)
        {
            try
            {
                await RelayAsync(context, connection, session, cancellation);
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }

        _text.WriteEnd(session);
        if (!run.IsText) run.WriteJson("fathom.tcp.connect/1", writer => TcpConnectJson.Write(writer, request, session));
        return StatusOf(session);
    }

    private async Task RelayAsync(ProbeContext context, IStreamConnection connection, TcpSessionReport session, CancellationToken cancellation)
    {
        var input = request.Send is { } said ? StandardStreams.Of(said) : StandardStreams.Input();
        var output = _text.OpenOutput(session);
        session.InfoAtStart = connection.GetTcpInfo().Value;
        var relay = new StreamRelay(run.Host.Time, new StreamRelayOptions { IdleTimeout = request.Idle, HalfCloseAtInputEnd = request.HalfClose && !request.Abort });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // With --abort the end of the input is the end: an RST does not wait for the peer.
        var feed = request.Abort ? UntilEnd(input, ended) : input;
        var result = await relay.RunAsync(connection, _text.Watch(feed), output, ended.Token);
        if (request.Abort && !cancellation.IsCancellationRequested && result.Ending == StreamRelayEnding.Interrupted) result = result with { Close = ObservedClose.ResetHere };
        session.Relay = result;
        session.Info = connection.GetTcpInfo().Value;
        session.Errors = connection.TakeErrors();
        var observed = result.Close;
        if (request.Abort && observed != ObservedClose.ResetByPeer)
        {
            connection.Abort();
            observed = ObservedClose.ResetHere;
        }
        else if (!result.HasHalfClosed && result.Ending is not (StreamRelayEnding.PeerReset or StreamRelayEnding.Failed))
        {
            await connection.ShutdownAsync(CancellationToken.None);
        }

        if (!request.ShowTeardown) return;
        // The process is asked to end, but what it knows by now includes the last segments, which are a round trip away.
        if (observed is ObservedClose.HereOnly or ObservedClose.Unknown) await connection.DisposeAsync();
        session.Teardown = await TeardownProbe.ReadAsync(context, connection.Local, connection.Remote, observed, session.CaptureRefusal, CancellationToken.None);
    }

    private static Func<Memory<byte>, CancellationToken, ValueTask<int>> UntilEnd(Func<Memory<byte>, CancellationToken, ValueTask<int>> input, CancellationTokenSource end) => async (buffer, cancellation) =>
    {
        var count = await input(buffer, cancellation);
        if (count == 0) end.Cancel();
        return count;
    };

    private static int StatusOf(TcpSessionReport session) => session.Attempts[^1].Result switch
    {
        ConnectResult.Refused => ExitStatus.Unknown,
        ConnectResult.Connected => session.Relay?.Ending is StreamRelayEnding.PeerReset or StreamRelayEnding.Failed or StreamRelayEnding.Idle ? ExitStatus.Broken : ExitStatus.Good,
        _ => ExitStatus.Broken,
    };
}
