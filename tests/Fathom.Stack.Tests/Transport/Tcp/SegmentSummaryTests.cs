using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>What an event tells of a segment: all of its numbers count from the initial ones.</summary>
public class SegmentSummaryTests
{
    [Fact]
    public void The_blocks_of_a_selective_acknowledgment_count_from_the_initial_number_too()
    {
        var peer = new RawPeer();
        peer.Stack.RecordEvents = true;
        var connection = peer.Open(new TcpOptions { SackPermitted = true, MaximumSegmentSize = 1000 });
        connection.Write(new byte[2000]);
        peer.Run(0.01);
        peer.Send(TcpFlags.Ack, 1, 1, options: new TcpOptions { SackBlocks = new TcpSackBlocks([new TcpSackBlock(peer.HostInitial + 1001, peer.HostInitial + 2001)]) });
        peer.Send(TcpFlags.Ack, 11, 1, "later"u8);
        peer.Run(0.01);
        List<TcpEvent> events = [];
        while (peer.Stack.TryTakeEvent(out var happened))
        {
            if (happened is TcpEvent tcp) events.Add(tcp);
        }

        var told = events.OfType<TcpEvent.Received>().Select(static e => e.Segment.Options.SackBlocks).Single(static b => b.Count > 0);
        Assert.Equal((1001u, 2001u), (told[0].Left.Value, told[0].Right.Value));
        var answered = events.OfType<TcpEvent.Sent>().Select(static e => e.Segment.Options.SackBlocks).Last(static b => b.Count > 0);
        Assert.Equal((11u, 16u), (answered[0].Left.Value, answered[0].Right.Value));
    }
}
