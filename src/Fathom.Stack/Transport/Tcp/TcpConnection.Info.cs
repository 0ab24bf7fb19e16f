using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>Figures.</content>
public sealed partial class TcpConnection
{
    internal long SegmentsOut => _segmentsOut;

    /// <inheritdoc/>
    (SequenceNumber Own, SequenceNumber Peer, int Scale) IFlow.Origins => (_iss, State == TcpState.SynSent ? default : _irs, _sendScale);

    /// <summary>The figures as they are now.</summary>
    /// <param name="at">The time, which the figures that are times count to; null: what the stack was told last.</param>
    public TcpInfo GetInfo(TimeSpan? at = null)
    {
        var measured = _roundTrip.HasMeasured;
        var now = at ?? _layer.Now;
        return new TcpInfo
        {
            State = State,
            CongestionState = _congestionState,
            SmoothedRoundTrip = measured ? TimeSpan.FromTicks(_roundTrip.Smoothed) : null,
            RoundTripVariation = measured ? TimeSpan.FromTicks(_roundTrip.Variation) : null,
            LatestRoundTrip = measured ? TimeSpan.FromTicks(_roundTrip.Latest) : null,
            MinimumRoundTrip = _minimumRoundTrip.Value > 0 ? TimeSpan.FromTicks(_minimumRoundTrip.Value) : null,
            RetransmissionTimeout = TimeSpan.FromTicks(RetransmissionTimeout),
            CongestionWindow = _cwnd,
            SlowStartThreshold = _ssthresh == CongestionControl.Unlimited ? null : _ssthresh,
            SendWindow = _sndWnd,
            ReceiveWindow = Math.Max(0, _rcvRight.DistanceFrom(_rcvNxt)),
            ReceiveBuffer = _receiveLimit,
            SendSegmentSize = EffectiveSegment,
            PeerSegmentSize = _peerSegmentSize,
            AdvertisedSegmentSize = _ownSegmentSize,
            ReceiveSegmentSize = _receiveSegment,
            PathMtu = _mtuDiscovery ? _path.Mtu : _path.Interface.MtuOf(Remote.Address.Version),
            Unacknowledged = (int)(_sndNxt - _sndUna),
            UnacknowledgedSegments = _sent?.Count ?? 0,
            SackedSegments = _sent?.SackedCount ?? 0,
            LostSegments = _sent?.LostCount ?? 0,
            RetransmittedSegments = _sent?.RetransmittedCount ?? 0,
            InFlight = InFlight,
            Unsent = Unsent,
            Unread = Available,
            OutOfOrder = Gaps(),
            Retransmissions = _retransmissions,
            Backoff = _backoff,
            UnansweredProbes = _probesUnanswered + _keepAlivesUnanswered,
            Duplicates = _duplicates,
            Reorderings = _reorderings,
            ReorderingExtent = (_reorderingExtent + EffectiveSegment - 1) / EffectiveSegment,
            OctetsAcknowledged = _acknowledged,
            OctetsReceived = _octetsReceived,
            SegmentsOut = _segmentsOut,
            SegmentsIn = _segmentsIn,
            DataSegmentsOut = _dataSegmentsOut,
            DataSegmentsIn = _dataSegmentsIn,
            OctetsSent = _octetsSent,
            OctetsRetransmitted = _octetsRetransmitted,
            SegmentsDelivered = _segmentsDelivered,
            Timeouts = _timeouts,
            Busy = TimeSpan.FromTicks(_times.Busy(now.Ticks)),
            LimitedByPeer = TimeSpan.FromTicks(_times.Limited(now.Ticks)),
            SinceDataSent = now - _lastSent,
            SinceDataReceived = now - _lastTextAt,
            SinceReceived = _segmentsIn == 0 ? null : now - _lastReceived,
            SelectiveAcknowledgment = _sackAgreed,
            Timestamps = _timestampsAgreed,
            ExplicitCongestionNotification = _ecnAgreed,
            ReceiveWindowScale = _scaleAgreed ? _receiveScale : null,
            SendWindowScale = _scaleAgreed ? _sendScale : null,
            LastError = _lastError,
            Algorithm = _settings.CongestionAlgorithm,
        };
    }

    private TcpSackBlock[] Gaps()
    {
        if (_outOfOrder is not { IsEmpty: false } ranges) return [];
        var blocks = new TcpSackBlock[ranges.Count];
        ranges.CopyNewest(blocks);
        return blocks;
    }
}
