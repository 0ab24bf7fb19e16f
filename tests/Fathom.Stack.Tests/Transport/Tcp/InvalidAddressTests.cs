using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>TCP is between two hosts (RFC 9293 §3.9.2.3): what names anything else is neither answered nor opened.</summary>
public class InvalidAddressTests
{
    [Theory]
    [InlineData("255.255.255.255")]
    [InlineData("10.0.0.255")]
    [InlineData("10.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.2")]
    public void A_SYN_from_what_is_no_host_is_dropped(string source)
    {
        var peer = new RawPeer();
        peer.Send(TcpFlags.Syn, 0, source: IpAddress.Parse(source));
        peer.Run(10);
        Assert.Empty(peer.Take());
        Assert.Equal(0, peer.Listener.HalfOpenCount);
    }

    [Theory]
    [InlineData("255.255.255.255")]
    [InlineData("10.0.0.255")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    public void No_connection_is_opened_to_what_is_no_host(string remote)
    {
        var peer = new RawPeer();
        Assert.False(peer.Stack.Tcp.TryConnect(new IpEndpoint(IpAddress.Parse(remote), 80), new TcpConnectOptions(), out _, out var refusal));
        Assert.Equal(TcpRefusal.AddressNotUsable, refusal);
    }
}
