using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Application;
using Spectre.Console;

namespace Fathom.Cli.Tcp;

/// <summary>What <c>fathom tcp connect</c> writes for people. Without a report the octets are all there is on standard output.</summary>
internal sealed class TcpConnectText(CommandRun run, TcpConnectRequest request)
{
    // A report shows what passed, not all of it.
    private const int ShownOctets = 2048;

    private long _shownSent;
    private long _shownReceived;

    private bool IsReport => run.IsText && request.IsReport;

    /// <summary>After the attempts: those that failed, and the handshake.</summary>
    public void WriteConnected(TcpSessionReport session)
    {
        var last = session.Attempts[^1];
        // An address that failed is no matter, once another one of the name has answered.
        foreach (var attempt in session.Attempts.Where(a => a.Connection is null && (last.Connection is null || request.Verbose || request.IsReport)))
            run.Complain($"{attempt.Remote}: {Failure(attempt)}", ExitStatus.Broken);
        if (last.Connection is { } connection)
        {
            var line = $"connected to {connection.Remote} from {connection.Local} in {Amount.Time(last.Duration)}";
            if (IsReport) run.Console.WriteLine(line);
            else if (request.Verbose) run.Errors.WriteLine(line);
            if (run.IsText && request.Send is null && !System.Console.IsInputRedirected)
                run.Errors.WriteLine((request.Verbose || request.IsReport ? string.Empty : line + "\n") + "Ctrl-D ends what you send, Ctrl-C the connection.");
        }

        if (IsReport && session.Handshake is { } handshake) WriteHandshake(handshake);
        if (IsReport && last.Connection is not null) run.Console.WriteLine();
    }

    /// <summary>Shows what is sent, in a report.</summary>
    public Func<Memory<byte>, CancellationToken, ValueTask<int>> Watch(Func<Memory<byte>, CancellationToken, ValueTask<int>> input) => !IsReport ? input : async (buffer, cancellation) =>
    {
        var count = await input(buffer, cancellation);
        if (count > 0) Show('>', buffer.Span[..count], ref _shownSent);
        return count;
    };

