using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>What the receiver keeps, and when it acknowledges (RFC 9293 §3.8.6).</content>
public sealed partial class TcpConnection
{
    private readonly OctetWindow _receive;
    private OutOfOrderRanges? _outOfOrder;

    // The next number expected, the first not read, and the end of the window that was announced.
    private SequenceNumber _rcvNxt;
    private SequenceNumber _readNext;
    private SequenceNumber _rcvRight;
    private SequenceNumber _lastAckSent;
    private SequenceNumber? _finAt;
    private SequenceNumber? _urgentReceived;
    private int _receiveLimit;
    private int _receiveScale;
    private bool _scaleAgreed;
    private bool _finReceived;
    private bool _readShut;

    private bool _sackAgreed;
    private bool _timestampsAgreed;
    private uint _timestampOffset;
    private uint _recentTimestamp;
    private TimeSpan _recentTimestampAt;
    private TcpSackBlock? _duplicate;

    private bool _ackNow;
    private bool _echoesCongestion;
    private int _unackedOctets;
    private int _quickAcks;

    // The text that waits for its acknowledgment ended with PSH; and this side has answered text within the delay of an acknowledgment.
    private bool _wasPushed;
    private bool _isConversation;
    private int _receiveSegment = DefaultSegmentSize;
    private TimeSpan _lastReceived;
    private TimeSpan? _lastTextAt;
    private long _octetsReceived;

    // Dynamic sizing of the receive buffer: what was read in the last round trip (Fisk and Feng, 2001).
    private TimeSpan? _roundStart;
    private TimeSpan _receiverRoundTrip;
    private SequenceNumber _roundEnd;
    private TimeSpan _spaceStart;
    private long _readInRound;

    // Seventh and eighth: the text and the FIN.
    private void ReceiveText(in IncomingSegment segment, in Arrival arrival)
    {
        var text = segment.Payload;
        var start = segment.IsSyn ? segment.Sequence + 1 : segment.Sequence;
        if (text.IsEmpty && !segment.IsFin) return;
        if (State is TcpState.CloseWait or TcpState.LastAck or TcpState.Closing)
        {
            // RFC 9293 §3.10.7.4: nothing can follow a FIN. The sender missed our acknowledgment, so it is sent again.
            _ackNow = true;
            _layer.WantTransmit(this);
            return;
        }

        if (IsOrphan && !text.IsEmpty && start + (uint)text.Length > _rcvNxt)
        {
            // RFC 9293 §3.6.1: nobody is left who could read it; the peer must not believe it delivered.
            _layer.SendReset(segment, arrival);
            End(new TcpEnding(TcpEndingKind.Aborted), TcpStateCause.Abort);
            return;
        }

        var isFin = segment.IsFin;
        var end = start + (uint)text.Length;
        if (end > _rcvRight)
        {
            text = text[..(int)Math.Max(0, _rcvRight.DistanceFrom(start))];
            isFin = false;
        }

        if (isFin) _finAt = end;
        NoteText(text.Length, arrival.At);
        _wasPushed = (segment.Flags & TcpFlags.Psh) != 0;
        if (start <= _rcvNxt) ReceiveInOrder(text, start, arrival.At);
        else ReceiveBeyondGap(text, start);
        if (_finAt is { } fin && fin == _rcvNxt) ReceiveFin(arrival.At);
        _layer.WantTransmit(this);
    }

    private void ReceiveInOrder(ReadOnlySpan<byte> text, SequenceNumber start, TimeSpan now)
    {
        var known = (int)Math.Min(_rcvNxt - start, (uint)text.Length);
        if (known > 0)
        {
            // RFC 2883 §4.1: part of it was here.
            if (_sackAgreed) _duplicate = new TcpSackBlock(start, start + (uint)known);
            _ackNow = true;
            text = text[known..];
        }

        if (text.IsEmpty) return;
        if (Available >= TcpLayer.LeastBuffer && _layer.IsOutOfMemory)
        {
            // Nobody reads, and others have no room: the peer sends it again later. What was promised is not taken back, but a promise is no memory (RFC 9293 §3.8.6).
            Dropped(TcpDrop.NoRoom);
            _ackNow = true;
            return;
        }

        var before = _rcvNxt;
        if (!_readShut) _receive.Put(Available, text);
        _rcvNxt += (uint)text.Length;
        if (_outOfOrder is { IsEmpty: false } ranges)
        {
            // RFC 5681 §4.2: what fills a gap is acknowledged at once.
            if (_sackAgreed && ranges.TryFindOverlap(before, _rcvNxt, out var overlap, out _)) _duplicate = overlap;
            _rcvNxt = ranges.Advance(_rcvNxt);
            _ackNow = true;
        }

        var arrived = (int)(_rcvNxt - before);
        _octetsReceived += arrived;
        MeasureReceiverRound(now);
        if (_readShut)
        {
            _readNext = _rcvNxt;
        }
        else
        {
            Available += arrived;
            Signal();
        }

        DecideAcknowledgment(text.Length, now);
    }

    private void ReceiveBeyondGap(ReadOnlySpan<byte> text, SequenceNumber start)
    {
        // RFC 5681 §4.2: at once, so that the sender learns of the gap.
        _ackNow = true;
        if (text.IsEmpty) return;
        var end = start + (uint)text.Length;
        var ranges = _outOfOrder ??= new OutOfOrderRanges();
        if (_sackAgreed && ranges.TryFindOverlap(start, end, out var overlap, out _)) _duplicate = overlap;
        if (_layer.IsShortOfMemory || !ranges.TryAdd(start, end))
        {
            Dropped(TcpDrop.NoRoom);
            return;
        }

        if (!_readShut) _receive.Put((int)(start - _readNext), text);
    }

