using Fathom.Hosts.Transport;
using Fathom.Stack.Transport.Tcp;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>The stack's figures of a connection as the port tells them.</summary>
internal static class TcpFigures
{
    public static TcpConnectionInfo Of(TcpConnection connection)
    {
        var info = connection.GetInfo();
        return new TcpConnectionInfo
        {
            State = TcpStateNames.Of(info.State),
            SmoothedRoundTrip = info.SmoothedRoundTrip,
            RoundTripVariation = info.RoundTripVariation,
            MinimumRoundTrip = info.MinimumRoundTrip,
            RetransmissionTimeout = info.RetransmissionTimeout,
            Retransmissions = info.Retransmissions,
            ConsecutiveTimeouts = info.Backoff,
            Unacknowledged = info.UnacknowledgedSegments,
            SendMaximumSegmentSize = info.SendSegmentSize,
            ReceiveMaximumSegmentSize = info.ReceiveSegmentSize,
            PathMtu = info.PathMtu,
            CongestionWindow = info.SendSegmentSize > 0 ? info.CongestionWindow / info.SendSegmentSize : null,
            BytesAcknowledged = info.OctetsAcknowledged,
            BytesReceived = info.OctetsReceived,
            SegmentsOut = info.SegmentsOut,
            SegmentsIn = info.SegmentsIn,
            SelectiveAcknowledgment = info.SelectiveAcknowledgment,
            Timestamps = info.Timestamps,
            ExplicitCongestionNotification = info.ExplicitCongestionNotification,
            ReceiveWindowScale = info.ReceiveWindowScale,
            SendWindowScale = info.SendWindowScale,
        };
    }
}
