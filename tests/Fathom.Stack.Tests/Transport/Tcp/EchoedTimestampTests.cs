using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>What timestamps are echoed, and believed, where acknowledgments are lost: the time that a connection stood still is no round trip (RFC 7323 §4, RFC 2883).</summary>
public class EchoedTimestampTests
{
    private const TcpFlags Text = TcpFlags.Ack | TcpFlags.Psh;

    [Fact]
    public void Text_that_comes_again_is_answered_with_the_time_of_its_second_sending()
    {
        var peer = Opened(out _);
        peer.Send(Text, 1, 1, "abc"u8, options: At(200));
        peer.Send(Text, 4, 1, "def"u8, options: At(201));
        peer.Run(0.3);
        peer.Take();
        peer.Send(Text, 1, 1, "abc"u8, options: At(400));
        peer.Run(0.01);
        var answer = Assert.Single(peer.Take());
        Assert.Equal(7u, answer.Acknowledgment);
        Assert.Equal(400u, answer.Options.Timestamps!.Value.EchoReply);
    }

    [Fact]
    public void A_stranger_who_guesses_the_text_but_not_what_is_acknowledged_changes_no_echo()
    {
        var peer = Opened(out var connection);
        peer.Send(Text, 1, 1, "abc"u8, options: At(200));
        peer.Run(0.3);
        peer.Take();
        peer.Send(Text, 1, 40_000, "abc"u8, options: At(1_000_000));
        peer.Run(0.3);
        peer.Take();
        connection.Write("x"u8);
        peer.Run(0.01);
        Assert.Equal(200u, Assert.Single(peer.Take()).Options.Timestamps!.Value.EchoReply);
    }

    [Fact]
    public void An_old_echo_in_an_acknowledgment_of_text_that_was_there_is_no_round_trip()
    {
        var peer = Opened(out var connection);
        connection.Write("abc"u8);
        peer.Run(0.001);
        var first = Assert.Single(peer.Take()).Options.Timestamps!.Value.Value;

        // It arrived, and its acknowledgment was lost: time-outs follow. The last is answered as a peer does that keeps to RFC 7323 §5.3, with the first one's time.
        peer.Run(4);
        Assert.NotEmpty(peer.Take());
        peer.Send(TcpFlags.Ack, 1, 4, options: new TcpOptions { Timestamps = new TcpTimestamps(300, first), SackBlocks = Duplicate(peer, 1, 4) });
        peer.Run(0.01);
        Assert.InRange(connection.GetInfo().RetransmissionTimeout.TotalSeconds, 0.2, 1.1);

        // Without the report of a duplicate it may well have been on its way so long, and counts.
        connection.Write("def"u8);
        peer.Run(0.001);
        first = Assert.Single(peer.Take()).Options.Timestamps!.Value.Value;
        peer.Run(4);
        peer.Send(TcpFlags.Ack, 1, 7, options: At(301, first));
        peer.Run(0.01);
        Assert.InRange(connection.GetInfo().RetransmissionTimeout.TotalSeconds, 1.2, 20);
    }

    private static RawPeer Opened(out TcpConnection connection)
    {
        var peer = new RawPeer();
        connection = peer.Open(new TcpOptions { SackPermitted = true, Timestamps = new TcpTimestamps(100, 0), MaximumSegmentSize = 1460 });
        peer.Take();
        return peer;
    }

    private static TcpOptions At(uint time, uint echo = 0) => new() { Timestamps = new TcpTimestamps(time, echo) };

    private static TcpSackBlocks Duplicate(RawPeer peer, uint left, uint right) => new([new TcpSackBlock(peer.HostInitial + left, peer.HostInitial + right)]);
}
