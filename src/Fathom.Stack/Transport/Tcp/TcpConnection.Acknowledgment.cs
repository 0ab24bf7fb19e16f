using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>What an acknowledgment does to the sender (RFC 9293 §3.10.7.4 fifth, RFC 5681, RFC 6675, RFC 8985).</content>
public sealed partial class TcpConnection
{
    private RoundTripEstimator _roundTrip;
    private MinimumRoundTrip _minimumRoundTrip;
    private TcpSackBlocks _lastSacks;
    private int _duplicateAcks;

    private void ProcessAcknowledgment(in IncomingSegment segment, TimeSpan now)
    {
        var ack = segment.Acknowledgment;
        _resentEnd = null;
        var effect = default(AcknowledgmentEffect);
        var wasShut = _backoff > 0 && HasOutstanding && IsBeyondWindow(Sent);
        var windowChanged = ack >= _sndUna && UpdateSendWindow(segment);
        effect.Advanced = ack > _sndUna;
        effect.IsDuplicate = ack == _sndUna && segment.SequenceLength == 0 && !windowChanged && HasOutstanding;
        effect.PriorUna = _sndUna;
        effect.PriorInFlight = InFlight;
        effect.PriorDuplicates = _duplicateAcks;
        effect.Echo = segment.HasTimestamps && _timestampsAgreed ? segment.Timestamps.EchoReply : 0;
        effect.EchoesCongestion = _ecnAgreed && (segment.Flags & TcpFlags.Ece) != 0;

        // RFC 9293 §3.8.6.1: a peer that answers is there, however long its window stays closed; the next probe still waits longer.
        _probesUnanswered = 0;
        if (_sendTimer == SendTimer.Persist && _sndWnd > 0) _backoff = 0;
        if (effect.Advanced) RemoveAcknowledged(ack, now, ref effect);
        if (_sackAgreed && segment.Options.SackBlocks.Count > 0) ReadSacks(segment.Options.SackBlocks, ack, now, ref effect);
        if (effect.SawReordering) _reorderings++;
        FinishSample(now, ref effect);
        if (effect.Advanced)
        {
            _backoff = 0;
            _stalledSince = now;
            _path.SawProgress = true;
            OnWindowRoundEnd(ack, effect.PriorInFlight);
        }

        if (wasShut && HasOutstanding && !IsBeyondWindow(Sent))
        {
            // The window that was taken back is open again: what waited for it need not wait as long as the last probe did.
            _backoff = 0;
            ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
        }

        AnswerTailProbe(ack, effect);
        React(ref effect, now);

        // Only what is near it is compared with the point of recovery: half of all numbers further on it would seem to lie ahead again.
        if (_hasRecoveryPoint && _sndUna > _recoveryPoint && _congestionState < TcpCongestionState.Reduced) _hasRecoveryPoint = false;
        RearmAfterAcknowledgment(effect, now);
        if (effect.Advanced)
        {
            // What was said to follow has not followed within a round trip.
            if (_moreFollows && !_cork) _flushHeld = Unsent > 0;
            if (_finSent && _sndUna == _sndNxt) FinAcknowledged(now);
            if (Ending is not null) return;
            SizeSendBuffer();
            if (SendSpace > 0) Signal();
            if (!HasOutstanding)
            {
                _sent?.Release();
                if (Unsent == 0) _times.End(now.Ticks);
            }
        }

        if (windowChanged || effect.Advanced || effect.Delivered > 0 || effect.IsDuplicate) _layer.WantTransmit(this);
    }

    // Twice the congestion window, as Linux has it: one half is in flight, the other is at hand when that is acknowledged. More would only wait here.
    private void SizeSendBuffer()
    {
        var wanted = Math.Min(2L * _cwnd, _settings.MaximumSendBuffer);
        if (wanted > _sendLimit && !_sendLimitIsFixed && !_layer.IsShortOfMemory) _sendLimit = (int)wanted;
    }

