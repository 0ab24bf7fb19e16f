using System.Buffers.Binary;
using System.Globalization;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns;

/// <summary>
/// One question to one server: UDP with retries from one socket, a random id and port each (RFC 5452),
/// EDNS(0) (RFC 6891) with a second try without it where the server does not know it, TCP after truncation (RFC 7766).
/// </summary>
public static class DnsExchange
{
    // A server that answers with junk is not listened to for ever.
    private const int MaximumDiscarded = 16;

    /// <summary>Asks.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="server">The server.</param>
    /// <param name="question">The question.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the question with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<DnsExchangeOutcome> RunAsync(
        ProbeContext context, IpEndpoint server, DnsQuestion question, DnsQueryOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        context.Packets.Watch(server.Address);
        var start = context.Host.Time.GetTimestamp();
        var query = MakeQuery(context.Host, question, options, options.UseEdns);
        var first = new DnsExchangeOutcome.Answered(server, question, query, false);
        var outcome = options.OverTcp
            ? await OverTcpAsync(context, first, query, options, cancellation)
            : await OverUdpAsync(context, server, query, options, cancellation);
        if (options.UseEdns && !options.OverTcp && outcome is DnsExchangeOutcome.Answered { Message: { ResponseCode: DnsResponseCode.FormErr or DnsResponseCode.NotImp, Edns: null } or { ResponseCode: DnsResponseCode.BadVers } })
        {
            // RFC 6891 §7: a server that does not know EDNS answers FORMERR without an OPT record, or (RFC 6895 §2.2) NOTIMP; one that knows another version of it BADVERS (§6.1.3).
            query = MakeQuery(context.Host, question, options, withEdns: false);
            outcome = await OverUdpAsync(context, server, query, options, cancellation);
        }

        if (!options.IgnoreTruncation && outcome is DnsExchangeOutcome.Answered { Message.Truncated: true, OverTcp: false } truncated)
            outcome = await OverTcpAsync(context, truncated, query, options, cancellation);

