using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>The figures of one connection as they are now.</summary>
public sealed record TcpInfo
{
    /// <summary>Where the connection stands in the state machine of RFC 9293 §3.3.2.</summary>
    public required TcpState State { get; init; }

    /// <summary>What the sender believes of the path.</summary>
    public required TcpCongestionState CongestionState { get; init; }

    /// <summary>SRTT (RFC 6298); null until measured.</summary>
    public TimeSpan? SmoothedRoundTrip { get; init; }

    /// <summary>RTTVAR (RFC 6298); null until measured.</summary>
    public TimeSpan? RoundTripVariation { get; init; }

    /// <summary>The smallest round trip of the last minutes; null until measured.</summary>
    public TimeSpan? MinimumRoundTrip { get; init; }

    /// <summary>The last round trip measured; null until measured.</summary>
    public TimeSpan? LatestRoundTrip { get; init; }

    /// <summary>RTO as it would be armed now, backed off.</summary>
    public required TimeSpan RetransmissionTimeout { get; init; }

    /// <summary>The congestion window, in octets.</summary>
    public required int CongestionWindow { get; init; }

    /// <summary>The slow start threshold, in octets; null while nothing was lost.</summary>
    public int? SlowStartThreshold { get; init; }

    /// <summary>The peer's window, in octets.</summary>
    public required int SendWindow { get; init; }

    /// <summary>The window that was announced last, in octets from the next number expected.</summary>
    public required int ReceiveWindow { get; init; }

    /// <summary>Octets that the receive buffer may hold now.</summary>
    public required int ReceiveBuffer { get; init; }

    /// <summary>Octets of data in a full segment to send, options off.</summary>
    public required int SendSegmentSize { get; init; }

    /// <summary>The maximum segment size that the peer announced.</summary>
    public required int PeerSegmentSize { get; init; }

    /// <summary>The maximum segment size that was announced.</summary>
    public required int AdvertisedSegmentSize { get; init; }

    /// <summary>Octets of the largest segment that the peer has sent, 536 at least: what RFC 9293 §3.8.6.2.2 measures windows by.</summary>
    public required int ReceiveSegmentSize { get; init; }

    /// <summary>The path MTU in use, in octets.</summary>
    public required int PathMtu { get; init; }

    /// <summary>Octets sent and not acknowledged.</summary>
    public required int Unacknowledged { get; init; }

    /// <summary>Segments sent and not acknowledged.</summary>
    public required int UnacknowledgedSegments { get; init; }

    /// <summary>Segments of those that the peer reported to have (RFC 2018).</summary>
    public required int SackedSegments { get; init; }

    /// <summary>Segments of those taken for lost and not sent again yet.</summary>
    public required int LostSegments { get; init; }

    /// <summary>Segments of those that were sent more than once.</summary>
    public required int RetransmittedSegments { get; init; }

    /// <summary>Octets believed to be in the network.</summary>
    public required int InFlight { get; init; }

    /// <summary>Octets written and not sent.</summary>
    public required int Unsent { get; init; }

    /// <summary>Octets received and not read.</summary>
    public required int Unread { get; init; }

    /// <summary>Ranges beyond a gap in what was received.</summary>
    public required IReadOnlyList<TcpSackBlock> OutOfOrder { get; init; }

    /// <summary>Segments sent again in all, SYN and FIN included.</summary>
    public required long Retransmissions { get; init; }

    /// <summary>Time-outs in a row.</summary>
    public required int Backoff { get; init; }

    /// <summary>Probes that are unanswered: of a closed window, or of an idle connection.</summary>
    public required int UnansweredProbes { get; init; }

    /// <summary>Retransmissions that turned out not to be needed, by the peer's reports (RFC 2883).</summary>
    public required long Duplicates { get; init; }

    /// <summary>Acknowledgments that told of segments out of order (RFC 8985 §6.2 step 3): above 0, the path reorders.</summary>
    public required long Reorderings { get; init; }

    /// <summary>By how much the most belated of them was late, in full segments: what was sent behind it and came before (RFC 4737 §4.2.1); 0: none.</summary>
    public required int ReorderingExtent { get; init; }

    /// <summary>Octets that the peer has acknowledged.</summary>
    public required long OctetsAcknowledged { get; init; }

    /// <summary>Octets received in order.</summary>
    public required long OctetsReceived { get; init; }

    /// <summary>Segments sent, those without data too.</summary>
    public required long SegmentsOut { get; init; }

    /// <summary>Segments received.</summary>
    public required long SegmentsIn { get; init; }

    /// <summary>Segments with data sent, those sent again too.</summary>
    public required long DataSegmentsOut { get; init; }

    /// <summary>Segments with data received within the window, needed or not.</summary>
    public required long DataSegmentsIn { get; init; }

    /// <summary>Octets of data sent, those sent again too.</summary>
    public required long OctetsSent { get; init; }

    /// <summary>Octets of data sent again.</summary>
    public required long OctetsRetransmitted { get; init; }

    /// <summary>Segments that the peer has, by its acknowledgments and SACKs; the SYN is none of them.</summary>
    public required long SegmentsDelivered { get; init; }

    /// <summary>Retransmission time-outs in all.</summary>
    public required long Timeouts { get; init; }

    /// <summary>How long there were octets that waited to be sent or acknowledged.</summary>
    public required TimeSpan Busy { get; init; }

    /// <summary>How long of that the peer's window alone held back what waited.</summary>
    public required TimeSpan LimitedByPeer { get; init; }

    /// <summary>The time since data was sent last; null: none was.</summary>
    public TimeSpan? SinceDataSent { get; init; }

    /// <summary>The time since data was received last; null: none was.</summary>
    public TimeSpan? SinceDataReceived { get; init; }

    /// <summary>The time since any segment was received last; null: none was.</summary>
    public TimeSpan? SinceReceived { get; init; }

    /// <summary>SACK was agreed (RFC 2018).</summary>
    public required bool SelectiveAcknowledgment { get; init; }

    /// <summary>Timestamps were agreed (RFC 7323).</summary>
    public required bool Timestamps { get; init; }

    /// <summary>ECN was agreed (RFC 3168).</summary>
    public required bool ExplicitCongestionNotification { get; init; }

    /// <summary>Our window scale; null where scaling was not agreed.</summary>
    public int? ReceiveWindowScale { get; init; }

    /// <summary>The peer's window scale; null where scaling was not agreed.</summary>
    public int? SendWindowScale { get; init; }

    /// <summary>The last ICMP error about a segment of the connection; null: there was none.</summary>
    public TcpIcmpError? LastError { get; init; }

    /// <summary>The congestion control algorithm.</summary>
    public required TcpCongestionAlgorithm Algorithm { get; init; }
}
