using Fathom.Probes.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Transport;

/// <summary>Who closed, by the order of FIN and RST (RFC 9293 §3.6, §3.10.7).</summary>
public class TeardownProbeTests
{
    private const bool Client = true;
    private const bool Server = false;

    [Fact]
    public void Two_FINs_are_an_orderly_end_by_whoever_sent_the_first()
    {
        var transcript = TeardownProbe.Judge(
        [
            Segment(1, Server, TcpFlags.Fin | TcpFlags.Ack, 500, 100),
            Segment(2, Client, TcpFlags.Fin | TcpFlags.Ack, 100, 501),
            Segment(3, Server, TcpFlags.Ack, 501, 101),
        ])!;

        Assert.Equal((TeardownKind.Orderly, ClosingSide.Peer), (transcript.Kind, transcript.ClosedFirst));
        Assert.True(transcript.LastAcknowledged);
    }

    [Fact]
    public void FINs_that_cross_are_a_close_by_both()
    {
        var transcript = TeardownProbe.Judge(
        [
            Segment(1, Client, TcpFlags.Fin | TcpFlags.Ack, 100, 500),
            Segment(2, Server, TcpFlags.Fin | TcpFlags.Ack, 500, 100),
        ])!;

        Assert.Equal((TeardownKind.Orderly, ClosingSide.Both), (transcript.Kind, transcript.ClosedFirst));
    }

    // RFC 9293 §3.6, figure 13: both FINs cross, and so do their acknowledgments; both ends keep TIME-WAIT.
    [Fact]
    public void FINs_and_acknowledgments_that_cross_are_a_close_by_both_that_is_complete()
    {
        var transcript = TeardownProbe.Judge(
        [
            Segment(1, Client, TcpFlags.Fin | TcpFlags.Ack, 100, 300),
            Segment(2, Server, TcpFlags.Fin | TcpFlags.Ack, 300, 100),
            Segment(3, Client, TcpFlags.Ack, 101, 301),
            Segment(4, Server, TcpFlags.Ack, 301, 101),
        ])!;

        Assert.Equal((TeardownKind.Orderly, ClosingSide.Both), (transcript.Kind, transcript.ClosedFirst));
        Assert.True(transcript.LastAcknowledged);
        Assert.Equal(TimeSpan.FromMilliseconds(1), transcript.HalfClosedFor);
    }

    [Fact]
    public void Data_behind_the_first_FIN_is_counted_once()
    {
        var transcript = TeardownProbe.Judge(
        [
            Segment(1, Client, TcpFlags.Fin | TcpFlags.Ack, 100, 500),
            Segment(2, Server, TcpFlags.Ack, 500, 101) with { PayloadLength = 40 },
            Segment(3, Server, TcpFlags.Ack, 500, 101) with { PayloadLength = 40, IsRetransmission = true },
            Segment(9, Server, TcpFlags.Fin | TcpFlags.Ack, 540, 101),
            Segment(10, Client, TcpFlags.Ack, 101, 541),
        ])!;

        Assert.Equal((TeardownKind.Orderly, ClosingSide.Here, 40L), (transcript.Kind, transcript.ClosedFirst, transcript.OctetsWhileHalfClosed));
        Assert.Equal(TimeSpan.FromMilliseconds(8), transcript.HalfClosedFor);
    }

    [Theory]
    [InlineData(Client, ClosingSide.Here)]
    [InlineData(Server, ClosingSide.Peer)]
    public void A_reset_is_its_senders_though_the_other_had_sent_FIN(bool resetBy, ClosingSide expected)
    {
        var transcript = TeardownProbe.Judge(
        [
            Segment(1, !resetBy, TcpFlags.Fin | TcpFlags.Ack, 100, 500),
            Segment(2, resetBy, TcpFlags.Rst | TcpFlags.Ack, 500, 101),
        ])!;

        Assert.Equal((TeardownKind.Reset, expected), (transcript.Kind, transcript.ClosedFirst));
    }

    [Fact]
    public void One_FIN_is_half_a_close()
        => Assert.Equal(TeardownKind.HalfClosed, TeardownProbe.Judge([Segment(1, Client, TcpFlags.Fin | TcpFlags.Ack, 100, 500)])!.Kind);

    [Fact]
    public void Without_FIN_and_RST_nothing_was_closed() => Assert.Null(TeardownProbe.Judge([Segment(1, Client, TcpFlags.Ack, 100, 500)]));

    private static SegmentRecord Segment(int at, bool fromClient, TcpFlags flags, uint sequence, uint acknowledgment)
        => new($"packet:{at}", TimeSpan.FromMilliseconds(at), fromClient, flags, new SequenceNumber(sequence), new SequenceNumber(acknowledgment), 0);
}
