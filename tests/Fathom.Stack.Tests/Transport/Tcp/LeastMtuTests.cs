using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>Paths of IPv4 that carry no more than RFC 791 promises, 68 octets: less than a segment with all options and eight octets of data.</summary>
public class LeastMtuTests
{
    [Theory]
    [InlineData(68)]
    [InlineData(80)]
    [InlineData(87)]
    [InlineData(88)]
    public void A_transfer_crosses_a_link_of_the_least_MTU(int mtu)
    {
        var hosts = new TwoHosts(mtu: mtu);
        Assert.True(hosts.Right.Tcp.TryListen(new IpEndpoint(TwoHosts.RightV4, 80), new TcpListenOptions(), out var listener, out _));
        Assert.True(hosts.Left.Tcp.TryConnect(new IpEndpoint(TwoHosts.RightV4, 80), new TcpConnectOptions(), out var client, out _));
        hosts.Wire.Run(1);
        Assert.True(listener.TryAccept(out var server));
        var sent = new byte[5000];
        new Random(mtu).NextBytes(sent);
        Assert.Equal(sent.Length, client.Write(sent));
        var read = new byte[sent.Length];
        var length = 0;
        for (var i = 0; i < 100 && length < read.Length; i++)
        {
            hosts.Wire.Run(0.1);
            length += server.Read(read.AsSpan(length));
        }

        Assert.Equal(sent, read);
    }
}
