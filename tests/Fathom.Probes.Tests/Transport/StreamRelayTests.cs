using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Transport;

/// <summary>The relay between a connection of this machine's loopback and an input and output in memory.</summary>
public sealed class StreamRelayTests
{
    private static readonly INetworkHost Host = OsHost.Create();
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_peer_that_closes_its_half_first_still_gets_all_the_input()
    {
        await using var pair = await PairAsync();
        await pair.Peer.ShutdownAsync(_test); // the peer has nothing to say, and reads on
        var left = 5_000_000;
        var relaying = new StreamRelay(Host.Time, new StreamRelayOptions()).RunAsync(pair.Own, (b, _) => ValueTask.FromResult(Take(ref left, b.Length)), static (_, _) => default, _test);
        var received = await CountAsync(pair.Peer);
        var result = await relaying;

        Assert.Equal(5_000_000, received);
        Assert.Equal((StreamRelayEnding.PeerEnded, 5_000_000L, ObservedClose.PeerFirst), (result.Ending, result.Sent, result.Close));
    }

    [Fact]
    public async Task Input_that_never_comes_does_not_hold_it_after_the_peers_end()
    {
        await using var pair = await PairAsync();
        await pair.Peer.WriteAsync("bye"u8.ToArray(), _test);
        await pair.Peer.ShutdownAsync(_test);
        var result = await new StreamRelay(Host.Time, new StreamRelayOptions { InputGrace = TimeSpan.FromMilliseconds(20) }).RunAsync(pair.Own, NeverAsync, static (_, _) => default, _test);

        Assert.Equal((StreamRelayEnding.PeerEnded, 3L), (result.Ending, result.Received));
    }

    [Fact]
    public async Task A_reset_ends_it_and_says_so()
    {
        await using var pair = await PairAsync();
        pair.Peer.Abort();
        var result = await new StreamRelay(Host.Time, new StreamRelayOptions()).RunAsync(pair.Own, NeverAsync, static (_, _) => default, _test);

        Assert.Equal((StreamRelayEnding.PeerReset, ObservedClose.ResetByPeer), (result.Ending, result.Close));
    }

    [Fact]
    public async Task Idleness_ends_it()
    {
        await using var pair = await PairAsync();
        var result = await new StreamRelay(Host.Time, new StreamRelayOptions { IdleTimeout = TimeSpan.FromMilliseconds(30) }).RunAsync(pair.Own, NeverAsync, static (_, _) => default, _test);

        Assert.Equal(StreamRelayEnding.Idle, result.Ending);
    }

    [Fact]
    public async Task An_output_that_wants_no_more_ends_it()
    {
        await using var pair = await PairAsync();
        await pair.Peer.WriteAsync("x"u8.ToArray(), _test);
        var result = await new StreamRelay(Host.Time, new StreamRelayOptions()).RunAsync(pair.Own, NeverAsync, static (_, _) => throw new IOException("closed"), _test);

        Assert.Equal(StreamRelayEnding.OutputClosed, result.Ending);
    }

    [Fact]
    public async Task Cancellation_returns_what_was_done()
    {
        await using var pair = await PairAsync();
        using var stop = new CancellationTokenSource();
        var relaying = new StreamRelay(Host.Time, new StreamRelayOptions()).RunAsync(pair.Own, NeverAsync, (_, _) =>
        {
            stop.Cancel();
            return default;
        }, stop.Token);
        await pair.Peer.WriteAsync("x"u8.ToArray(), _test);

        var result = await relaying;
        Assert.Equal((StreamRelayEnding.Interrupted, 1L), (result.Ending, result.Received));
    }

    private static async ValueTask<int> NeverAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, Host.Time, cancellation);
        return 0;
    }

    private static int Take(ref int left, int room)
    {
        var count = Math.Min(left, room);
        left -= count;
        return count;
    }

    private async Task<long> CountAsync(IStreamConnection connection)
    {
        var (buffer, count) = (new byte[65536], 0L);
        while (await connection.ReadAsync(buffer, _test) is { Status: StreamStatus.Ok } read) count += read.Count;
        return count;
    }

    private async Task<Pair> PairAsync()
    {
        await using var listener = (await Host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), _test)).Value!;
        var connected = Assert.IsType<ConnectResult.Connected>(await Host.ConnectAsync(listener.Local, new ConnectOptions(TimeSpan.FromSeconds(10)), _test));
        return new Pair(connected.Connection, await listener.AcceptAsync(_test));
    }

    private sealed record Pair(IStreamConnection Own, IStreamConnection Peer) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Own.DisposeAsync();
            await Peer.DisposeAsync();
        }
    }
}
