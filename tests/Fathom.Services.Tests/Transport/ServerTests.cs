using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Transport;

/// <summary>The servers' limits and endings, on this machine's loopback; alone, since what others hold in memory meanwhile would count.</summary>
[Collection(Alone.Name)]
public sealed class ServerTests
{
    private static readonly INetworkHost Host = OsHost.Create();
    private static readonly IReadOnlyList<IpEndpoint> Anywhere = [new(IpAddress.LoopbackV4, 0)];
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echo_returns_a_hundred_megabytes_in_constant_memory()
    {
        await using var server = await StartAsync(new TcpServerOptions(Anywhere) { StopAfter = 1 }, new EchoService());
        var serving = server.RunAsync(_test);
        await using var client = await ConnectAsync(server);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        const long Total = 100_000_000;
        var sending = Task.Run(async () =>
        {
            var block = new byte[50_000];
            for (var sent = 0L; sent < Total; sent += block.Length) await client.WriteAsync(block, _test);
            await client.ShutdownAsync(_test);
        }, _test);
        var buffer = new byte[65536];
        var received = 0L;
        while (await client.ReadAsync(buffer, _test) is { Status: StreamStatus.Ok } read) received += read.Count;
        await sending;

        Assert.Equal(Total, received);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 10_000_000);
        var summary = await serving;
        Assert.Equal((1, Total, Total, 1), (summary.Served, summary.Received, summary.Sent, summary.Ends[StreamEnd.PeerClosed]));
    }

    [Fact]
    public async Task The_limit_of_octets_ends_a_connection_exactly_there()
    {
        await using var server = await StartAsync(new TcpServerOptions(Anywhere) { MaximumBytes = 10, StopAfter = 1 }, new EchoService());
        var serving = server.RunAsync(_test);
        await using var client = await ConnectAsync(server);
        await client.WriteAsync(new byte[10], _test);
        var buffer = new byte[100];
        var received = 0;
        while (await client.ReadAsync(buffer, _test) is { Status: StreamStatus.Ok } read) received += read.Count;

        Assert.Equal(10, received);
        Assert.Equal(1, (await serving).Ends[StreamEnd.ByteLimit]);
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        await using var server = await StartAsync(new TcpServerOptions(Anywhere) { IdleTimeout = TimeSpan.FromMilliseconds(50), StopAfter = 1 }, new EchoService());
        var serving = server.RunAsync(_test);
        await using var client = await ConnectAsync(server);

        Assert.Equal(StreamStatus.End, (await client.ReadAsync(new byte[1], _test)).Status);
        Assert.Equal(1, (await serving).Ends[StreamEnd.Idle]);
    }

    [Fact]
    public async Task The_end_is_told_and_room_is_made_before_the_client_sees_it()
    {
        const int Clients = 3;
        var observer = new EndWatch();
        await using var server = (await TcpServer.StartAsync(Host, new TcpServerOptions(Anywhere) { MaximumClients = 1, StopAfter = Clients }, new EchoService(), observer, _test)).Value!;
        var serving = server.RunAsync(_test);
        for (var i = 1; i <= Clients; i++)
        {
            await using var client = await ConnectAsync(server);
            var reading = client.ReadAsync(new byte[1], _test).AsTask();
            observer.ClientsEnd = reading;
            await client.ShutdownAsync(_test);
            Assert.Equal(StreamStatus.End, (await reading).Status);
            Assert.Equal(i, observer.Ended);
        }

        var summary = await serving;
        Assert.Equal((Clients, 0, 1), (summary.Served, summary.TurnedAway, summary.MostAtOnce));
        Assert.False(observer.ClientWasFirst);
    }

    [Fact]
    public async Task A_stop_closes_connections_in_order_and_frees_the_port()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await StartAsync(new TcpServerOptions(Anywhere), new EchoService());
        var serving = server.RunAsync(stop.Token);
        await using var client = await ConnectAsync(server);
        await client.WriteAsync("x"u8.ToArray(), _test);

        // The echo proves that the connection was accepted; before that there would be none to close.
        Assert.Equal(1, (await client.ReadAsync(new byte[1], _test)).Count);
        await stop.CancelAsync();

        Assert.Equal(1, (await serving).Served);
        Assert.Contains((await client.ReadAsync(new byte[1], _test)).Status, new[] { StreamStatus.End, StreamStatus.Reset });
        Assert.IsType<ConnectResult.Reset>(await Host.ConnectAsync(server.Local[0], new ConnectOptions(TimeSpan.FromSeconds(10)), _test));
    }

    [Fact]
    public async Task Port_0_is_one_port_for_both_versions_and_a_taken_one_says_so()
    {
        await using var server = await StartAsync(new TcpServerOptions([new(IpAddress.LoopbackV4, 0), new(IpAddress.LoopbackV6, 0)]), new DiscardService());
        Assert.Equal(server.Local[0].Port, server.Local[1].Port);
        var again = await TcpServer.StartAsync(Host, new TcpServerOptions([server.Local[0]]), new DiscardService(), null, _test);
        Assert.Equal(HostRefusalKind.AddressInUse, again.Refusal?.Kind);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(19, true)]
    [InlineData(0, true)]
    [InlineData(40000, false)]
    public void Echo_does_not_answer_ports_that_would_answer_the_answer(int port, bool loops)
    {
        var answer = new EchoDatagramService().Answer(new IpEndpoint(IpAddress.LoopbackV4, (ushort)port), new byte[3]);
        Assert.Equal(loops, answer is null);
    }

    [Fact]
    public async Task Forged_sources_do_not_grow_the_list_of_peers_without_end()
    {
        await using var server = (await UdpServer.StartAsync(Host, new UdpServerOptions(Anywhere) { MaximumPeers = 2, StopAfter = 5 }, new DiscardDatagramService(), null, _test)).Value!;
        var serving = server.RunAsync(_test);
        for (var i = 0; i < 5; i++)
        {
            await using var peer = (await Host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Remote = server.Local[0] }, _test)).Value!;
            Assert.Null(await peer.SendAsync(new byte[i], null, default, _test));
        }

        var summary = await serving;
        Assert.Equal((2, 5L, 10L, 3L), (summary.Peers.Count, summary.Datagrams, summary.Octets, summary.Others!.Datagrams));
    }

    // Who hears of the end looks whether the client has seen it: it has time enough.
    private sealed class EndWatch : ITcpServerObserver
    {
        private volatile int _ended;

        public Task ClientsEnd { get; set; } = Task.CompletedTask;

        public bool ClientWasFirst { get; private set; }

        public int Ended => _ended;

        public void OnAccepted(StreamSession session)
        {
        }

        public void OnEnded(StreamSession session)
        {
            ClientWasFirst |= ClientsEnd.Wait(TimeSpan.FromMilliseconds(100));
            _ended++;
        }

        public void OnTurnedAway(IpEndpoint remote)
        {
        }
    }

    private async Task<TcpServer> StartAsync(TcpServerOptions options, IStreamService service)
        => (await TcpServer.StartAsync(Host, options, service, null, _test)).Value!;

    private async Task<IStreamConnection> ConnectAsync(TcpServer server)
        => Assert.IsType<ConnectResult.Connected>(await Host.ConnectAsync(server.Local[0], new ConnectOptions(TimeSpan.FromSeconds(10)), _test)).Connection;
}
