using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>How a connection begins (RFC 9293 §3.5).</content>
public sealed partial class TcpConnection
{
    private SequenceNumber _irs;
    private TimeSpan _synSentAt;
    private int _synRetries;

    // Octets of data in a segment of IPv4 on Ethernet, without options: what RFC 6928 counts by.
    private const int EthernetSegment = 1460;

    /// <summary>Active open (RFC 9293 §3.10.1).</summary>
    internal void Connect(SequenceNumber initial)
    {
        _iss = initial;
        _sndUna = initial;
        _sndNxt = initial + 1;
        _sendBase = initial + 1;
        _burstEnd = _sendBase;
        if (Remote.Address.IsV6) _peerSegmentSize = DefaultSegmentSizeV6;
        ChooseSegmentSize();
        ChangeState(TcpState.SynSent, TcpStateCause.Connect);
        _synQueued = true;
        _layer.WantTransmit(this);
    }

    /// <summary>Passive open: the handshake was a listener's (or a cookie's), and is complete.</summary>
    internal void Accept(in HandshakeFacts facts, TimeSpan now)
    {
        _iss = facts.OwnInitial;
        _irs = facts.PeerInitial;
        _sndUna = _iss + 1;
        _sndNxt = _iss + 1;
        _sendBase = _sndNxt;
        _burstEnd = _sndNxt;
        _rcvNxt = _irs + 1;
        _readNext = _rcvNxt;
        _rcvRight = _rcvNxt + (uint)facts.OwnWindow;
        _lastAckSent = _rcvNxt;
        _ecnAgreed = facts.EcnAgreed;
        Agree(facts.PeerOptions, facts.OwnScale);
        if (facts.RecentTimestamp is { } recent)
        {
            _recentTimestamp = recent;
            _recentTimestampAt = now;
        }

        _timestampOffset = facts.TimestampOffset;
        _sndWnd = _maxSndWnd = facts.PeerWindow;
        _sndWl1 = _irs;
        _sndWl2 = _sndUna;

        // The listener has told of LISTEN to SYN-RECEIVED.
        _state = TcpState.SynReceived;
        if (facts.RoundTrip is { } roundTrip) Measure(roundTrip.Ticks, now);
        _synRetries = facts.Retries;
        BecomeEstablished(now, TcpStateCause.SynAcknowledged);
    }

    private void Agree(in TcpOptions peer, byte? ownScale)
    {

        // A size of nothing is none that RFC 9293 §3.7.1 knows: as if the peer had not said any.
        _peerSegmentSize = peer.MaximumSegmentSize is > 0 and var announced ? announced : Remote.Address.IsV6 ? DefaultSegmentSizeV6 : DefaultSegmentSize;
        _timestampsAgreed = _settings.UseTimestamps && peer.Timestamps is not null;
        _sackAgreed = _settings.UseSelectiveAcknowledgment && peer.SackPermitted;
        if (ownScale is { } own && peer.WindowScale is { } theirs)
        {
            // RFC 7323 §2.3: more than 14 counts as 14.
            _sendScale = Math.Min(theirs, (byte)14);
            _receiveScale = own;
            _scaleAgreed = true;
        }

        ChooseSegmentSize();
    }

    private void BecomeEstablished(TimeSpan now, TcpStateCause why)
    {
        _sendTimer = SendTimer.None;
        _backoff = 0;

        // RFC 6298 §5.7: a SYN, or its answer, that was sent again says that the path may be slow: begin with three seconds.
        if (_synRetries > 0 && !_roundTrip.HasMeasured) _initialTimeout = TimeSpan.FromSeconds(3);

        // RFC 6928 §2; RFC 5681 §3.1: one segment where the SYN was lost.
        _cwnd = InitialWindow();
        if (_synRetries > 1) _cwnd = _segmentSize;
        ChangeState(_finQueued ? TcpState.FinWait1 : TcpState.Established, why);
        StartMtuProbing();
        ArmKeepAlive(now);
        ArmTimer();
        Signal();
        _layer.WantTransmit(this);
    }

    // RFC 6928 §2: long segments are as many octets as ten of Ethernet, but two at least.
    private int InitialWindow()
    {
        var segment = EffectiveSegment;
        return Math.Min(_settings.InitialWindowSegments * segment, Math.Max(2 * segment, _settings.InitialWindowSegments * EthernetSegment));
    }

    // RFC 9293 §3.10.7.3.
    private void ReceiveInSynSent(in IncomingSegment segment, in Arrival arrival)
    {
        var acceptable = false;
        if (segment.IsAck)
        {
            if (segment.Acknowledgment != _iss + 1)
            {
                Dropped(TcpDrop.AcknowledgesUnsent);
                if (!segment.IsReset) _layer.SendReset(segment, arrival);
                return;
            }

            acceptable = true;
        }

        if (segment.IsReset)
        {
            // RFC 5961 §3.2 asks for nothing else here: the acknowledgment proves that the peer saw the SYN.
            if (acceptable) End(new TcpEnding(TcpEndingKind.Refused), TcpStateCause.ResetReceived);
            else Dropped(TcpDrop.SuspectReset);
            return;
        }

        if (!segment.IsSyn)
        {
            Dropped(TcpDrop.Closed);
            return;
        }

        _irs = segment.Sequence;
        _rcvNxt = _irs + 1;
        _readNext = _rcvNxt;
        _lastAckSent = _rcvNxt;
        Agree(segment.AllOptions, OwnScale());
        if (_timestampsAgreed)
        {
            _recentTimestamp = segment.Timestamps.Value;
            _recentTimestampAt = arrival.At;
        }

        // RFC 7323 §2.2: the window of a SYN is not scaled.
        _sndWnd = segment.Window;
        _maxSndWnd = Math.Max(_maxSndWnd, _sndWnd);
        _sndWl1 = segment.Sequence;
        _sndWl2 = segment.Acknowledgment;
        if (!acceptable)
        {
            // Both sides open at once (RFC 9293 §3.5, figure 8).
            ChangeState(TcpState.SynReceived, TcpStateCause.SynReceived);
            _synQueued = true;
            _layer.WantTransmit(this);
            return;
        }

        // RFC 3168 §6.1.1: an ECN-setup SYN-ACK has ECE and not CWR.
        _ecnAgreed = _ecnAsked && !_ecnRefused && (segment.Flags & (TcpFlags.Ece | TcpFlags.Cwr)) == TcpFlags.Ece;
        _sndUna = segment.Acknowledgment;
        _rcvRight = _rcvNxt + (uint)Math.Min(_receiveLimit, ushort.MaxValue);
        if (_synRetries == 0) Measure((arrival.At - _synSentAt).Ticks, arrival.At);
        else if (_timestampsAgreed && RoundTripOf(segment.Timestamps.EchoReply, arrival.At) is { } roundTrip) Measure(roundTrip, arrival.At);
        _ackNow = true;
        BecomeEstablished(arrival.At, TcpStateCause.SynAckReceived);
        if (!segment.Payload.IsEmpty || segment.IsFin) ReceiveText(segment, arrival);
    }

    private byte? OwnScale() => _settings.UseWindowScale ? ScaleOf(_settings) : null;

    internal static byte ScaleOf(TcpSettings settings)
    {
        if (settings.WindowScale is { } chosen) return Math.Min(chosen, (byte)14);
        byte scale = 0;
        while (scale < 14 && settings.MaximumReceiveBuffer >> scale > ushort.MaxValue) scale++;
        return scale;
    }
}
