using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests;

/// <summary>Whatever comes in: nothing is thrown, no buffer is lost, no table grows beyond its bounds, and the host still works.</summary>
public class HostileBytesTests
{
    [Theory]
    [InlineData(InterfaceMedium.PointToPoint, 1)]
    [InlineData(InterfaceMedium.PointToPoint, 2)]
    [InlineData(InterfaceMedium.Ethernet, 3)]
    [InlineData(InterfaceMedium.Ethernet, 4)]
    public void Damaged_frames_of_every_kind_are_survived(InterfaceMedium medium, int seed)
    {
        var samples = Samples(medium);
        Assert.InRange(samples.Count, 40, 1000);
        var random = new Random(seed);
        var hosts = new TwoHosts(medium);
        hosts.Left.RecordEvents = false;
        TwoHosts.Open(hosts.Left, "0.0.0.0", 5000);
        TwoHosts.Open(hosts.Left, "::", 5000);
        Assert.True(hosts.Left.Tcp.TryListen(new IpEndpoint(TwoHosts.LeftV4, 80), new TcpListenOptions(), out _, out _));
        var now = TimeSpan.FromSeconds(1);
        for (var i = 0; i < 40_000; i++)
        {
            var bytes = samples[random.Next(samples.Count)].ToArray();
            for (var changes = random.Next(4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(3) * 127);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length + 1)];
            var frame = hosts.Left.Pool.Rent(bytes.Length);
            bytes.CopyTo(frame.Append(bytes.Length));

            // A checksum that is called verified lets more of the damage through.
            if (random.Next(2) == 0) frame.Checksum = Fathom.Stack.Buffers.ChecksumState.Verified;
            hosts.Left.Receive(hosts.LeftPort.Interface, frame, now);
            now += TimeSpan.FromMilliseconds(random.Next(30));
            while (hosts.Left.Deadline <= now) hosts.Left.HandleDeadline(now);
            while (hosts.Left.TryTransmit(hosts.LeftPort.Interface, now, out var sent)) hosts.Left.Pool.Return(sent);
        }

        Assert.InRange(hosts.Left.Neighbors.Count, 0, 1024);

        // Connections that the samples opened time out; what waits for neighbors comes back.
        for (var end = now + TimeSpan.FromMinutes(30); now < end; now += TimeSpan.FromSeconds(1))
        {
            while (hosts.Left.Deadline <= now) hosts.Left.HandleDeadline(now);
            while (hosts.Left.TryTransmit(hosts.LeftPort.Interface, now, out var sent)) hosts.Left.Pool.Return(sent);
        }

        // What the two sockets have not read is the only thing that is kept.
        foreach (var socket in hosts.Left.Udp.Sockets.ToArray()) socket.Close();
        Assert.Equal(0, hosts.Left.Pool.Rented);
        if (medium == InterfaceMedium.Ethernet) return;
        Assert.True(hosts.Left.Icmp.TryOpenEcho(IpVersion.V4, null, null, out var echo));
        Assert.Equal(DatagramSendResult.Sent, echo.Send(TwoHosts.RightV4, 1, "still there"u8));
    }

    // What two hosts say to each other, both ways, and some that no host says.
    private static List<byte[]> Samples(InterfaceMedium medium)
    {
        var hosts = new TwoHosts(medium);
        hosts.Wire.Run(6);
        foreach (var (any, left, right) in ((string, string, string)[])[("0.0.0.0", "10.0.0.1", "10.0.0.2"), ("::", "fd00::1", "fd00::2")])
        {
            var (to, back) = (IpAddress.Parse(right), IpAddress.Parse(left));
            Assert.True(hosts.Right.Icmp.TryOpenEcho(to.Version, null, null, out var echo));
            echo.Send(back, 1, new byte[20]);
            echo.Send(back, 2, new byte[3000]);
            var socket = TwoHosts.Open(hosts.Right, any, 4000);
            var other = TwoHosts.Open(hosts.Left, any, 5000);
            socket.Send(new byte[30], new IpEndpoint(back, 5000));
            socket.Send(new byte[30], new IpEndpoint(back, 5001));
            other.Send(new byte[30], new IpEndpoint(to, 9));
            other.JoinGroup(IpAddress.Parse(any == "::" ? "ff15::7" : "239.0.0.7"), hosts.LeftPort.Interface);
            Assert.True(hosts.Left.Tcp.TryListen(new IpEndpoint(back, 80), new TcpListenOptions(), out _, out _));
            Assert.True(hosts.Right.Tcp.TryConnect(new IpEndpoint(back, 80), new TcpConnectOptions(), out var connection, out _));
            hosts.Wire.Run(1);
            connection.Write(new byte[5000]);
            hosts.Wire.Run(1);
            connection.Close();
            hosts.Wire.Run(1);
        }

        var samples = hosts.Wire.Frames.Select(static f => f.Bytes).ToList();
        var nd = new byte[16 + 8 + 32];
        new RouterAdvertisementHeader(64, false, false, 1800).WriteTo(nd);
        NdOptionWriter.WriteMtu(nd.AsSpan(16), 1400);
        NdOptionWriter.WritePrefixInformation(nd.AsSpan(24), new NdPrefixInformation(64, IpAddress.Parse("2001:db8::"), true, true, 3600, 1800));
        var redirect = new byte[40];
        new NeighborRedirectHeader(IpAddress.Parse("fe80::66"), IpAddress.Parse("2606::1")).WriteTo(redirect);
        var mld = new byte[28];
        new MldQueryHeader(1000, IpAddress.AnyV6).WriteTo(mld);
        var igmp = new byte[12];
        new IgmpQueryHeader(100, IpAddress.AnyV4).WriteTo(igmp);
        byte[][] more =
        [
            Frames.Icmpv6("fe80::9", "ff02::1", nd),
            Frames.Icmpv6("fe80::9", "fd00::1", redirect),
            Frames.Icmpv6("fe80::9", "ff02::1", mld, hopLimit: 1),
            Frames.V4("10.0.0.2", "224.0.0.1", IpProtocol.Igmp, igmp, timeToLive: 1),
            Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Icmp, Frames.Icmp(IcmpHeader.Redirect(IpAddress.Parse("10.0.0.3")), new byte[28])),
            Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Icmp, Frames.Icmp(IcmpHeader.FragmentationNeeded(600), Frames.V4("10.0.0.1", "10.0.0.2", IpProtocol.Udp, new byte[8]))),
            Frames.V6("fd00::2", "fd00::1", IpProtocol.HopByHop, [60, 0, 5, 2, 0, 0, 1, 0, 43, 0, 1, 4, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0]),
        ];
        samples.AddRange(more.Select(p => medium == InterfaceMedium.Ethernet ? Frames.Ethernet(TwoHosts.MacOf(2), TwoHosts.MacOf(1), p) : p));
        return samples;
    }
}
