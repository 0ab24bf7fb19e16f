using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>What is done with a segment, in the order of RFC 9293 §3.10.7.4.</content>
public sealed partial class TcpConnection
{
    private TimeSpan _invalidAnsweredAt = TimeSpan.MinValue;

    internal void Receive(in IncomingSegment segment, in Arrival arrival)
    {
        _segmentsIn++;
        _lastReceived = arrival.At;
        if (State == TcpState.SynSent)
        {
            ReceiveInSynSent(segment, arrival);
            return;
        }

        if (!IsAcceptable(segment, arrival)) return;

        // RFC 5961 §5.2 in place of RFC 9293's fifth check.
        var acknowledgment = segment.Acknowledgment;
        if (acknowledgment > _sndNxt)
        {
            if (State == TcpState.SynReceived) _layer.SendReset(segment, arrival);
            else if (_settings.AnswersUnsentAcknowledgments) Challenge(segment, arrival.At, TcpDrop.AcknowledgesUnsent);
            else Dropped(TcpDrop.AcknowledgesUnsent);
            return;
        }

        if (acknowledgment < _sndUna && _sndUna - acknowledgment > (uint)_maxSndWnd)
        {
            Challenge(segment, arrival.At, TcpDrop.AcknowledgesOld);
            return;
        }

        KeepTimestamp(segment, arrival.At);
        NoteCongestionMark(segment, arrival);
        if (State == TcpState.SynReceived && !LeaveSynReceived(segment, arrival)) return;
        ProcessAcknowledgment(segment, arrival.At);
        if (Ending is not null) return;
        if ((segment.Flags & TcpFlags.Urg) != 0) NoteUrgent(segment);
        ReceiveText(segment, arrival);
        if (Ending is not null) return;
        ArmKeepAlive(arrival.At);
        ArmTimer();
    }

    // Checks one to four: sequence number, RST, SYN, ACK.
    private bool IsAcceptable(in IncomingSegment segment, in Arrival arrival)
    {
        // RFC 5961 §4.2: a SYN on a synchronized connection is answered, whatever its number: a peer that was restarted answers with an RST that counts.
        if (segment.IsSyn && !segment.IsReset)
        {
            // In a simultaneous open the peer's SYN comes again with its ACK (RFC 9293 figure 8): it is what acknowledges ours.
            if (State == TcpState.SynReceived && segment.IsAck && segment.Sequence == _irs) return true;
            Challenge(segment, arrival.At, TcpDrop.SuspectSyn);
            return false;
        }

        if (_timestampsAgreed && !segment.IsReset && !PassesTimestampCheck(segment, arrival.At)) return false;
        var window = (uint)Math.Max(0, (_rcvRight - _rcvNxt) is var w && w > int.MaxValue ? 0 : (int)w);
        if (segment.IsReset)
        {
            // RFC 5961 §3.2: exactly the next number, or it may be a stranger's guess.
            if (segment.Sequence == _rcvNxt)
            {
                var refused = State == TcpState.SynReceived;
                End(new TcpEnding(refused ? TcpEndingKind.Refused : TcpEndingKind.Reset), TcpStateCause.ResetReceived);
            }
            else if (segment.Sequence.IsInWindow(_rcvNxt, window))
            {
                Challenge(segment, arrival.At, TcpDrop.SuspectReset);
            }
            else
            {
                Dropped(TcpDrop.SuspectReset);
            }

            return false;
        }

        if (!IsInWindow(segment, window))
        {
            RejectOutOfWindow(segment, arrival.At, window);
            return false;
        }

        if (segment.IsAck) return true;
        Dropped(TcpDrop.NoAcknowledgment);
        return false;
    }

    // RFC 9293 §3.4, table 6; a closed window still takes acknowledgments (§3.10.7.4: "special allowance").
    private bool IsInWindow(in IncomingSegment segment, uint window)
    {
        var length = segment.SequenceLength;
        if (length == 0) return segment.Sequence == _rcvNxt || segment.Sequence.IsInWindow(_rcvNxt, window);
        if (window == 0) return false;
        return segment.Sequence.IsInWindow(_rcvNxt, window) || (segment.Sequence + (length - 1)).IsInWindow(_rcvNxt, window);
    }

