using System.Buffers.Binary;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>An authoritative DNS server: zones over UDP and TCP at one address and port (RFC 1035 §4.2, RFC 7766).</summary>
public sealed class AuthoritativeServer : IAsyncDisposable
{
    // A handful of resolvers ask at once; more connections than these wait to be accepted.
    private const int MaximumConnections = 64;

    // RFC 7766 §6.2.3: "on the order of a few seconds".
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private readonly INetworkHost _host;
    private readonly AuthoritativeResponder _responder;
    private readonly IDatagramSocket _datagrams;
    private readonly IStreamListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private long _queries;

    private AuthoritativeServer(INetworkHost host, AuthoritativeResponder responder, IDatagramSocket datagrams, IStreamListener listener)
    {
        _host = host;
        _responder = responder;
        _datagrams = datagrams;
        _listener = listener;
        _running = Task.WhenAll(ServeDatagramsAsync(), ServeConnectionsAsync());
    }

    /// <summary>Where it answers, with the port that was chosen.</summary>
    public IpEndpoint Local => _listener.Local;

    /// <summary>Queries answered so far.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Starts to answer.</summary>
    /// <param name="host">The host.</param>
    /// <param name="local">Address and port; port 0 for one that is free.</param>
    /// <param name="zones">The zones.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async ValueTask<HostResult<AuthoritativeServer>> StartAsync(INetworkHost host, IpEndpoint local, IReadOnlyList<DnsZone> zones, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(zones);
        var listened = await host.ListenAsync(new ListenOptions(local), cancellation);
        if (!listened.TryGet(out var listener, out var refusal)) return refusal;
        var opened = await host.OpenDatagramAsync(new DatagramOptions(local.Address.Version) { Local = listener.Local }, cancellation);
        if (opened.TryGet(out var datagrams, out refusal)) return new AuthoritativeServer(host, new AuthoritativeResponder(zones), datagrams, listener);
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
        try
        {
            while (true)
            {
                // An error about an earlier answer (the asker has gone) is nothing to a server.
                if (await _datagrams.ReceiveAsync(buffer, _end.Token) is not DatagramEvent.Received { Truncated: false } received) continue;
                if (_responder.Respond(buffer.AsSpan(0, received.Length), overTcp: false) is not { } answer) continue;
                Interlocked.Increment(ref _queries);
                await _datagrams.SendAsync(answer, received.From, new PacketOptions(), _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async Task ServeConnectionsAsync()
    {
        var open = new HashSet<Task>();
        try
        {
            while (true)
            {
                while (open.Count >= MaximumConnections) open.Remove(await Task.WhenAny(open));
                open.Add(ServeConnectionAsync(await _listener.AcceptAsync(_end.Token)));
                open.RemoveWhere(static task => task.IsCompleted);
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
                while (await FillAsync(connection, prefix, either.Token))
                {
                    var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                    if (!await FillAsync(connection, query, either.Token) || _responder.Respond(query, overTcp: true) is not { } answer) return;
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

    private static async ValueTask<bool> FillAsync(IStreamConnection connection, Memory<byte> buffer, CancellationToken cancellation)
    {
        while (!buffer.IsEmpty)
        {
            var read = await connection.ReadAsync(buffer, cancellation);
            if (read.Status != StreamStatus.Ok) return false;
            buffer = buffer[read.Count..];
        }

        return true;
    }
}