    // RFC 9293 §3.10.7.4: only from segments that are not older than the one that set it.
    private bool UpdateSendWindow(in IncomingSegment segment)
    {
        if (!(_sndWl1 < segment.Sequence || (_sndWl1 == segment.Sequence && _sndWl2 <= segment.Acknowledgment))) return false;
        var window = segment.Window << (segment.IsSyn ? 0 : _sendScale);
        _sndWl1 = segment.Sequence;
        _sndWl2 = segment.Acknowledgment;
        if (window == _sndWnd) return false;
        _sndWnd = window;
        if (window > _maxSndWnd)
        {
            _maxSndWnd = window;
            ChooseSegmentSize();
        }

        return true;
    }

    private void RemoveAcknowledged(SequenceNumber ack, TimeSpan now, ref AcknowledgmentEffect effect)
    {
        var octets = (int)(ack - _sndUna);
        if (_sent is { } sent)
        {
            while (!sent.IsEmpty && sent[sent.Head].End <= ack)
            {
                Deliver(sent.Head, now, ref effect);
                sent.RemoveHead();
            }

            if (!sent.IsEmpty && sent[sent.Head].Start < ack)
            {
                var part = (int)(ack - sent[sent.Head].Start);
                if (!sent[sent.Head].Has(SentMarks.Sacked)) effect.Delivered += part;
                sent.TrimHead(part);
            }
        }

        effect.Acknowledged = octets;
        _acknowledged += octets;
        _sndUna = ack;
        NoteProbeAcknowledged();
        var data = Math.Min(octets, _sendLength);
        if (data > 0)
        {
            _send.Drop(data);
            _sendBase += (uint)data;
            _sendLength -= data;
            if (_sendLength == 0) _send.Clear();
        }

        // RFC 6582 §3.2: what follows counts anew.
        _duplicateAcks = 0;
        while (_recordEnds is { Count: > 0 } ends && ends.Peek() <= ack) ends.Dequeue();
        if (_smallEnd is { } small && small <= ack) _smallEnd = null;
        if (_urgentEnd is { } urgent && urgent <= ack) _urgentEnd = null;
    }

    // A segment has reached the peer: told for the first time now, by an acknowledgment or a SACK.
    private void Deliver(int id, TimeSpan now, ref AcknowledgmentEffect effect)
    {
        ref var segment = ref Sent[id];
        if (segment.Has(SentMarks.Sacked)) return;
        effect.Delivered += segment.SequenceLength;
        _segmentsDelivered++;
        _largestDelivered = Math.Max(_largestDelivered, segment.Length);
        var isBehind = _rack.SeesReordering(segment.End);
        if (segment.Has(SentMarks.Retransmitted))
        {
            effect.RetransmissionDelivered = true;
        }
        else
        {
            if (!effect.OriginalDelivered) effect.FirstSentAt = segment.SentAt;
            effect.OriginalDelivered = true;
            if (segment.End <= _recoveryPoint) effect.OldOriginalDelivered = true;
            effect.LastSentAt = segment.SentAt;
            if (isBehind)
            {
                // RFC 4737 §4.2.1, in numbers here: from the late one to the end of what came before it.
                effect.SawReordering = true;
                _reorderingExtent = Math.Max(_reorderingExtent, (int)(_rack.Highest - segment.Start));
            }
        }

        _rack.Update(segment, now.Ticks, _minimumRoundTrip.Value, effect.Echo, StampOf(segment.SentAt));
    }

    private void ReadSacks(in TcpSackBlocks blocks, SequenceNumber ack, TimeSpan now, ref AcknowledgmentEffect effect)
    {
        var sent = Sent;

        // RFC 8985 §6.2 step 3: in the order of their numbers. The newest block stands first (RFC 2018 §4), and after an acknowledgment was lost two are new: not a sign of reordering.
        Span<int> order = stackalloc int[TcpSackBlocks.MaxCount];
        for (var i = 0; i < blocks.Count; i++)
        {
            var at = i;
            for (; at > 0 && blocks[i].Left < blocks[order[at - 1]].Left; at--) order[at] = order[at - 1];
            order[at] = i;
        }

        foreach (var i in order[..blocks.Count])
        {
            var block = blocks[i];
            if (i == 0 && IsDuplicateReport(blocks, ack))
            {
                NoteDuplicateReport(block, ref effect);
                continue;
            }

            // RFC 2018 §8, and against nonsense: within what was sent and is not acknowledged.
            if (block.Right <= block.Left || block.Left < _sndUna || block.Right > _sndNxt) continue;

            // The part that the last acknowledgment told too has been looked at.
            var from = block.Left;
            for (var k = 0; k < _lastSacks.Count; k++)
            {
                if (_lastSacks[k].Left <= from && from < _lastSacks[k].Right && _lastSacks[k].Right <= block.Right) from = _lastSacks[k].Right;
            }

            for (var id = sent.Find(from); id < sent.Tail && sent[id].End <= block.Right; id++)
            {
                if (sent[id].Start < block.Left || sent[id].Has(SentMarks.Sacked)) continue;
                Deliver(id, now, ref effect);
                sent.MarkSacked(id);
                effect.NewlySacked = true;
            }
        }

        _lastSacks = blocks;
    }

