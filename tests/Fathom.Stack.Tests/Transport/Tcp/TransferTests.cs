using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;

namespace Fathom.Stack.Tests.Transport.Tcp;

public class TransferTests
{
    [Theory]
    [InlineData(false, 1500, 0.0)]
    [InlineData(true, 1500, 0.0)]
    [InlineData(false, 576, 0.0)]
    [InlineData(true, 9000, 0.0)]
    [InlineData(false, 65520, 0.0)]
    [InlineData(false, 1500, 0.01)]
    [InlineData(true, 1500, 0.05)]
    [InlineData(false, 1500, 0.2)]
    public void Every_octet_arrives_once_and_in_order_whatever_is_lost(bool v6, int mtu, double loss)
    {
        var pair = new TcpPair(v6, mtu).Establish();
        var luck = new Random(7);
        pair.Hosts.Wire.Loses = _ => luck.NextDouble() < loss;
        var octets = TcpPair.Octets(loss > 0.1 ? 100_000 : 1_000_000);
        Assert.Equal(octets, pair.Transfer(pair.Client, pair.Server, octets, 600));
        Assert.Equal(octets, pair.Transfer(pair.Server, pair.Client, octets, 600));

        pair.Client.ShutdownWrite();
        pair.Run(60);
        Assert.True(pair.Server.IsReadEnded);
        Assert.Equal(TcpState.CloseWait, pair.Server.State);
        Assert.Equal(3, pair.Server.Write("bye"u8));
        pair.Server.Close();
        pair.Run(60);
        var last = new byte[10];
        Assert.Equal(3, pair.Client.Read(last));
        Assert.True(pair.Client.IsReadEnded);
        Assert.Equal(TcpEndingKind.Closed, pair.Client.Ending?.Kind);
        Assert.Equal(TcpEndingKind.Closed, pair.Server.Ending?.Kind);
        pair.Client.Close();
        pair.Run(200);
        Assert.Equal(TcpState.Closed, pair.Client.State);
        Assert.Equal(0, pair.Hosts.Left.Tcp.ConnectionCount + pair.Hosts.Right.Tcp.ConnectionCount + pair.Hosts.Left.Tcp.TimeWaitCount);
        Assert.Equal(0, pair.Hosts.Left.Pool.Rented + pair.Hosts.Right.Pool.Rented);
        Assert.Null(pair.Hosts.Left.Deadline);
        Assert.Null(pair.Hosts.Right.Deadline);
    }
}
