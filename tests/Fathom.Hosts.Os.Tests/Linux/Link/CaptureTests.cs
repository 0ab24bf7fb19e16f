using System.Buffers.Binary;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Link;

/// <summary>What a capture sees, and when.</summary>
public sealed class CaptureTests(RoutedNetwork network) : IClassFixture<RoutedNetwork>
{
    private const byte Syn = 0x02, Ack = 0x10, SynAck = Syn | Ack;

    [Fact]
    public async Task A_handshake_is_there_when_connect_returns()
    {
        await using var listener = await ListenFar();
        await network.Near.RunAsync(async () =>
        {
            var host = OsHost.Create();
            await using var capture = await Open(host, new CaptureOptions());
            await using var connection = await Connect(host, listener.Local);
            var frames = Read(capture).Where(frame => IsTcp(frame, connection.Local.Port)).ToArray();

            Assert.Equal([Syn, SynAck, Ack], frames.Select(frame => frame.Bytes.Span[47]));
            Assert.Equal([FrameDirection.Sent, FrameDirection.Received, FrameDirection.Sent], frames.Select(frame => frame.Direction));
            Assert.All(frames, frame => Assert.Equal((1, "near0"), (frame.LinkType, frame.InterfaceName)));
            Assert.Equal(
                [(RoutedNetwork.NearV4, RoutedNetwork.FarV4), (RoutedNetwork.FarV4, RoutedNetwork.NearV4), (RoutedNetwork.NearV4, RoutedNetwork.FarV4)],
                frames.Select(frame => (IpAddress.FromBytes(frame.Bytes.Span.Slice(26, 4)), IpAddress.FromBytes(frame.Bytes.Span.Slice(30, 4)))));
            Assert.All(frames, frame => Assert.InRange(DateTimeOffset.UtcNow - frame.WallTime, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
            Assert.All(frames, frame => Assert.Equal(frame.Bytes.Length, frame.OriginalLength));
            // Virtual links leave checksums out; what is shown is what a link would carry (RFC 1071 §1: the sum over a good segment is zero).
            Assert.All(frames, frame => Assert.Equal(0, SumOfSegment(frame.Bytes.Span)));
            Assert.Equal(0, capture.Dropped);
        });
    }

    [Fact]
    public async Task A_frame_of_the_loopback_interface_is_seen_once() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        await using var capture = await Open(host, new CaptureOptions());
        await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Local = new IpEndpoint(IpAddress.LoopbackV4, 0) }, default)).Value!;
        Assert.Null(await socket.SendAsync("once"u8.ToArray(), socket.Local, default, default));
        await socket.ReceiveAsync(new byte[10], default);
        var frame = Assert.Single(Read(capture), frame => frame.InterfaceName == "lo");
        Assert.Equal("once"u8.ToArray(), frame.Bytes.Span[42..].ToArray());
    });

    [Fact]
    public async Task Frames_are_cut_to_the_snap_length() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        await using var capture = await Open(host, new CaptureOptions { SnapLength = 40 });
        await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4), default)).Value!;
        await socket.SendAsync(new byte[500], new IpEndpoint(RoutedNetwork.FarV4, 7), default, default);
        CapturedFrame? frame;
        while ((frame = Read(capture).FirstOrDefault(frame => frame.Bytes.Span[23] == 17)) is null) await capture.WaitAsync(default); // ARP may come first
        Assert.Equal((40, 542), (frame.Bytes.Length, frame.OriginalLength));
    });

    // The kernel closes the socket behind the capture's back, and this sees to it that it does.
    [Fact]
    public async Task A_capture_that_ended_leaves_no_socket() => await network.Near.RunAsync(async () =>
    {
        await UntilNone(); // those of the tests before
        var capture = await Open(OsHost.Create(), new CaptureOptions());
        Assert.Single(PacketSockets());
        await capture.DisposeAsync();
        await capture.DisposeAsync();
        await UntilNone();
        Assert.Empty(PacketSockets());

        // Nothing tells when; the grace periods of a busy machine take some tens of milliseconds.
        static async Task UntilNone()
        {
            var limit = System.Diagnostics.Stopwatch.StartNew();
            while (PacketSockets().Any() && limit.Elapsed < TimeSpan.FromSeconds(30)) await Task.Yield();
        }

        // Of this thread's namespace; the first line is the heading.
        static IEnumerable<string> PacketSockets() => File.ReadLines("/proc/thread-self/net/packet").Skip(1);
    });

    [Fact]
    public async Task Waiting_ends_with_a_frame_or_with_the_capture() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        var capture = await Open(host, new CaptureOptions { Addresses = [RoutedNetwork.FarV4] });
        _ = Read(capture).Count();
        var waiting = capture.WaitAsync(default);
        await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4), default)).Value!;
        await socket.SendAsync(new byte[5], new IpEndpoint(RoutedNetwork.FarV4, 7), default, default);
        Assert.True(await waiting);
        Assert.True(capture.TryRead(out _));
        while (Read(capture).Any()) await Task.Yield();
        waiting = capture.WaitAsync(default);
        await capture.DisposeAsync();
        // An ICMP error about the datagram may have come between: then the wait has ended with it, and the next one tells.
        if (await waiting) Assert.False(await capture.WaitAsync(default));
        Assert.False(capture.TryRead(out _));
    });

    [Fact]
    public async Task A_filter_keeps_the_addresses_ARP_and_ICMP_only() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        network.Near.Run("ip neigh flush all");
        await using var capture = await Open(host, new CaptureOptions { Addresses = [RoutedNetwork.FarV4, RoutedNetwork.FarV6] });
        foreach (var version in new[] { IpVersion.V4, IpVersion.V6 })
        {
            await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(version), default)).Value!;
            foreach (var address in new[] { RoutedNetwork.RouterOf(version), RoutedNetwork.FarOf(version) })
            {
                await socket.SendAsync("probe"u8.ToArray(), new IpEndpoint(address, 9999), default, default);
                Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)); // port unreachable
            }
        }

        var kinds = Read(capture).Where(frame => frame.InterfaceName == "near0").Select(Kind).ToHashSet();
        Assert.Superset(new HashSet<string> { "arp", "icmp", "icmpv6", "udp 10.77.2.2", "udp fd77:2::2" }, kinds);
        Assert.DoesNotContain("udp 10.77.1.254", kinds);
        Assert.DoesNotContain("udp fd77:1::fe", kinds);
    });

    [Fact]
    public async Task A_frame_that_is_sent_arrives_as_it_is()
    {
        var macs = new Dictionary<string, HostInterface>();
        await network.Router.RunAsync(async () => macs["router"] = await Named("rnear0"));
        ICapture? capture = null;
        await network.Router.RunAsync(async () => capture = await Open(OsHost.Create(), new CaptureOptions()));
        await using (capture)
        {
            await network.Near.RunAsync(async () =>
            {
                var near0 = await Named("near0");
                var frame = new byte[60];
                macs["router"].HardwareAddress!.Value.WriteTo(frame);
                near0.HardwareAddress!.Value.WriteTo(frame.AsSpan(6));
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x88B5); // IEEE 802 local experimental EtherType
                frame[14] = 42;
                Assert.Null(await OsHost.Create().SendFrameAsync(near0.Index, frame, default));
                CapturedFrame? seen;
                while ((seen = Read(capture!).FirstOrDefault(entry => entry.Bytes.Span[12] == 0x88 && entry.Bytes.Span[13] == 0xB5)) is null) await capture!.WaitAsync(default);
                Assert.Equal(frame, seen.Bytes.ToArray());
                Assert.Equal(FrameDirection.Received, seen.Direction);

                var refusal = await OsHost.Create().SendFrameAsync(9999, frame, default);
                Assert.Equal(HostRefusalKind.Failed, refusal?.Kind);
            });
        }
    }

    [Fact]
    public async Task A_VLAN_tag_is_shown()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 type veth peer name v1");
        place.Run("ip link set v1 up"); // first, so that v0 has carrier from the moment it is up and drops nothing
        place.Run("ip link set v0 up");
        await place.RunAsync(async () =>
        {
            var host = OsHost.Create();
            await using var capture = await Open(host, new CaptureOptions());
            var frame = new byte[64];
            frame.AsSpan(0, 6).Fill(0xFF);
            frame[6] = 2;
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(12), 0x8100_6064); // priority 3, VLAN 100
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), 0x88B5);
            Assert.Null(await host.SendFrameAsync((await Named("v0")).Index, frame, default));
            CapturedFrame? seen;
            while ((seen = Read(capture).FirstOrDefault(entry => entry is { InterfaceName: "v1", Direction: FrameDirection.Received } && entry.Bytes.Span[6] == 2)) is null) await capture.WaitAsync(default);
            Assert.Equal(frame, seen.Bytes.ToArray());
            Assert.Equal(64, seen.OriginalLength);
        });
    }

    [Fact]
    public async Task Frames_of_a_tunnel_are_bare_IP()
    {
        using var place = new NetworkNamespace();
        await place.RunAsync(async () =>
        {
            using var tunnel = Syscalls.OpenTunnel("t0");
            place.Run("ip addr add 10.6.0.1/24 dev t0");
            place.Run("ip link set t0 up");
            var host = OsHost.Create();
            await using var capture = await Open(host, new CaptureOptions());
            await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4), default)).Value!;
            await socket.SendAsync(new byte[4], new IpEndpoint(IpAddress.Parse("10.6.0.2"), 9), default, default);
            var frame = Assert.Single(Read(capture), entry => entry.InterfaceName == "t0" && entry.Bytes.Span[0] >> 4 == 4);
            Assert.Equal((101, 0x45, 32), (frame.LinkType, frame.Bytes.Span[0], frame.OriginalLength));
        });
    }

    [Fact]
    public async Task Frames_beyond_the_buffer_are_counted() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        await using var capture = await Open(host, new CaptureOptions { BufferSize = 4096 });
        await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4), default)).Value!;
        for (var i = 0; i < 100; i++) await socket.SendAsync(new byte[1000], new IpEndpoint(IpAddress.LoopbackV4, 9), default, default);
        var read = Read(capture).Count();
        Assert.True(capture.Dropped > 0, $"{read} frames were read and none dropped");
        Assert.Equal(capture.Dropped, capture.Dropped);
    });

    [Fact]
    public async Task Without_the_capability_the_refusal_names_it() => await network.Near.RunAsync(
        async () =>
        {
            var host = OsHost.Create();
            var refusal = (await host.OpenCaptureAsync(new CaptureOptions(), default)).Refusal!;
            Assert.Equal(HostRefusalKind.NotPermitted, refusal.Kind);
            Assert.Contains("CAP_NET_RAW", refusal.Remedy, StringComparison.Ordinal);
            refusal = (await host.SendFrameAsync(1, new byte[60], default))!;
            Assert.Equal(HostRefusalKind.NotPermitted, refusal.Kind);
            Assert.Contains("CAP_NET_RAW", refusal.Remedy, StringComparison.Ordinal);
        },
        user: 65534);

    private async Task<IStreamListener> ListenFar()
    {
        IStreamListener? listener = null;
        await network.Far.RunAsync(async () => listener = (await OsHost.Create().ListenAsync(new ListenOptions(new IpEndpoint(RoutedNetwork.FarV4, 0)), default)).Value!);
        return listener!;
    }

    private static async Task<IStreamConnection> Connect(OsHost host, IpEndpoint remote)
        => Assert.IsType<ConnectResult.Connected>(await host.ConnectAsync(remote, new ConnectOptions(TimeSpan.FromSeconds(5)), default)).Connection;

    private static async Task<ICapture> Open(OsHost host, CaptureOptions options)
    {
        var opened = await host.OpenCaptureAsync(options, default);
        Assert.True(opened.TryGet(out var capture, out var refusal), refusal?.Reason);
        return capture;
    }

    private static IEnumerable<CapturedFrame> Read(ICapture capture)
    {
        while (capture.TryRead(out var frame)) yield return frame;
    }

    private static async Task<HostInterface> Named(string name)
        => (await OsHost.Create().GetInterfacesAsync(default)).Value!.Single(entry => entry.Name == name);

    private static bool IsTcp(CapturedFrame frame, ushort port)
    {
        var bytes = frame.Bytes.Span;
        return bytes.Length >= 54 && bytes[12] == 8 && bytes[13] == 0 && bytes[23] == 6
            && (BinaryPrimitives.ReadUInt16BigEndian(bytes[34..]) == port || BinaryPrimitives.ReadUInt16BigEndian(bytes[36..]) == port);
    }

    private static string Kind(CapturedFrame frame)
    {
        var bytes = frame.Bytes.Span;
        return (BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]), bytes.Length > 23 ? bytes[23] : 0, bytes.Length > 20 ? bytes[20] : 0) switch
        {
            (0x0806, _, _) => "arp",
            (0x0800, 1, _) => "icmp",
            (0x86DD, _, 58) => "icmpv6",
            (0x0800, 17, _) => "udp " + IpAddress.FromBytes(bytes.Slice(30, 4)),
            (0x86DD, _, 17) => "udp " + IpAddress.FromBytes(bytes.Slice(38, 16)),
            _ => "other",
        };
    }

    // Over the pseudo-header and the segment of an IPv4 packet without options in an Ethernet frame.
    private static int SumOfSegment(ReadOnlySpan<byte> frame)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(frame[16..]) - 20;
        uint sum = (uint)(frame[23] + length);
        for (var at = 26; at < 34 + length; at += 2) sum += (uint)((frame[at] << 8) | (at + 1 < 34 + length ? frame[at + 1] : 0));
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