    /// <summary>Where what was received goes.</summary>
    public Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> OpenOutput(TcpSessionReport session)
    {
        if (!run.IsText) return (bytes, _) => Keep(session, bytes);
        if (request.IsReport)
        {
            return (bytes, _) =>
            {
                Show('<', bytes.Span, ref _shownReceived);
                return ValueTask.CompletedTask;
            };
        }

        if (System.Console.IsOutputRedirected || request.Raw)
        {
            var stream = StandardOutput.Open();
            if (!NetworkChoice.IsLab) return async (bytes, cancellation) => await stream.WriteAsync(bytes, cancellation);
            return (bytes, _) =>
            {
                stream.Write(bytes.Span);
                return ValueTask.CompletedTask;
            };
        }

        var safe = new SafeOctets();
        return (bytes, _) =>
        {
            run.Output.Write(safe.Next(bytes.Span));
            run.Output.Flush();
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>When all is over.</summary>
    public void WriteEnd(TcpSessionReport session)
    {
        if (!run.IsText) return;
        if (session.Relay is { } relay)
        {
            if (relay.Ending is StreamRelayEnding.PeerReset) run.Complain($"{session.Attempts[^1].Remote}: the peer reset the connection (RST): what was under way is lost", ExitStatus.Broken);
            else if (relay.Ending is StreamRelayEnding.Failed) run.Complain($"{session.Attempts[^1].Remote}: {relay.Error?.Describe() ?? "the connection failed"}", ExitStatus.Broken);
            else if (relay.Ending is StreamRelayEnding.Idle) run.Complain($"{session.Attempts[^1].Remote}: nothing moved for {Amount.Time(request.Idle!.Value)}: ended", ExitStatus.Broken);
            if (IsReport || request.Verbose || relay is { Ending: StreamRelayEnding.Interrupted, Close: not ObservedClose.ResetHere })
            {
                var line = $"{Amount.Octets(relay.Sent)} sent, {Amount.Octets(relay.Received)} received in {Amount.Count(relay.Chunks, "piece", "pieces")}; {Ending(relay)}";
                if (IsReport)
                {
                    if (_shownSent + _shownReceived > 0) run.Console.WriteLine();
                    run.Console.WriteLine(line);
                }
                else
                {
                    run.Errors.WriteLine(line);
                }
            }

            if (request.Info) WriteInfo(session);
            if (session.Teardown is { } teardown) new TeardownText(run.Console, teardown).Write();
        }

        var last = session.Attempts[^1];
        run.WriteAside(TcpExplanation.Of(session), $"nc -N {request.Host} {request.Port}", $"tcpdump -nn -i any 'tcp and host {last.Remote.Address} and port {request.Port}'", $"ss -tnoi 'dport = {request.Port} or sport = {request.Port}'");
    }

    /// <summary>One line for an attempt that failed: what came, and from whom.</summary>
    public static string Failure(ConnectOutcome attempt) => attempt.Result switch
    {
        ConnectResult.Reset => $"connection refused: the peer answered RST after {Amount.Time(attempt.Duration)}, nothing listens there",
        ConnectResult.Unreachable u when u.Error.GetMeaning([]) is IcmpMeaning.PortUnreachable or IcmpMeaning.Prohibited
            => $"connection rejected by a filter: {u.Error.Describe()} after {Amount.Time(attempt.Duration)} (a TCP without listener would answer RST)",
        ConnectResult.Unreachable u => $"unreachable: {u.Error.Describe()}",
        ConnectResult.TimedOut t => $"timed out: no answer in {Amount.Time(attempt.Duration)}{(t.Info?.Retransmissions is > 0 and var n ? $", the SYN was sent {n + 1} times" : string.Empty)}; a filter drops it, or no host is there",
        ConnectResult.Refused r => r.Refusal.Remedy is { } remedy ? $"{r.Refusal.Reason} {remedy}" : r.Refusal.Reason,
        _ => "no result",
    };

    private static string Ending(StreamRelayResult relay) => relay.Ending switch
    {
        StreamRelayEnding.PeerEnded => relay.Close == ObservedClose.PeerFirst ? "the peer closed first" : "the peer closed after us",
        StreamRelayEnding.PeerReset => "the peer reset the connection",
        StreamRelayEnding.Idle => "nothing moved any more",
        StreamRelayEnding.OutputClosed => "nobody takes the output",
        StreamRelayEnding.Interrupted => relay.Close == ObservedClose.ResetHere ? "aborted here" : "interrupted here",
        _ => "the connection failed",
    };

    private void WriteHandshake(HandshakeTranscript handshake)
    {
        run.Console.WriteLine();
        switch (handshake)
        {
            case HandshakeTranscript.Complete complete:
                run.Console.Write(Listing.Heading("Handshake, as captured"));
                run.Console.WriteLine();
                run.Console.Write(SegmentTable.WithWindows(complete.Segments));
                run.Console.WriteLine();
                run.Console.Write(SegmentTable.Offers(complete.Syn, complete.SynAck));
                break;
            case HandshakeTranscript.Partial partial:
                run.Console.Write(Listing.Heading("No whole handshake; as captured"));
                run.Console.WriteLine();
                run.Console.Write(SegmentTable.WithWindows(partial.Segments));
                break;
            case HandshakeTranscript.Inferred inferred:
                run.Console.Write(Listing.Heading("Handshake, not captured"));
                run.Console.WriteLine();
                run.Console.Write(Listing.Fields([("why", inferred.Why), .. TcpInfoRows.Agreed(inferred.Info)]));
                break;
            case HandshakeTranscript.Unknown unknown:
                run.Console.Write(Listing.Heading("Handshake, not captured"));
                run.Console.WriteLine();
                run.Console.Write(Listing.Fields([("why", unknown.Why)]));
                break;
        }
    }

    private void WriteInfo(TcpSessionReport session)
    {
        run.Console.WriteLine();
        run.Console.Write(Listing.Heading("Figures of the connection (TCP_INFO)"));
        run.Console.WriteLine();
        run.Console.Write(Listing.Fields((session.Info ?? session.InfoAtStart) is { } info ? TcpInfoRows.All(info) : [("why", "This system does not tell them.")]));
    }

    private static ValueTask Keep(TcpSessionReport session, ReadOnlyMemory<byte> bytes)
    {
        var room = (int)Math.Min(bytes.Length, TcpSessionReport.KeptOctets - session.Received.Length);
        session.Received.Write(bytes.Span[..room]);
        return ValueTask.CompletedTask;
    }

    // Line by line, so that what belongs together stands together; nothing is passed to the terminal as it is.
    private void Show(char sign, ReadOnlySpan<byte> bytes, ref long shown)
    {
        if (shown > ShownOctets) return;
        var part = bytes[..(int)Math.Min(bytes.Length, ShownOctets - shown)];
        while (!part.IsEmpty)
        {
            var end = part.IndexOf((byte)'\n') + 1;
            var line = end > 0 ? part[..end] : part;
            run.Console.WriteLine($"  {sign} {TextSanitizer.EscapeOctets(line)}");
            part = part[line.Length..];
        }

        if (shown + bytes.Length > ShownOctets) run.Console.WriteLine($"  {sign} … more, not shown");
        shown += bytes.Length;
    }
}