    private void ReceiveFin(TimeSpan now)
    {
        _finAt = null;
        _finReceived = true;
        _rcvNxt += 1;
        _ackNow = true;
        switch (State)
        {
            case TcpState.SynReceived or TcpState.Established:
                ChangeState(TcpState.CloseWait, TcpStateCause.FinReceived);
                break;
            case TcpState.FinWait1:
                // Our FIN may be acknowledged by the same segment: that was looked at before, and led to FIN-WAIT-2.
                ChangeState(TcpState.Closing, TcpStateCause.FinReceived);
                break;
            case TcpState.FinWait2:
                EnterTimeWait(now, TcpStateCause.FinReceived);
                break;
        }

        Signal();
    }

    // RFC 9293 §3.8.6.3: at least every second full segment at once; the first ones of a connection too, so that slow start is not slowed.
    private void DecideAcknowledgment(int octets, TimeSpan now)
    {
        _unackedOctets += octets;
        if (_ackNow) return;
        if (_unackedOctets >= 2 * _receiveSegment || _quickAcks > 0) _ackNow = true;
        else if (_ackAt == Never) _ackAt = now + _settings.MinimumAckDelay;
    }

    // The peer sends again what was here: its windows are small, and acknowledgments of ours were lost. It must not wait for a delayed one as well, as Linux has it.
    private void AcknowledgeAtOnce()
    {
        _quickAcks = Math.Max(_quickAcks, _settings.QuickAckSegments);
        _isConversation = false;
    }

    // Text goes out: it may be the answer that a delayed acknowledgment waits for, to travel with it.
    private void NoteAnswer(TimeSpan now)
    {
        if (_lastTextAt is { } last && now - last < _settings.MinimumAckDelay) _isConversation = true;
    }

    private void NoteText(int octets, TimeSpan now)
    {
        // What was learned of the other side's rhythm is old after a pause.
        if (_lastTextAt is { } last && now - last > TimeSpan.FromTicks(RetransmissionTimeout)) AcknowledgeAtOnce();
        _lastTextAt = now;
        if (octets > 0) _dataSegmentsIn++;
        if (octets > _receiveSegment) _receiveSegment = Math.Min(octets, Math.Max(_ownSegmentSize - TimestampOption, DefaultSegmentSize));
    }

    // The window to announce (RFC 9293 §3.8.6.2.2): what fits, in steps worth sending, and never less than was promised.
    private int ChooseWindow()
    {
        var free = Math.Max(0, _receiveLimit - Available);
        if (free < Math.Min(_receiveLimit / 2, Math.Min(_ownSegmentSize, _receiveSegment))) free = 0;
        var promised = Math.Max(0, _rcvRight.DistanceFrom(_rcvNxt));
        var most = ushort.MaxValue << _receiveScale;
        var unit = 1 << _receiveScale;
        if (free < promised) return Math.Min((promised + unit - 1) & ~(unit - 1), most);
        var window = Math.Min(free, most) & ~(unit - 1);
        return window < promised ? Math.Min((promised + unit - 1) & ~(unit - 1), most) : window;
    }

    // The reader made room: the peer is told where it makes a difference, that is where its window at least doubles.
    private void OnRead(int octets)
    {
        // What the peer pushed is read to its end, and no answer is to be expected: nothing more may come before the acknowledgment, as the peer's window may be
        // small. RFC 9293 §3.8.6.3 allows a delay and asks for none; Linux waits no longer either.
        if (_wasPushed && Available == 0 && !_isConversation && _ackAt != Never)
        {
            _ackNow = true;
            _layer.WantTransmit(this);
        }

        if (_finReceived || State is TcpState.Closed or TcpState.SynSent) return;
        SizeReceiveBuffer(octets);
        var promised = Math.Max(0, _rcvRight.DistanceFrom(_rcvNxt));
        if (promised * 2L > _receiveLimit) return;
        var window = ChooseWindow();
        if (window == 0 || window < 2 * promised) return;
        _ackNow = true;
        _layer.WantTransmit(this);
    }

    private void MeasureReceiverRound(TimeSpan now)
    {
        if (_roundStart is not null && _rcvNxt < _roundEnd) return;
        if (_roundStart is { } start)
        {
            var took = now - start;
            _receiverRoundTrip = _receiverRoundTrip == default ? took : TimeSpan.FromTicks(Math.Min(took.Ticks, ((_receiverRoundTrip.Ticks * 7) + took.Ticks) / 8));
        }

        _roundStart = now;
        _roundEnd = SequenceNumber.Max(_rcvRight, _rcvNxt + 1);
    }

    private void SizeReceiveBuffer(int octets)
    {
        _readInRound += octets;
        var now = _layer.Now;
        var roundTrip = _roundTrip.HasMeasured ? TimeSpan.FromTicks(Math.Min(_roundTrip.Smoothed, _receiverRoundTrip == default ? long.MaxValue : _receiverRoundTrip.Ticks)) : _receiverRoundTrip;
        if (roundTrip == default || now - _spaceStart < roundTrip) return;

        // Twice what was read in a round trip, as a sender in slow start sends twice as much in the next.
        var wanted = Math.Min((2 * _readInRound) + (16L * _receiveSegment), _settings.MaximumReceiveBuffer);
        if (wanted > _receiveLimit && !_layer.IsShortOfMemory) _receiveLimit = (int)wanted;
        _readInRound = 0;
        _spaceStart = now;
    }
}
