using System.Buffers.Binary;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;

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

    [Fact]
    public void A_connection_that_was_given_up_tells_when_its_time_wait_is_over()
    {
        var pair = new TcpPair().Establish();
        pair.Client.Close();
        pair.Run(0.1);
        pair.Server.Close();
        pair.Run(1);
        Assert.Equal(TcpState.TimeWait, pair.Client.State);
        pair.Run(60);
        Assert.Equal(TcpState.Closed, pair.Client.State);
        Assert.Equal(0, pair.Hosts.Left.Tcp.TimeWaitCount);
    }

    [Fact]
    public void An_error_that_ends_nothing_is_told()
    {
        var pair = new TcpPair().Establish();
        Assert.Null(pair.Client.LastError);
        pair.Hosts.Wire.Loses = f => f.From == pair.Hosts.LeftPort;
        pair.Client.Write(new byte[100]);
        pair.Run(0.001);

        // A router says that there is no way to the host (RFC 792: type 3, code 1), and quotes the segment.
        var sent = pair.Hosts.Wire.Frames[^1].Bytes;
        byte[] error = [3, 1, 0, 0, 0, 0, 0, 0, .. sent.AsSpan(0, 28)];
        BinaryPrimitives.WriteUInt16BigEndian(error.AsSpan(2), InternetChecksum.Compute(error));
        pair.Hosts.Wire.Inject(Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Icmp, error), pair.Hosts.RightPort);
        pair.Run(0.1);
        Assert.Equal(new TcpIcmpError(TwoHosts.RightV4, 3, 1, 0), pair.Client.LastError);
        Assert.Equal(pair.Client.LastError, pair.Client.GetInfo().LastError);
        Assert.Equal(TcpState.Established, pair.Client.State);
    }
}
