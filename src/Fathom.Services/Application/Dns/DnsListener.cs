using System.Buffers.Binary;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>Takes queries over UDP and TCP at one address and port, and sends what a responder answers (RFC 1035 §4.2, RFC 7766).</summary>
internal sealed class DnsListener : IAsyncDisposable
{
    // A handful of resolvers ask at once; more connections than these wait to be accepted.
    private const int MaximumConnections = 64;

    // Queries over UDP that wait for their answers; what comes beyond waits in the socket, which drops what it has no room for.
    private const int MaximumWaiting = 1024;

    // RFC 7766 §6.2.3: "on the order of a few seconds".
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private readonly INetworkHost _host;
    private readonly IDnsResponder _responder;
    private readonly IDatagramSocket _datagrams;
    private readonly IStreamListener _listener;
    private readonly HostGate _sending = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private long _queries;

    private DnsListener(INetworkHost host, IDnsResponder responder, IDatagramSocket datagrams, IStreamListener listener)
    {
        _host = host;
        _responder = responder;
        _datagrams = datagrams;
        _listener = listener;
        _running = Task.WhenAll(ServeDatagramsAsync(), ServeConnectionsAsync());
    }

    /// <summary>Where it listens, with the port that was chosen.</summary>
    public IpEndpoint Local => _listener.Local;

    /// <summary>Queries answered so far.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Starts to listen.</summary>
    public static async ValueTask<HostResult<DnsListener>> StartAsync(INetworkHost host, IpEndpoint local, IDnsResponder responder, CancellationToken cancellation)
    {
        var listened = await host.ListenAsync(new ListenOptions(local), cancellation);
        if (!listened.TryGet(out var listener, out var refusal)) return refusal;
        var opened = await host.OpenDatagramAsync(new DatagramOptions(local.Address.Version) { Local = listener.Local }, cancellation);
        if (opened.TryGet(out var datagrams, out refusal)) return new DnsListener(host, responder, datagrams, listener);
        await listener.DisposeAsync();
        return refusal;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _end.Cancel();
        await _running;
        await _datagrams.DisposeAsync();
        await _listener.DisposeAsync();
        _end.Dispose();
    }

    private async Task ServeDatagramsAsync()
    {
        var buffer = new byte[65535];
        var waiting = new List<Task>();
        try
        {
            while (true)
            {
                // An error about an earlier answer (the asker has gone) is nothing to a server.
                if (await _datagrams.ReceiveAsync(buffer, _end.Token) is not DatagramEvent.Received { Truncated: false } received) continue;
                var answering = AnswerAsync(buffer.AsSpan(0, received.Length).ToArray(), received.From);
                if (!answering.IsCompleted) waiting.Add(answering);
                waiting.RemoveAll(static task => task.IsCompleted);
                while (waiting.Count >= MaximumWaiting) waiting.Remove(await Task.WhenAny(waiting));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(waiting);
        }
    }

    private async Task AnswerAsync(byte[] query, IpEndpoint from)
    {
        try
        {
            if (await _responder.RespondAsync(query, from, overTcp: false, _end.Token) is not { } answer) return;
            Interlocked.Increment(ref _queries);

            // A socket sends one datagram at a time.
            await _sending.EnterAsync(_end.Token);
            try
            {
                await _datagrams.SendAsync(answer, from, new PacketOptions(), _end.Token);
            }
            finally
            {
                _sending.Leave();
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async Task ServeConnectionsAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                while (open.Count >= MaximumConnections) open.Remove(await Task.WhenAny(open));
                open.Add(ServeConnectionAsync(await _listener.AcceptAsync(_end.Token)));
                open.RemoveAll(static task => task.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeConnectionAsync(IStreamConnection connection)
    {
        await using (connection)
        {
            using var idle = new CancellationTokenSource(IdleTimeout, _host.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, _end.Token);
            var prefix = new byte[2];
            try
            {
                while (await connection.FillAsync(prefix, either.Token))
                {
                    var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                    if (!await connection.FillAsync(query, either.Token)) return;

                    // While an answer is looked for nobody is idle; how long that takes is the responder's.
                    idle.CancelAfter(Timeout.InfiniteTimeSpan);
                    if (await _responder.RespondAsync(query, connection.Remote, overTcp: true, _end.Token) is not { } answer) return;
                    idle.CancelAfter(IdleTimeout);
                    Interlocked.Increment(ref _queries);
                    var framed = new byte[answer.Length + 2];
                    BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
                    answer.CopyTo(framed, 2);
                    if ((await connection.WriteAsync(framed, either.Token)).Status != StreamStatus.Ok) return;
                    idle.CancelAfter(IdleTimeout);
                }
            }
            catch (OperationCanceledException)
            {
                // Idle for too long, or the server ends.
            }
        }
    }
}
