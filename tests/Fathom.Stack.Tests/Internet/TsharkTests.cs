using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Testing;
using Fathom.Wire.Capture;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>TShark reads what two stacks say to each other, checksums verified, and finds nothing wrong with it.</summary>
public class TsharkTests
{
    [Fact]
    public async Task Nothing_that_is_sent_is_malformed()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        Assert.True(hosts.Left.CreateDhcpClient(hosts.LeftPort.Interface, new DhcpClientOptions { HostName = "deep" }).Start());
        hosts.Wire.Run(10);
        foreach (var (any, right, group) in ((string, string, string)[])[("0.0.0.0", "10.0.0.2", "239.1.2.3"), ("::", "fd00::2", "ff15::77")])
        {
            var address = IpAddress.Parse(right);
            Assert.True(hosts.Left.Icmp.TryOpenEcho(address.Version, null, null, out var echo));
            echo.Send(address, 1, new byte[56]);
            echo.Send(address, 2, new byte[5000]);
            var socket = TwoHosts.Open(hosts.Left, any, 0);
            var server = TwoHosts.Open(hosts.Right, any, 5000);
            socket.Send("found"u8, new IpEndpoint(address, 5000));
            socket.Send("nobody"u8, new IpEndpoint(address, 5001));
            server.JoinGroup(IpAddress.Parse(group), hosts.RightPort.Interface);
            hosts.Wire.Run(2);
            server.Close();
            Assert.True(hosts.Right.Tcp.TryListen(new IpEndpoint(address, 80), new TcpListenOptions(), out _, out _));
            Assert.True(hosts.Left.Tcp.TryConnect(new IpEndpoint(address, 80), new TcpConnectOptions(), out var connection, out _));
            hosts.Wire.Run(1);
            connection.Write(new byte[20_000]);
            hosts.Wire.Run(1);
            connection.Close();
            hosts.Wire.Run(2);
        }

        var path = Path.Combine(Path.GetTempPath(), $"fathom-stack-{Environment.ProcessId}.pcapng");
        try
        {
            Write(path, hosts.Wire.Frames);
            Assert.Empty(await AskAsync(path, "_ws.malformed or _ws.expert.severity >= 8388608"));

            // Everything that was meant to be said was said, so that silence is not what pleased TShark.
            foreach (var filter in (string[])[
                "arp", "icmp.type == 0", "icmpv6.type == 129", "icmpv6.type == 135 and ipv6.src == ::", "icmpv6.type == 136", "icmpv6.type == 133", "icmpv6.type == 143", "igmp.version == 3",
                "icmp.code == 3", "icmpv6.code == 4", "dhcp.option.dhcp == 1", "ip.flags.mf == 1", "ipv6.fraghdr.more == 1", "tcp.flags.fin == 1"])
            {
                Assert.True((await AskAsync(path, filter)).Count > 0, filter);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Write(string path, List<WireFrame> frames)
    {
        using var writer = new PcapngWriter(File.Create(path));
        var on = writer.AddInterface("wire0", linkType: 1);
        foreach (var frame in frames) writer.WritePacket(on, frame.At.Ticks * 100, frame.Bytes, frame.Bytes.Length);
    }

    private static async Task<List<string>> AskAsync(string path, string filter)
    {
        var (lines, errors, status) = await TSharkProcess.RunAsync(
        [
            "-n", "-r", path, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-Y", filter,
            "-T", "fields", "-e", "frame.number", "-e", "_ws.col.Info", "-e", "_ws.expert.message",
        ]);
        Assert.True(status == 0, errors);
        return lines;
    }
}
