using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Portable;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Portable;

/// <summary>The port by the means of .NET alone, on whatever system runs the tests.</summary>
public sealed class PortableHostTests
{
    // Unassigned (IANA), and below what a system gives to who asks for any.
    private const ushort ClosedPort = 4;

    private static readonly PortableHost Host = new(new OsHostOptions());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Octets_pass_and_ends_are_told(string address)
    {
        var loopback = IpAddress.Parse(address);
        await using var listener = (await Host.ListenAsync(new ListenOptions(new IpEndpoint(loopback, 0)), default)).Value!;
        var result = await Host.ConnectAsync(listener.Local, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
        await using var client = Assert.IsType<ConnectResult.Connected>(result).Connection;
        await using var server = await listener.AcceptAsync(default);
        Assert.Equal(client.Local, server.Remote);
        Assert.Equal(new StreamResult(StreamStatus.Ok, 5), await client.WriteAsync("hello"u8.ToArray(), default));
        Assert.Equal(5, (await server.ReadAsync(new byte[10], default)).Count);
        await client.ShutdownAsync(default);
        Assert.Equal(StreamStatus.End, (await server.ReadAsync(new byte[10], default)).Status);
        server.Abort();
        Assert.Equal(StreamStatus.Reset, (await client.ReadAsync(new byte[10], default)).Status);
        Assert.Equal(HostRefusalKind.NotSupported, client.GetTcpInfo().Refusal?.Kind);
    }

    [Fact]
    public async Task A_closed_port_is_Reset()
    {
        // Not one that was just closed: such a port may be given to somebody else, and to this very connection.
        var result = await Host.ConnectAsync(new IpEndpoint(IpAddress.LoopbackV4, ClosedPort), new ConnectOptions(TimeSpan.FromSeconds(5)), default);
        Assert.IsType<ConnectResult.Reset>(result);
        Assert.NotNull(result.Local);
    }

    [Fact]
    public async Task Datagrams_pass_and_a_closed_port_is_told()
    {
        await using var one = (await Host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Local = new IpEndpoint(IpAddress.LoopbackV4, 0) }, default)).Value!;
        var two = (await Host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Remote = one.Local }, default)).Value!;
        Assert.Null(await two.SendAsync("x"u8.ToArray(), null, default, default));
        var received = Assert.IsType<DatagramEvent.Received>(await one.ReceiveAsync(new byte[10], default));
        Assert.Equal((two.Local, 1), (received.From, received.Length));
        await two.DisposeAsync();

        await using var three = (await Host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Remote = new IpEndpoint(IpAddress.LoopbackV4, ClosedPort) }, default)).Value!;
        Assert.Null(await three.SendAsync("x"u8.ToArray(), null, default, default));
        var failed = Assert.IsType<DatagramEvent.Failed>(await three.ReceiveAsync(new byte[10], default));
        Assert.Equal((NetworkErrorOrigin.Icmp, (byte)3, (byte)3), (failed.Error.Origin, failed.Error.Type, failed.Error.Code));
        Assert.Null(failed.Error.Reporter);
    }

    [Fact]
    public async Task Interfaces_are_listed_with_the_loopback_address()
    {
        var interfaces = (await Host.GetInterfacesAsync(default)).Value!;
        var loopback = interfaces.Single(entry => entry.Addresses.Any(address => address.Address == IpAddress.LoopbackV4));
        Assert.Equal(Fathom.Hosts.Link.InterfaceKind.Loopback, loopback.Kind);
        Assert.Equal(8, loopback.Addresses.Single(address => address.Address == IpAddress.LoopbackV4).PrefixLength);
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused()
    {
        Assert.Equal(HostRefusalKind.NotSupported, (await Host.GetRoutesAsync(default)).Refusal?.Kind);
        Assert.Equal(HostRefusalKind.NotSupported, (await Host.FindRouteAsync(IpAddress.LoopbackV4, default)).Refusal?.Kind);
        Assert.Equal(HostRefusalKind.NotSupported, (await Host.GetNeighborsAsync(default)).Refusal?.Kind);
        Assert.Equal(HostRefusalKind.NotSupported, (await Host.OpenCaptureAsync(new Fathom.Hosts.Link.CaptureOptions(), default)).Refusal?.Kind);
        Assert.Equal(HostRefusalKind.NotSupported, (await Host.SendFrameAsync(1, new byte[60], default))?.Kind);
    }

    [Fact]
    public async Task Echo_asks_the_systems_ping_service()
    {
        await using var socket = (await Host.OpenEchoAsync(new EchoOptions(IpVersion.V4), default)).Value!;
        Assert.Equal(EchoMethod.System, socket.Method);
        Assert.Null(await socket.SendAsync(IpAddress.LoopbackV4, 17, new byte[32], default, default));
        var answer = await socket.ReceiveAsync(default);
        if (answer is EchoEvent.Failed { Error.Origin: NetworkErrorOrigin.Local }) Assert.Skip("The system has no ping service that this process may use.");
        var reply = Assert.IsType<EchoEvent.Reply>(answer);
        Assert.Equal((IpAddress.LoopbackV4, (ushort)17, 32), (reply.From, reply.Sequence, reply.DataLength));
    }

    [Fact]
    public async Task Roots_come_from_the_systems_store()
    {
        var result = await new PortableHost(new OsHostOptions { Environment = _ => null }).GetTrustAnchorsAsync(default);
        Assert.True(result.TryGet(out var anchors, out var refusal), refusal?.Reason);
        Assert.All(anchors.Certificates, certificate => Assert.Equal(0x30, certificate.Span[0]));
    }
}
