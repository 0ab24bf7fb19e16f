using Fathom.Stack.Transport.Tcp;

namespace Packetdrill.Playing;

/// <summary>What code blocks know by name: Linux's tcp_info, from this stack's own figures.</summary>
internal static class TcpInfoNames
{
    // tcp_ca_state and the socket states, with the numbers that Linux gives them.
    private static readonly Dictionary<string, double> Constants = new(StringComparer.Ordinal)
    {
        ["TCP_CA_Open"] = 0,
        ["TCP_CA_Disorder"] = 1,
        ["TCP_CA_CWR"] = 2,
        ["TCP_CA_Recovery"] = 3,
        ["TCP_CA_Loss"] = 4,
        ["TCP_ESTABLISHED"] = 1,
        ["TCP_SYN_SENT"] = 2,
        ["TCP_SYN_RECV"] = 3,
        ["TCP_FIN_WAIT1"] = 4,
        ["TCP_FIN_WAIT2"] = 5,
        ["TCP_TIME_WAIT"] = 6,
        ["TCP_CLOSE"] = 7,
        ["TCP_CLOSE_WAIT"] = 8,
        ["TCP_LAST_ACK"] = 9,
        ["TCP_LISTEN"] = 10,
        ["TCP_CLOSING"] = 11,
        ["TCPI_OPT_TIMESTAMPS"] = 1,
        ["TCPI_OPT_SACK"] = 2,
        ["TCPI_OPT_WSCALE"] = 4,
        ["TCPI_OPT_ECN"] = 8,
        ["TCPI_OPT_ECN_SEEN"] = 16,
        ["TCPI_OPT_SYN_DATA"] = 32,
        ["TCP_INFINITE_SSTHRESH"] = int.MaxValue,
        ["True"] = 1,
        ["False"] = 0,
    };

    public static Dictionary<string, double> Of(TcpConnection? connection, TimeSpan now)
    {
        var names = new Dictionary<string, double>(Constants, StringComparer.Ordinal);
        if (connection is null) return names;
        var info = connection.GetInfo(now);
        var segment = Math.Max(1, info.SendSegmentSize);
        names["tcpi_state"] = StateOf(info.State);
        names["tcpi_ca_state"] = (int)info.CongestionState;
        names["tcpi_snd_cwnd"] = info.CongestionWindow / segment;
        names["tcpi_snd_ssthresh"] = info.SlowStartThreshold is { } threshold ? threshold / segment : int.MaxValue;
        names["tcpi_snd_mss"] = info.SendSegmentSize;
        names["tcpi_advmss"] = info.AdvertisedSegmentSize;
        names["tcpi_pmtu"] = info.PathMtu;
        names["tcpi_rtt"] = Microseconds(info.SmoothedRoundTrip);
        names["tcpi_rttvar"] = Microseconds(info.RoundTripVariation);
        names["tcpi_min_rtt"] = Microseconds(info.MinimumRoundTrip);
        names["tcpi_rto"] = Microseconds(info.RetransmissionTimeout);
        names["tcpi_unacked"] = info.UnacknowledgedSegments;
        names["tcpi_sacked"] = info.SackedSegments;

        // Linux counts what is lost until the peer has it, sent again or not.
        names["tcpi_lost"] = info.CongestionState >= TcpCongestionState.Recovery
            ? Math.Min(info.LostSegments + info.RetransmittedSegments, info.UnacknowledgedSegments - info.SackedSegments)
            : info.LostSegments;
        names["tcpi_retrans"] = info.RetransmittedSegments;
        names["tcpi_total_retrans"] = info.Retransmissions;
        names["tcpi_backoff"] = info.Backoff;
        names["tcpi_probes"] = info.UnansweredProbes;
        names["tcpi_notsent_bytes"] = info.Unsent;
        names["tcpi_bytes_acked"] = info.OctetsAcknowledged;
        names["tcpi_bytes_received"] = info.OctetsReceived;
        names["tcpi_segs_out"] = info.SegmentsOut;
        names["tcpi_segs_in"] = info.SegmentsIn;
        names["tcpi_data_segs_out"] = info.DataSegmentsOut;
        names["tcpi_data_segs_in"] = info.DataSegmentsIn;
        names["tcpi_bytes_sent"] = info.OctetsSent;
        names["tcpi_bytes_retrans"] = info.OctetsRetransmitted;
        names["tcpi_retransmits"] = info.Backoff;
        names["tcpi_total_rto"] = info.Timeouts;
        names["tcpi_dsack_dups"] = info.Duplicates;
        names["tcpi_rcv_mss"] = info.ReceiveSegmentSize;
        names["tcpi_rcv_wnd"] = info.ReceiveWindow;
        names["tcpi_fackets"] = 0;
        names["tcpi_busy_time"] = Microseconds(info.Busy);
        names["tcpi_rwnd_limited"] = Microseconds(info.LimitedByPeer);

        // Linux counts the SYN, and the time of what never came from the handshake on.
        names["tcpi_delivered"] = info.SegmentsDelivered + 1;
        names["tcpi_last_ack_recv"] = Milliseconds(info.SinceReceived);
        names["tcpi_last_data_recv"] = Milliseconds(info.SinceDataReceived ?? info.SinceReceived);
        names["tcpi_last_data_sent"] = Milliseconds(info.SinceDataSent ?? info.SinceReceived);

        // Linux's degree of reordering begins with its threshold, and ends at tcp_max_reordering.
        names["tcpi_reordering"] = Math.Clamp(info.ReorderingExtent, 3, 300);
        names["tcpi_snd_wnd"] = info.SendWindow;
        names["tcpi_snd_wscale"] = info.SendWindowScale ?? 0;
        names["tcpi_rcv_wscale"] = info.ReceiveWindowScale ?? 0;
        names["tcpi_reord_seen"] = info.Reorderings;
        names["tcpi_options"] = (info.Timestamps ? 1 : 0) | (info.SelectiveAcknowledgment ? 2 : 0) | (info.SendWindowScale is null ? 0 : 4) | (info.ExplicitCongestionNotification ? 8 : 0);
        return names;
    }

    private static double Milliseconds(TimeSpan? time) => Math.Floor(time?.TotalMilliseconds ?? 0);

    private static double Microseconds(TimeSpan? time) => time?.TotalMicroseconds ?? 0;

    private static int StateOf(TcpState state) => state switch
    {
        TcpState.Established => 1,
        TcpState.SynSent => 2,
        TcpState.SynReceived => 3,
        TcpState.FinWait1 => 4,
        TcpState.FinWait2 => 5,
        TcpState.TimeWait => 6,
        TcpState.CloseWait => 8,
        TcpState.LastAck => 9,
        TcpState.Listen => 10,
        TcpState.Closing => 11,
        _ => 7,
    };
}
