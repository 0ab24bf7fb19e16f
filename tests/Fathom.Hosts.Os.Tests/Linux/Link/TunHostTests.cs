using System.Net;
using System.Net.Sockets;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Link;

/// <summary>A host of Fathom's stack in this process, and the kernel's sockets at the other end of the device, in a namespace of the test's own.</summary>
public sealed class TunHostTests
{
    private static readonly ConnectOptions Patient = new(TimeSpan.FromSeconds(20));

    private static TunOptions Options { get; } = new("ft%d")
    {
        Addresses = [new InterfaceAddress(IpAddress.Parse("10.77.0.2"), 24), new InterfaceAddress(IpAddress.Parse("fd77::2"), 64)],
        PeerAddresses = [new InterfaceAddress(IpAddress.Parse("10.77.0.1"), 24), new InterfaceAddress(IpAddress.Parse("fd77::1"), 64)],
    };

    // README of Fathom.Stack: its lines, run. What is changed here is changed there (tests/Architecture.Tests compares them).
    [Fact]
    public Task The_readmes_host_says_hello() => InNamespace(async () =>
    {
        var options = new TunOptions("fathom0")
        {
            Addresses = [new InterfaceAddress(IpAddress.Parse("10.77.0.2"), 24)],
            PeerAddresses = [new InterfaceAddress(IpAddress.Parse("10.77.0.1"), 24)],
        };
        if (!TunHost.Open(options).TryGet(out var tun, out var refusal)) throw new InvalidOperationException(refusal.Reason);
        await using (tun)
        {
            await using var listener = (await tun.Host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 7000)), default)).Value!;
            using var client = new TcpClient();
            var connecting = client.ConnectAsync("10.77.0.2", 7000);
            await using var connection = await listener.AcceptAsync(default);
            await connection.WriteAsync("hello from a stack of its own\n"u8.ToArray(), default);
            await connecting;
            using var reader = new StreamReader(client.GetStream());
            Assert.Equal("hello from a stack of its own", await reader.ReadLineAsync());
        }
    });

    [Theory]
    [InlineData("10.77.0.1", false, 1500)]
    [InlineData("10.77.0.1", true, 1500)]
    [InlineData("fd77::1", false, 1500)]
    [InlineData("fd77::1", true, 9000)]
    [InlineData("fd77::1", false, 1280)]
    public Task The_stack_as_client_of_the_kernel_sends_and_receives_every_octet(string server, bool withOffloads, int mtu) => InNamespace(async () =>
    {
        await using var tun = Open(Options with { UseOffloads = withOffloads, Mtu = mtu });
        using var listener = new TcpListener(IPAddress.Parse(server), 0);
        listener.Start();
        var port = (ushort)((IPEndPoint)listener.LocalEndpoint).Port;
        var accepting = listener.AcceptTcpClientAsync();
        var result = await tun.Host.ConnectAsync(new IpEndpoint(IpAddress.Parse(server), port), Patient, default);
        await using var connection = Assert.IsType<ConnectResult.Connected>(result).Connection;
        using var peer = await accepting;
        var sent = new byte[3_000_000];
        new Random(mtu).NextBytes(sent);
        var echoing = EchoAsync(peer);
        var writing = connection.WriteAsync(sent, default);
        var received = new byte[sent.Length];
        for (var count = 0; count < received.Length;)
        {
            var read = await connection.ReadAsync(received.AsMemory(count), default);
            Assert.Equal(StreamStatus.Ok, read.Status);
            count += read.Count;
        }

        Assert.Equal(sent.Length, (await writing).Count);
        Assert.True(sent.AsSpan().SequenceEqual(received));
        await connection.ShutdownAsync(default);
        Assert.Equal(StreamStatus.End, (await connection.ReadAsync(new byte[1], default)).Status);
        await echoing;
        var info = connection.GetTcpInfo().Value!;
        Assert.True(info.SmoothedRoundTrip > TimeSpan.Zero);
        Assert.Equal(sent.Length, info.BytesReceived);
    });

    [Fact]
    public Task Refused_and_reset_by_the_kernel_are_values() => InNamespace(async () =>
    {
        await using var tun = Open(Options);
        Assert.IsType<ConnectResult.Reset>(await tun.Host.ConnectAsync(new IpEndpoint(IpAddress.Parse("10.77.0.1"), 4), Patient, default));
        using var listener = new TcpListener(IPAddress.Parse("10.77.0.1"), 0);
        listener.Start();
        var accepting = listener.AcceptSocketAsync();
        var result = await tun.Host.ConnectAsync(new IpEndpoint(IpAddress.Parse("10.77.0.1"), (ushort)((IPEndPoint)listener.LocalEndpoint).Port), Patient, default);
        await using var connection = Assert.IsType<ConnectResult.Connected>(result).Connection;
        using var peer = await accepting;
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        Assert.Equal(StreamStatus.Reset, (await connection.ReadAsync(new byte[1], default)).Status);
    });

    [Fact]
    public Task What_runs_on_the_host_stays_on_its_thread() => InNamespace(async () =>
    {
        await using var tun = Open(Options);
        using var listener = new TcpListener(IPAddress.Parse("10.77.0.1"), 0);
        listener.Start();
        var echoing = AcceptAndEchoAsync(listener);
        var threads = new HashSet<int>();
        await tun.RunAsync(async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            var result = await tun.Host.ConnectAsync(new IpEndpoint(IpAddress.Parse("10.77.0.1"), (ushort)((IPEndPoint)listener.LocalEndpoint).Port), Patient, default);
            await using var connection = Assert.IsType<ConnectResult.Connected>(result).Connection;
            var buffer = new byte[10];
            for (var i = 0; i < 50; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await connection.WriteAsync(buffer.AsMemory(0, 1), default);
                Assert.Equal(1, (await connection.ReadAsync(buffer, default)).Count);
            }

            threads.Add(Environment.CurrentManagedThreadId);
        });
        await echoing;
        Assert.Single(threads);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
    });

    [Fact]
    public Task Disposal_resets_what_is_open_and_takes_the_device_away() => InNamespace(async () =>
    {
        var tun = Open(Options);
        Assert.True(tun.WasCreated);
        using var listener = new TcpListener(IPAddress.Parse("10.77.0.1"), 0);
        listener.Start();
        var accepting = listener.AcceptSocketAsync();
        var result = await tun.Host.ConnectAsync(new IpEndpoint(IpAddress.Parse("10.77.0.1"), (ushort)((IPEndPoint)listener.LocalEndpoint).Port), Patient, default);
        Assert.IsType<ConnectResult.Connected>(result);
        using var peer = await accepting;
        await tun.DisposeAsync();
        await tun.DisposeAsync();
        var error = await Assert.ThrowsAsync<SocketException>(async () => await peer.ReceiveAsync(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        var interfaces = (await OsHost.Create().GetInterfacesAsync(default)).Value!;
        Assert.DoesNotContain(interfaces, i => i.Name == tun.Device);
    });

    [Fact]
    public Task A_device_that_goes_away_ends_the_host_and_says_why() => InNamespace(async () =>
    {
        await using var tun = Open(Options);
        Shell.Run("ip", "link", "delete", tun.Device);
        await tun.Ended.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains(tun.Device, tun.Fault, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_name_that_is_taken_or_impossible_is_refused_with_the_reason() => InNamespace(async () =>
    {
        await using var tun = Open(Options with { Device = "ft7" });
        var busy = TunHost.Open(Options with { Device = "ft7" }).Refusal!;
        Assert.Equal(HostRefusalKind.AddressInUse, busy.Kind);
        Assert.NotNull(busy.Remedy);
        Assert.Equal(HostRefusalKind.AddressInUse, TunHost.Open(Options with { Device = "lo" }).Refusal?.Kind);
        Assert.Contains("longer than 15", TunHost.Open(Options with { Device = "a-name-that-is-long" }).Refusal?.Reason, StringComparison.Ordinal);
        Assert.NotNull(TunHost.Open(Options with { Device = "a/b" }).Refusal);
        Assert.NotNull(TunHost.Open(Options with { Device = "" }).Refusal);
        Assert.NotNull(TunHost.Open(Options with { Mtu = 20 }).Refusal);
    });

    [Fact]
    public async Task Without_the_privilege_it_is_refused_with_a_remedy()
    {
        using var place = new NetworkNamespace();
        await place.RunAsync(
            () =>
            {
                var refusal = TunHost.Open(Options).Refusal!;
                Assert.Equal(HostRefusalKind.NotPermitted, refusal.Kind);
                Assert.Contains("CAP_NET_ADMIN", refusal.Remedy, StringComparison.Ordinal);
                return Task.CompletedTask;
            },
            user: 65534);
    }

    private static TunHost Open(TunOptions options)
    {
        var opened = TunHost.Open(options);
        Assert.True(opened.TryGet(out var tun, out var refusal), refusal?.Reason);
        return tun;
    }

    private static async Task AcceptAndEchoAsync(TcpListener listener)
    {
        using var peer = await listener.AcceptTcpClientAsync();
        await EchoAsync(peer);
    }

    private static async Task EchoAsync(TcpClient peer)
    {
        var stream = peer.GetStream();
        var buffer = new byte[65536];
        while (await stream.ReadAsync(buffer) is > 0 and var count) await stream.WriteAsync(buffer.AsMemory(0, count));
        peer.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task InNamespace(Func<Task> test)
    {
        using var place = new NetworkNamespace();
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "There is no /dev/net/tun here.");
        await place.RunAsync(test);
    }
}