        var duration = context.Since(start);
        var text = $"{Describe(outcome)} in {duration.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms";
        return outcome with { Duration = duration, Evidence = [context.Evidence.AddSocket(text), .. outcome.Evidence] };
    }

    private static DnsMessage MakeQuery(INetworkHost host, DnsQuestion question, DnsQueryOptions options, bool withEdns) => new()
    {
        Id = host.Random.NextUInt16(),
        RecursionDesired = options.RecursionDesired,
        CheckingDisabled = options.CheckingDisabled,
        AuthenticData = options.AuthenticData,
        Questions = [question],
        Edns = withEdns ? new DnsEdns(options.UdpPayloadSize, 0, options.DnssecOk, options.EdnsOptions) : null,
    };

    private static async Task<DnsExchangeOutcome> OverUdpAsync(
        ProbeContext context, IpEndpoint server, DnsMessage query, DnsQueryOptions options, CancellationToken cancellation)
    {
        var question = query.Questions[0];
        var opened = await context.Host.OpenDatagramAsync(new DatagramOptions(server.Address.Version) { Remote = server }, cancellation);
        if (!opened.TryGet(out var socket, out var refusal)) return new DnsExchangeOutcome.NotAsked(server, question, refusal);
        await using (socket)
        {
            var run = new UdpRun(context.Host, socket, query, options);
            var outcome = await run.RunAsync(server, cancellation);
            return outcome with { Evidence = context.Packets.FindDatagrams(socket.Local, server), Queries = run.Sent, Discarded = run.Discarded };
        }
    }

    private static async Task<DnsExchangeOutcome> OverTcpAsync(
        ProbeContext context, DnsExchangeOutcome.Answered truncated, DnsMessage query, DnsQueryOptions options, CancellationToken cancellation)
    {
        var (server, question) = (truncated.Server, truncated.Question);
        using var deadline = new Deadline(context.Host.Time, options.Timeout, cancellation);
        var result = await context.Host.ConnectAsync(server, new ConnectOptions(options.Timeout), cancellation);
        DnsExchangeOutcome Failed(string reason) => new DnsExchangeOutcome.TcpFailed(server, question, reason)
        {
            Queries = truncated.Queries,
            Evidence = [.. truncated.Evidence, .. result.Local is { } l ? context.Packets.FindHandshake(l, server) : []],
        };
        switch (result)
        {
            case ConnectResult.Connected connected:
                await using (connected.Connection)
                {
                    try
                    {
                        var (message, reason) = await DnsOverTcp.AskAsync(connected.Connection, query, deadline.Token);
                        return message is null
                            ? Failed(reason)
                            : new DnsExchangeOutcome.Answered(server, question, message, true) { Queries = truncated.Queries, Evidence = truncated.Evidence };
                    }
                    catch (OperationCanceledException) when (deadline.Passed)
                    {
                        return Failed($"TCP port {server.Port} accepted the connection and gave no answer in {options.Timeout.TotalSeconds:0.#} s");
                    }
                }

            case ConnectResult.Reset:
                return Failed($"TCP port {server.Port} refused the connection");
            case ConnectResult.Unreachable unreachable:
                return Failed($"TCP port {server.Port}: {unreachable.Error.Describe()}");
            case ConnectResult.TimedOut:
                return Failed($"TCP port {server.Port} did not answer the SYN in {options.Timeout.TotalSeconds:0.#} s");
            default:
                return new DnsExchangeOutcome.NotAsked(server, question, ((ConnectResult.Refused)result).Refusal);
        }
    }

    private static string Describe(DnsExchangeOutcome outcome)
    {
        var asked = $"{outcome.Question.Type.ToText()} {outcome.Question.Name} asked of {outcome.Server}";
        return outcome switch
        {
            DnsExchangeOutcome.Answered a => $"{asked}: {a.Message.ResponseCode.ToText()}, {a.Message.Answers.Count} answer records{(a.OverTcp ? " over TCP" : string.Empty)}",
            DnsExchangeOutcome.TimedOut => $"{asked}: no answer to {outcome.Queries} queries",
            DnsExchangeOutcome.Failed f => $"{asked}: {f.Error.Describe()}",
            DnsExchangeOutcome.Malformed m => $"{asked}: {m.Reason}",
            DnsExchangeOutcome.TcpFailed t => $"{asked}: {(t.Queries > 0 ? "truncated over UDP, and " : string.Empty)}{t.Reason}",
            DnsExchangeOutcome.NotAsked n => $"{asked}: {n.Refusal.Reason}",
            _ => asked,
        };
    }

    /// <summary>The retries of one question over one socket.</summary>
    private sealed class UdpRun(INetworkHost host, IDatagramSocket socket, DnsMessage query, DnsQueryOptions options)
    {
        private readonly long _start = host.Time.GetTimestamp();

        public int Sent { get; private set; }

        public List<string> Discarded { get; } = [];

        public async Task<DnsExchangeOutcome> RunAsync(IpEndpoint server, CancellationToken cancellation)
        {
            var question = query.Questions[0];
            using var deadline = new Deadline(host.Time, options.Timeout, cancellation);
            using var resending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
            var sender = SendAsync(resending.Token);
            NetworkError? soft = null;
            try
            {
                var buffer = new byte[65535];
                while (Discarded.Count < MaximumDiscarded)
                {
                    var received = await ReceiveAsync(socket, buffer, sender, deadline.Token);
                    if (received is DatagramEvent.Failed failed)
                    {
                        // Port unreachable from the server is its word. Any other error may be one router's passing trouble,
                        // or forged: it stands unless an answer still comes.
                        soft = failed.Error;
                        if (IsFinal(failed.Error, server)) return new DnsExchangeOutcome.Failed(server, question, failed.Error);
                        continue;
                    }

                    var datagram = (DatagramEvent.Received)received;
                    if (Judge(buffer.AsSpan(0, Math.Min(datagram.Length, buffer.Length)), out var message, out var reason))
                        return new DnsExchangeOutcome.Answered(server, question, message, false);
                    Discarded.Add(reason);
                }
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                // Whatever stands by now is the outcome.
            }
            finally
            {
                resending.Cancel();
                try
                {
                    await sender;
                }
                catch (OperationCanceledException)
                {
                    // No more queries are wanted.
                }
            }

            if (Discarded.Count > 0) return new DnsExchangeOutcome.Malformed(server, question, Discarded[^1]);
            return soft is null ? new DnsExchangeOutcome.TimedOut(server, question) : new DnsExchangeOutcome.Failed(server, question, soft);
        }

        // A local refusal of the first query (no route, say) ends the wait at once.
        private static async Task<DatagramEvent> ReceiveAsync(IDatagramSocket socket, byte[] buffer, Task<NetworkError?> sender, CancellationToken cancellation)
        {
            var receive = socket.ReceiveAsync(buffer, cancellation).AsTask();
            if (await Task.WhenAny(receive, sender) == sender && !receive.IsCompleted && sender.IsCompletedSuccessfully && await sender is { } local)
                return new DatagramEvent.Failed(local);
            return await receive;
        }

        private static bool IsFinal(NetworkError error, IpEndpoint server)
        {
            if (error.Origin == NetworkErrorOrigin.Local) return true;
            var meaning = error.GetMeaning([]);
            return meaning == IcmpMeaning.PortUnreachable && error.Reporter?.WithZone(0) == server.Address.WithZone(0);
        }

        private async Task<NetworkError?> SendAsync(CancellationToken cancellation)
        {
            var bytes = query.ToBytes();
            for (var i = 0; i < options.Schedule.Count; i++)
            {
                // RFC 6891 §6.2.6: some middleboxes drop what has an OPT record, and libc sends none. After silence to all others, the last query is without.
                if (i > 0 && i == options.Schedule.Count - 1 && query.Edns is { DnssecOk: false, Options.Count: 0 }) bytes = (query with { Edns = null }).ToBytes();
                var wait = options.Schedule[i] - host.Time.GetElapsedTime(_start);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, host.Time, cancellation);
                Sent++;
                if (await socket.SendAsync(bytes, null, new PacketOptions(), cancellation) is { } error) return error;
            }

            return null;
        }

        // RFC 5452 §9.1: id, question, and (by the connected socket) addresses and ports must match.
        private bool Judge(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsMessage? message, out string reason)
        {
            reason = string.Empty;
            if (bytes.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(bytes) != query.Id)
            {
                message = null;
                reason = "a reply with a wrong id";
                return false;
            }

            if (!DnsMessage.TryRead(bytes, out message, out var error))
            {
                // RFC 2181 §9: a truncated reply may be cut anywhere, and is only the reason to ask again over TCP.
                if (DnsHeader.TryRead(bytes, out var header, out _) && header is { IsResponse: true, Truncated: true })
                {
                    message = new DnsMessage { Id = query.Id, IsResponse = true, Truncated = true, Questions = query.Questions };
                    return true;
                }

                reason = $"a reply that cannot be parsed ({error})";
                return false;
            }

            if (DnsOverTcp.Matches(query, message)) return true;
            message = null;
            reason = "a reply to another question";
            return false;
        }
    }
}
