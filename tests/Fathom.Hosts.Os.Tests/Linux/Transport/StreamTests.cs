using System.Globalization;
using System.Text.RegularExpressions;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Transport;

/// <summary>An open connection between two hosts, beyond what every host must do (tests/Contracts): the kernel's figures and errors.</summary>
public sealed partial class StreamTests(RoutedNetwork network) : IClassFixture<RoutedNetwork>
{
    [Fact]
    public async Task The_maximum_segment_size_can_be_lowered()
    {
        var options = new ConnectOptions(TimeSpan.FromSeconds(5)) { MaximumSegmentSize = 600 };
        await WithConnection(IpVersion.V4, options, (client, server) =>
        {
            // RFC 9293 §3.7.1: options come out of it, and timestamps take 12.
            Assert.Equal(588, server.GetTcpInfo().Value!.SendMaximumSegmentSize);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public Task TcpInfo_agrees_with_ss() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        if (Shell.Try("ss", "-V").Status != 0) Assert.Skip("The program ss (iproute2) is not installed.");
        await client.WriteAsync(new byte[3000], default);
        var count = 0;
        while (count < 3000) count += (await server.ReadAsync(new byte[4000], default)).Count;
        await server.WriteAsync("seen"u8.ToArray(), default);
        Assert.Equal("seen", await ReadText(client)); // it carries the acknowledgment

        // A packet may be under way still, a late acknowledgment or a copy that the kernel of a busy machine sent: then they are asked again.
        TcpConnectionInfo info;
        string ss;
        do
        {
            info = client.GetTcpInfo().Value!;
            ss = network.Near.Run(string.Create(CultureInfo.InvariantCulture, $"ss -tinoH sport = :{client.Local.Port}"));
        }
        while (client.GetTcpInfo().Value is { } later && (later.SegmentsIn, later.SegmentsOut) != (info.SegmentsIn, info.SegmentsOut));
        Assert.Equal("ESTABLISHED", info.State);
        Assert.Equal((long)Number(ss, "mss"), (long?)info.SendMaximumSegmentSize);
        Assert.Equal((long)Number(ss, "rcvmss"), (long?)info.ReceiveMaximumSegmentSize);
        Assert.Equal((long)Number(ss, "pmtu"), (long?)info.PathMtu);
        Assert.Equal((long)Number(ss, "cwnd"), (long?)info.CongestionWindow);
        Assert.Equal((long)Number(ss, "bytes_received"), (long?)info.BytesReceived);
        Assert.Equal((long)Number(ss, "segs_out"), (long?)info.SegmentsOut);
        Assert.Equal((long)Number(ss, "segs_in"), (long?)info.SegmentsIn);
        Assert.Equal(Number(ss, "rtt"), info.SmoothedRoundTrip!.Value.TotalMilliseconds, 3);
        Assert.Equal(Number(ss, "minrtt"), info.MinimumRoundTrip!.Value.TotalMilliseconds, 3);
        Assert.Equal(Number(ss, "rto"), info.RetransmissionTimeout!.Value.TotalMilliseconds, 3);
        Assert.Contains($"wscale:{info.SendWindowScale},{info.ReceiveWindowScale} ", ss, StringComparison.Ordinal);
        Assert.Equal(Regex.IsMatch(ss, @"\bsack\b"), info.SelectiveAcknowledgment);
        Assert.Equal(Regex.IsMatch(ss, @"\bts\b"), info.Timestamps);
        Assert.Equal(Regex.Match(ss, @"\bretrans:\d+/(\d+)") is { Success: true } copies ? long.Parse(copies.Groups[1].Value, CultureInfo.InvariantCulture) : 0, info.Retransmissions);
        // What was sent, without the SYN that ss counts in.
        Assert.Equal(3000, info.BytesAcknowledged);
    });

    [Fact]
    public Task An_ICMP_error_on_an_open_connection_is_soft_and_can_be_taken() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        using (new RejectRule(network.Router, $"ip saddr 10.77.1.1 tcp sport {client.Local.Port} reject with icmp type host-unreachable"))
        {
            var reading = client.ReadAsync(new byte[10], default);
            await client.WriteAsync("lost"u8.ToArray(), default);
            IReadOnlyList<NetworkError> errors;
            var limit = System.Diagnostics.Stopwatch.StartNew();
            while ((errors = client.TakeErrors()).Count == 0 && limit.Elapsed < TimeSpan.FromSeconds(30)) await Task.Yield();
            // For an open connection the kernel keeps the number only (tcp_v4_err).
            Assert.Equal((NetworkErrorOrigin.Local, 113), (errors[0].Origin, errors[0].SystemError));
            await server.WriteAsync("still"u8.ToArray(), default);
            Assert.Equal(new StreamResult(StreamStatus.Ok, 5), await reading);
        }
    });

    [Fact]
    public async Task Listening_twice_at_one_port_is_refused() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        await using var first = (await host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 0)), default)).Value!;
        Assert.NotEqual(0, first.Local.Port);
        var second = await host.ListenAsync(new ListenOptions(first.Local), default);
        Assert.Equal(HostRefusalKind.AddressInUse, second.Refusal?.Kind);
        // The other version's port of the same number is free.
        await using var other = (await host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV6, first.Local.Port)), default)).Value!;
        Assert.Equal(first.Local.Port, other.Local.Port);
    });

    private Task WithConnection(IpVersion version, Func<IStreamConnection, IStreamConnection, Task> action)
        => WithConnection(version, new ConnectOptions(TimeSpan.FromSeconds(5)), action);

    // Both ends are used on one thread; a socket stays in the namespace where it was opened.
    private async Task WithConnection(IpVersion version, ConnectOptions options, Func<IStreamConnection, IStreamConnection, Task> action)
    {
        IStreamListener? listener = null;
        await network.Far.RunAsync(async () => listener = (await OsHost.Create().ListenAsync(new ListenOptions(new IpEndpoint(RoutedNetwork.FarOf(version), 0)), default)).Value!);
        await using (listener)
        {
            await network.Near.RunAsync(async () =>
            {
                var result = await OsHost.Create().ConnectAsync(listener!.Local, options, default);
                await using var client = Assert.IsType<ConnectResult.Connected>(result).Connection;
                Assert.Equal(client.Local, result.Local);
                await using var server = await listener.AcceptAsync(default);
                await action(client, server);
            });
        }
    }

    private static async Task<string> ReadText(IStreamConnection connection)
    {
        var buffer = new byte[100];
        var result = await connection.ReadAsync(buffer, default);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, result.Count);
    }

    private static double Number(string ss, string name)
        => double.Parse(Regex.Match(ss, $@"\b{name}:([0-9.]+)").Groups[1].Value, CultureInfo.InvariantCulture);
}