    private void RejectOutOfWindow(in IncomingSegment segment, TimeSpan now, uint window)
    {
        Dropped(TcpDrop.OutOfWindow);
        var hasText = segment.SequenceLength > 0;
        if (hasText && _sackAgreed && segment.Sequence < _rcvNxt && segment.End <= _rcvNxt)
        {
            // RFC 2883 §4.1: the peer is told that it sent what was here.
            _duplicate = new TcpSackBlock(segment.Sequence, segment.End);
            AcknowledgeAtOnce();
        }

        // What was acknowledged comes again, as the acknowledgment was lost: the next one echoes the retransmission, or the peer would take its time-out for a round trip.
        // RFC 7323 §5.3 leaves the timestamp (R2 before R3); so that strangers are none the wiser, both numbers must be right: that of the text lately, that acknowledged now.
        if (hasText && segment.End <= _rcvNxt && _rcvNxt - segment.End <= (uint)_receiveLimit && segment.IsAck && segment.Acknowledgment >= _sndUna && segment.Acknowledgment <= _sndNxt) KeepTimestamp(segment, now);

        // The acknowledgment of a segment that probes a closed window still counts, and so does one that comes with what is here already.
        if (segment.IsAck && segment.Acknowledgment >= _sndUna && segment.Acknowledgment <= _sndNxt && (segment.Sequence == _rcvNxt || (hasText && segment.End == _rcvNxt && window > 0)))
            ProcessAcknowledgment(segment, now);
        if (Ending is not null) return;

        // What carries text is answered each time: the peer waits for it. Bare acknowledgments are not, or two hosts would correct each other for ever.
        if (!hasText && !MayAnswerInvalid(now)) return;
        _ackNow = true;
        Decide(TcpDecision.Challenge);
        _layer.WantTransmit(this);
        ArmTimer();
    }

    private void Challenge(in IncomingSegment segment, TimeSpan now, TcpDrop why)
    {
        Dropped(why);
        if (segment.IsReset && why != TcpDrop.SuspectReset) return;
        if (!MayAnswerInvalid(now) || !_layer.MayChallenge(now)) return;
        _ackNow = true;
        Decide(TcpDecision.Challenge);
        _layer.WantTransmit(this);
    }

    private bool MayAnswerInvalid(TimeSpan now)
    {
        if (_invalidAnsweredAt != TimeSpan.MinValue && now - _invalidAnsweredAt < _settings.InvalidAckInterval) return false;
        _invalidAnsweredAt = now;
        return true;
    }

    private bool LeaveSynReceived(in IncomingSegment segment, in Arrival arrival)
    {
        if (segment.Acknowledgment != _iss + 1)
        {
            _layer.SendReset(segment, arrival);
            return false;
        }

        _sndUna = _iss + 1;
        _sndWnd = segment.Window << (segment.IsSyn ? 0 : _sendScale);
        _maxSndWnd = Math.Max(_maxSndWnd, _sndWnd);
        _sndWl1 = segment.Sequence;
        _sndWl2 = segment.Acknowledgment;
        if (_synRetries == 0) Measure((arrival.At - _synSentAt).Ticks, arrival.At);
        if (segment.IsSyn) _ackNow = true;
        BecomeEstablished(arrival.At, TcpStateCause.SynAcknowledged);
        return true;
    }

    // RFC 7323 §5: a timestamp that is older than the last one is of a segment that wandered.
    private bool PassesTimestampCheck(in IncomingSegment segment, TimeSpan now)
    {
        if (!segment.HasTimestamps)
        {
            // §3.2: without the timestamp it is not of this connection (SHOULD).
            if (!_settings.RequiresTimestamps) return true;
            Dropped(TcpDrop.NoTimestamp);
            return false;
        }

        if ((int)(segment.Timestamps.Value - _recentTimestamp) >= 0) return true;

        // §5.5: after 24 days the clock may have gone half around.
        if (now - _recentTimestampAt > TimeSpan.FromDays(24)) return true;
        Dropped(TcpDrop.OldTimestamp);
        if (segment.SequenceLength > 0 && _sackAgreed && segment.End <= _rcvNxt) _duplicate = new TcpSackBlock(segment.Sequence, segment.End);
        if (segment.SequenceLength == 0 && !MayAnswerInvalid(now)) return false;
        _ackNow = true;
        _layer.WantTransmit(this);
        return false;
    }

    // RFC 9293 §3.10.7.4, sixth (MUST-32): the owner is told where there was nothing urgent, or where the pointer moves on. It points behind the urgent octets (RFC 6093 §4.1).
    private void NoteUrgent(in IncomingSegment segment)
    {
        var end = segment.Sequence + (uint)segment.UrgentPointer;
        if (_finReceived || end <= _readNext || (_urgentReceived is { } known && end <= known)) return;
        _urgentReceived = end;
        Signal();
    }

    // RFC 7323 §4.3: only a segment that fills the place acknowledged last says something about the path now.
    private void KeepTimestamp(in IncomingSegment segment, TimeSpan now)
    {
        if (!_timestampsAgreed || !segment.HasTimestamps || segment.Sequence > _lastAckSent) return;
        if ((int)(segment.Timestamps.Value - _recentTimestamp) < 0 && now - _recentTimestampAt <= TimeSpan.FromDays(24)) return;
        _recentTimestamp = segment.Timestamps.Value;
        _recentTimestampAt = now;
    }

    // RFC 3168 §6.1.3: congestion experienced is echoed until the sender says that it has reduced its window.
    private void NoteCongestionMark(in IncomingSegment segment, in Arrival arrival)
    {
        if (!_ecnAgreed) return;
        if ((segment.Flags & TcpFlags.Cwr) != 0) _echoesCongestion = false;
        if (arrival.Ecn != Ecn.CongestionExperienced || segment.Payload.IsEmpty) return;
        _echoesCongestion = true;
        _ackNow = true;
    }
}
