using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>What a reader learns of urgent octets (RFC 9293 §3.8.5, MUST-32 and MUST-33).</summary>
public class UrgentTests
{
    private const TcpFlags Urgent = TcpFlags.Ack | TcpFlags.Urg;

    [Fact]
    public void A_reader_learns_how_far_the_urgent_octets_go_until_it_has_read_them()
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        connection.Owner = this;
        while (peer.Stack.TryTakeReady(out _)) { }

        // The pointer runs ahead of the octets.
        peer.Send(Urgent, 1, 1, "abc"u8, urgent: 5);
        peer.Run(0.01);
        Assert.True(peer.Stack.TryTakeReady(out var ready));
        Assert.Same(connection, ready);
        Assert.Equal(5, connection.UrgentAhead);
        Assert.True(connection.Readiness.HasFlag(SocketReadiness.Urgent));
        Assert.Equal(3, connection.Read(new byte[10]));
        Assert.Equal(2, connection.UrgentAhead);

        peer.Send(TcpFlags.Ack, 4, 1, "def"u8);
        peer.Run(0.01);
        Assert.Equal(3, connection.Read(new byte[10]));
        Assert.Equal(0, connection.UrgentAhead);
        Assert.False(connection.Readiness.HasFlag(SocketReadiness.Urgent));
    }

    [Fact]
    public void A_pointer_that_moves_on_is_told_and_an_older_one_is_not()
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        connection.Owner = this;
        peer.Send(Urgent, 1, 1, urgent: 100);
        peer.Run(0.01);
        Assert.Equal(100, connection.UrgentAhead);
        while (peer.Stack.TryTakeReady(out _)) { }

        peer.Send(Urgent, 1, 1, urgent: 50);
        peer.Run(0.01);
        Assert.Equal(100, connection.UrgentAhead);
        Assert.False(peer.Stack.TryTakeReady(out _));

        peer.Send(Urgent, 1, 1, urgent: 200);
        peer.Run(0.01);
        Assert.Equal(200, connection.UrgentAhead);
        Assert.True(peer.Stack.TryTakeReady(out _));
    }
}
