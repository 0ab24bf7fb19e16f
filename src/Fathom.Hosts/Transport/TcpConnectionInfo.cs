namespace Fathom.Hosts.Transport;

/// <summary>Figures of one TCP connection. Null: the host does not tell.</summary>
public sealed record TcpConnectionInfo
{
    /// <summary>The state, in RFC 9293's words: "ESTABLISHED", "SYN-SENT".</summary>
    public string? State { get; init; }

    /// <summary>Smoothed round-trip time (RFC 6298).</summary>
    public TimeSpan? SmoothedRoundTrip { get; init; }

    /// <summary>Round-trip time variation (RFC 6298).</summary>
    public TimeSpan? RoundTripVariation { get; init; }

    /// <summary>The smallest round-trip time seen.</summary>
    public TimeSpan? MinimumRoundTrip { get; init; }

    /// <summary>Retransmission time-out (RFC 6298).</summary>
    public TimeSpan? RetransmissionTimeout { get; init; }

    /// <summary>Segments retransmitted since the connection began, SYN included.</summary>
    public long? Retransmissions { get; init; }

    /// <summary>Retransmissions of the segment that waits now.</summary>
    public int? ConsecutiveTimeouts { get; init; }

    /// <summary>Segments sent and not yet acknowledged.</summary>
    public int? Unacknowledged { get; init; }

    /// <summary>The maximum segment size for sending, in octets.</summary>
    public int? SendMaximumSegmentSize { get; init; }

    /// <summary>The largest segment received, as the host estimates it, in octets.</summary>
    public int? ReceiveMaximumSegmentSize { get; init; }

    /// <summary>The path MTU that the connection uses, in octets.</summary>
    public int? PathMtu { get; init; }

    /// <summary>Congestion window, in segments.</summary>
    public long? CongestionWindow { get; init; }

    /// <summary>Octets of payload sent and acknowledged.</summary>
    public long? BytesAcknowledged { get; init; }

    /// <summary>Octets of payload received.</summary>
    public long? BytesReceived { get; init; }

    /// <summary>Segments sent.</summary>
    public long? SegmentsOut { get; init; }

    /// <summary>Segments received.</summary>
    public long? SegmentsIn { get; init; }

    /// <summary>SACK was agreed (RFC 2018).</summary>
    public bool? SelectiveAcknowledgment { get; init; }

    /// <summary>Timestamps were agreed (RFC 7323).</summary>
    public bool? Timestamps { get; init; }

    /// <summary>ECN was agreed (RFC 3168).</summary>
    public bool? ExplicitCongestionNotification { get; init; }

    /// <summary>Our window scale, or null where scaling was not agreed.</summary>
    public int? ReceiveWindowScale { get; init; }

    /// <summary>The peer's window scale, or null where scaling was not agreed.</summary>
    public int? SendWindowScale { get; init; }
}