    // RFC 2883 §4: the first block repeats what the acknowledgment, or the second block, covers.
    private static bool IsDuplicateReport(in TcpSackBlocks blocks, SequenceNumber ack)
    {
        var first = blocks[0];
        if (first.Right <= ack) return true;
        return blocks.Count > 1 && blocks[1].Left <= first.Left && first.Right <= blocks[1].Right;
    }

    private void NoteDuplicateReport(TcpSackBlock block, ref AcknowledgmentEffect effect)
    {
        // Older than anything that could be a report about this flight: forged or of another time.
        if (block.Right <= block.Left || block.Right > _sndNxt || _sndUna.DistanceFrom(block.Left) > _maxSndWnd) return;
        effect.DuplicateReported = true;
        effect.DuplicateBlock = block;
        _duplicates++;
        _rack.OnDuplicateReport(_sndNxt, _sndUna);

        // RFC 3708 §3: of the window of data that the loss was in; what the path doubles later says nothing of it.
        if (_undoUna is { } since && block.Left >= since && block.Right <= _undoNxt && _undoRetransmissions > 0) _undoRetransmissions--;
    }

    private void FinishSample(TimeSpan now, ref AcknowledgmentEffect effect)
    {
        long? sample = null;
        if (effect.OriginalDelivered && !effect.RetransmissionDelivered)
        {
            // Karn: only of segments that were sent once (RFC 6298 §3), and did not wait for one that was sent again.
            sample = now.Ticks - effect.FirstSentAt;
            _minimumRoundTrip.Add(now.Ticks - effect.LastSentAt, now.Ticks);
        }
        else if (effect.Advanced && _timestampsAgreed && effect.Echo != 0 && !effect.DuplicateReported)
        {
            // RFC 7323 §4.1: a timestamp says which of them it was. But not where the receiver had it already: the acknowledgment was lost, and this one may echo what that one did.
            sample = RoundTripOf(effect.Echo, now);
            if (sample is { } value) _minimumRoundTrip.Add(value, now.Ticks);
        }

        effect.RoundTrip = sample ?? 0;
        if (sample is { } measured) Measure(measured, now);
    }

    private void Measure(long sample, TimeSpan now)
    {
        // RFC 7323 appendix G: ExpectedSamples, as an acknowledgment covers two segments.
        var samples = (InFlight + (2 * _segmentSize) - 1) / Math.Max(1, 2 * _segmentSize);
        _roundTrip.Add(Math.Max(sample, 1), samples);
        if (_minimumRoundTrip.Value == 0) _minimumRoundTrip.Add(sample, now.Ticks);
    }

    private long? RoundTripOf(uint echo, TimeSpan now) => TimestampClock.Since(now.Ticks, _timestampOffset, echo);

    private uint StampOf(long ticks) => TimestampClock.At(ticks, _timestampOffset);

    private void FinAcknowledged(TimeSpan now)
    {
        switch (State)
        {
            case TcpState.FinWait1:
                ChangeState(TcpState.FinWait2, TcpStateCause.FinAcknowledged);
                if (IsOrphan) ArmState(now + _settings.FinWait2Timeout);
                break;
            case TcpState.Closing:
                EnterTimeWait(now, TcpStateCause.FinAcknowledged);
                break;
            case TcpState.LastAck:
                End(new TcpEnding(TcpEndingKind.Closed), TcpStateCause.FinAcknowledged);
                break;
        }
    }
}
