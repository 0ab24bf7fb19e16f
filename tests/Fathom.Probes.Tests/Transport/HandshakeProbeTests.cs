using Fathom.Probes.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Transport;

/// <summary>The three segments of a handshake among those that were captured (RFC 9293 §3.5, figures 6 and 7).</summary>
public class HandshakeProbeTests
{
    private const bool Client = true;
    private const bool Server = false;

    [Fact]
    public void Three_segments_are_a_handshake()
    {
        var transcript = Complete(
            Segment(0, Client, TcpFlags.Syn, 100, 0),
            Segment(20, Server, TcpFlags.Syn | TcpFlags.Ack, 300, 101),
            Segment(21, Client, TcpFlags.Ack, 101, 301));

        Assert.Equal(("packet:0", "packet:20", "packet:21"), (transcript.Syn.Evidence, transcript.SynAck.Evidence, transcript.Ack.Evidence));
        Assert.Equal(TimeSpan.FromMilliseconds(20), transcript.RoundTrip);
    }

    [Fact]
    public void Of_a_SYN_that_was_sent_again_the_last_one_counts()
    {
        var transcript = Complete(
            Segment(0, Client, TcpFlags.Syn, 100, 0),
            Segment(1000, Client, TcpFlags.Syn, 100, 0),
            Segment(1030, Server, TcpFlags.Syn | TcpFlags.Ack, 300, 101),
            Segment(1031, Client, TcpFlags.Ack, 101, 301));

        Assert.Equal(TimeSpan.FromMilliseconds(30), transcript.RoundTrip);
        Assert.Equal(4, transcript.Segments.Count);
    }

    [Fact]
    public void The_third_segment_may_carry_data_and_numbers_wrap()
    {
        var transcript = Complete(
            Segment(0, Client, TcpFlags.Syn, uint.MaxValue, 0),
            Segment(5, Server, TcpFlags.Syn | TcpFlags.Ack, uint.MaxValue, 0),
            Segment(6, Client, TcpFlags.Ack | TcpFlags.Psh, 0, 0, 5));

        Assert.Equal(5, transcript.Ack.PayloadLength);
    }

    // What answers is no SYN-ACK: an RST, or nothing.
    [Fact]
    public void A_refused_or_silent_attempt_is_no_handshake()
    {
        var refused = HandshakeProbe.Judge([Segment(0, Client, TcpFlags.Syn, 100, 0), Segment(1, Server, TcpFlags.Rst | TcpFlags.Ack, 0, 101)]);
        Assert.Equal(2, Assert.IsType<HandshakeTranscript.Partial>(refused).Segments.Count);
        Assert.IsType<HandshakeTranscript.Partial>(HandshakeProbe.Judge([Segment(0, Client, TcpFlags.Syn, 100, 0), Segment(1000, Client, TcpFlags.Syn, 100, 0)]));
        Assert.Null(HandshakeProbe.Judge([]));
    }

    // RFC 9293 §3.5, figure 9: an old SYN's answer acknowledges what this end never sent; it resets, and that is no third segment.
    [Fact]
    public void A_SYN_ACK_that_is_answered_by_a_reset_is_no_handshake()
        => Assert.IsType<HandshakeTranscript.Partial>(HandshakeProbe.Judge(
        [
            Segment(0, Client, TcpFlags.Syn, 100, 0),
            Segment(1, Server, TcpFlags.Syn | TcpFlags.Ack, 300, 91),
            Segment(2, Client, TcpFlags.Rst, 91, 0),
        ]));

    [Fact]
    public void An_acknowledgment_of_less_than_the_SYN_is_not_the_third_segment()
        => Assert.IsType<HandshakeTranscript.Partial>(HandshakeProbe.Judge(
        [
            Segment(0, Client, TcpFlags.Syn, 100, 0),
            Segment(1, Server, TcpFlags.Syn | TcpFlags.Ack, 300, 101),
            Segment(2, Client, TcpFlags.Ack, 101, 300),
        ]));

    private static HandshakeTranscript.Complete Complete(params SegmentRecord[] segments) => Assert.IsType<HandshakeTranscript.Complete>(HandshakeProbe.Judge(segments));

    private static SegmentRecord Segment(int at, bool fromClient, TcpFlags flags, uint sequence, uint acknowledgment, int length = 0)
        => new($"packet:{at}", TimeSpan.FromMilliseconds(at), fromClient, flags, new SequenceNumber(sequence), new SequenceNumber(acknowledgment), length);
}
