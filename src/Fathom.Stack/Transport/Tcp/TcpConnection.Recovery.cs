using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>Loss: how it is found, and what is done about it.</content>
public sealed partial class TcpConnection
{
    // RFC 5681 §3.2, RFC 6675 §2 (DupThresh): as many that arrived behind a gap make it a loss.
    private const int DuplicateThreshold = 3;

    // What growth stops at, so that sums stay within 31 bits.
    private const int MaximumWindow = 1 << 30;

    private readonly CongestionControl _congestion;
    private TcpCongestionState _congestionState;
    private int _cwnd = DefaultSegmentSize;
    private int _ssthresh = CongestionControl.Unlimited;
    private SequenceNumber _recoveryPoint;
    private bool _hasRecoveryPoint;
    private ProportionalReduction _reduction;
    private HyStart _hyStart;
    private RackState _rack;
    private long _reorderings;
    private int _reorderingExtent;
    private long _reorderWait;

    private bool _forwardRto;
    private bool _forwardRtoAnswered;
    private bool _holdsRetransmissions;
    private SequenceNumber? _tailProbeEnd;
    private bool _tailProbeRepeats;

    // Whether the window was what limited sending: else it must not grow (RFC 7661 §4.3, RFC 9438 §4.6).
    private SequenceNumber _growthRoundEnd;
    private int _mostInFlight;
    private bool _windowLimits;
    private bool _windowLimitedRound;

    private void React(ref AcknowledgmentEffect effect, TimeSpan now)
    {
        _holdsRetransmissions = false;
        if (!_sackAgreed && effect.IsDuplicate) _duplicateAcks++;
        if (effect.Delivered > 0 || effect.IsDuplicate) effect.FoundLoss = DetectLosses(now);
        TryUndo(effect);
        switch (_congestionState)
        {
            case TcpCongestionState.Recovery:
                ReactInRecovery(effect);
                break;
            case TcpCongestionState.Loss:
                ReactInLoss(effect);
                break;
            default:
                ReactInOpen(effect);
                break;
        }

        if (_congestionState is TcpCongestionState.Recovery or TcpCongestionState.Reduced)
        {
            if (effect.Delivered > 0 || effect.IsDuplicate)
            {
                var delivered = _sackAgreed || effect.Delivered > 0 ? effect.Delivered : _segmentSize;
                _cwnd = Math.Max(InFlight + _reduction.Allow(delivered, InFlight, _ssthresh, _segmentSize, effect.Advanced && !effect.FoundLoss), _segmentSize);
            }
        }
        else if (effect.Advanced)
        {
            GrowWindow(effect, now);
        }
    }

    private void ReactInOpen(in AcknowledgmentEffect effect)
    {
        if (_congestionState == TcpCongestionState.Reduced && _sndUna >= _recoveryPoint)
        {
            // RFC 6937 §3: at the end the window is what the reduction aimed at.
            _cwnd = Math.Max(Math.Min(_ssthresh, MaximumWindow), _segmentSize);
            _congestionState = TcpCongestionState.Open;
        }

        if (_sent is { LostCount: > 0 } && !_probeFailed)
        {
            EnterRecovery();
            return;
        }

        _probeFailed = false;

        // RFC 3168 §6.1.2: once for each window. What was sent before the last reduction may still be echoed, by the acknowledgment of the last of it too; beyond it
        // the receiver has seen CWR.
        if (effect.EchoesCongestion && _congestionState != TcpCongestionState.Reduced && (!_hasRecoveryPoint || _sndUna > _recoveryPoint))
        {
            EnterReduced(TcpDecision.ReduceForCongestionMark);
            return;
        }

        var isDisordered = _sent is { SackedCount: > 0 } || _duplicateAcks > 0;
        if (_congestionState == TcpCongestionState.Open && isDisordered) _congestionState = TcpCongestionState.Disorder;
        else if (_congestionState == TcpCongestionState.Disorder && !isDisordered) _congestionState = TcpCongestionState.Open;
    }

    private void ReactInRecovery(in AcknowledgmentEffect effect)
    {
        if (_sndUna >= _recoveryPoint)
        {
            LeaveRecovery();
            return;
        }

        // RFC 6582 §3.2 step 3: a partial acknowledgment without SACK means that the next one is lost too.
        if (!_sackAgreed && effect.Advanced && HasOutstanding) Lose(Sent.Head);
    }

    // RFC 5682 §3.1, with SACK; and the way out.
    private void ReactInLoss(in AcknowledgmentEffect effect)
    {
        var isRecovered = _sndUna >= _recoveryPoint;
        if (_forwardRto && !_sackAgreed)
        {
            if (ReactToForwardRto(effect, isRecovered)) return;
        }
        else if (_forwardRto)
        {
            if ((effect.Advanced || effect.NewlySacked) && effect.OldOriginalDelivered)
            {
                // Step 3.b: what was sent before the time-out has arrived without being sent again.
                Undo();
                return;
            }

            if (_sndNxt > _recoveryPoint)
            {
                // Step 3.a: new octets were sent, and what comes is duplicates.
                if (effect.NewlySacked || effect.IsDuplicate) _forwardRto = false;
            }
            else if (effect.Advanced && !isRecovered)
            {
                // Step 2.b: new octets in place of retransmissions, to see what comes back.
                _recoveryPoint = _sndNxt;
                if (Unsent > 0 && _sndUna + (uint)_sndWnd > _sndNxt) _holdsRetransmissions = true;
                else _forwardRto = false;
                return;
            }
        }

        if (!isRecovered)
        {
            if (!_sackAgreed && effect.Advanced && HasOutstanding) Lose(Sent.Head);
            return;
        }

        _forwardRto = false;
        _congestionState = TcpCongestionState.Open;
        _undoUna = null;
        _unsuspected = null;
        Decide(TcpDecision.LeaveLoss, value: _cwnd);
    }

    // RFC 5682 §2.1: without SACK an acknowledgment may cover what waited behind the gap; only a second one that advances, after new octets were sent, tells that nothing was lost.
    // True where nothing else is to be done about this acknowledgment.
    private bool ReactToForwardRto(in AcknowledgmentEffect effect, bool isRecovered)
    {
        if (effect.Advanced && _forwardRtoAnswered)
        {
            // Step 3.b.
            Undo();
            return true;
        }

        if (effect.Advanced && !isRecovered && Unsent > 0 && _sndUna + (uint)_sndWnd > _sndNxt)
        {
            // Step 2.b: the window, grown to two segments, lets two new ones go.
            _forwardRtoAnswered = true;
            _holdsRetransmissions = true;
            return true;
        }

        // Steps 2.a and 3.a: the time-out was right.
        if (effect.Advanced || effect.IsDuplicate) _forwardRto = false;
        return false;
    }

    private bool DetectLosses(TimeSpan now)
    {
        if (_sent is not { IsEmpty: false } sent) return false;
        if (!_sackAgreed)
        {
            // RFC 6582 §3.2 step 2: not twice for the same flight.
            if (_congestionState >= TcpCongestionState.Recovery || _duplicateAcks < DuplicateThreshold || (_hasRecoveryPoint && _sndUna <= _recoveryPoint)) return false;
            return Lose(sent.Head);
        }

        return _settings.UseRack ? DetectByTime(sent, now) : DetectByCount(sent);
    }

    // RFC 8985 §6.2 step 5.
    private bool DetectByTime(SentQueue sent, TimeSpan now)
    {
        _reorderWait = 0;
        if (!_rack.HasSample) return false;
        var isCertain = _congestionState >= TcpCongestionState.Recovery || sent.SackedCount >= DuplicateThreshold;
        var window = _rack.Window(_reorderings > 0, isCertain, _minimumRoundTrip.Value, _roundTrip.Smoothed);
        var found = false;
        for (var id = sent.Earliest; id >= 0;)
        {
            ref var segment = ref sent[id];
            if (!_rack.WasSentAfter(segment)) break;
            var next = segment.Later;
            var wait = segment.SentAt + _rack.RoundTrip + window - now.Ticks;
            if (wait > 0)
            {
                _reorderWait = Math.Max(_reorderWait, wait);
                id = next;
                continue;
            }

            // A probe that failed is cut in pieces, and every segment has another id then.
            var probes = _mtuProbe is not null;
            found |= Lose(id);
            id = probes && _mtuProbe is null ? sent.Earliest : next;
        }

        return found;
    }

    // RFC 6675 §4, IsLost.
    private bool DetectByCount(SentQueue sent)
    {
        _reorderWait = 0;
        var count = 0;
        var octets = 0;
        var found = false;
        for (var id = sent.Tail - 1; id >= sent.Head; id--)
        {
            ref var segment = ref sent[id];
            if (segment.Has(SentMarks.Sacked))
            {
                count++;
                octets += segment.SequenceLength;
            }
            else if ((count >= DuplicateThreshold || octets > (DuplicateThreshold - 1) * _segmentSize) && !segment.Has(SentMarks.Retransmitted))
            {
                var probes = _mtuProbe is not null;
                found |= Lose(id);
                if (probes && _mtuProbe is null) return found | DetectByCount(sent);
            }
        }

        return found;
    }

    private bool Lose(int id)
    {
        if (!Sent.MarkLost(id)) return false;
        Decide(TcpDecision.MarkLost, Sent[id].Start);
        if (!IsFailedProbe(id)) return true;

        // RFC 4821 §7.6.2: the probe was too large, which says nothing of congestion. It goes out again in pieces.
        Sent.Recut(EffectiveSegment);
        return false;
    }

    private void EnterRecovery()
    {
        PrepareUndo();
        if (_congestionState != TcpCongestionState.Reduced) _ssthresh = _congestion.OnLoss(_cwnd, _segmentSize);
        _recoveryPoint = _sndNxt;
        _hasRecoveryPoint = true;
        _reduction.Begin((int)(_sndNxt - _sndUna));
        _congestionState = TcpCongestionState.Recovery;
        _reducedQueued = _ecnAgreed;
        Decide(TcpDecision.EnterRecovery, _sndUna, _ssthresh);
    }

    // RFC 3168 §6.1.2: as for a loss, once a round trip; nothing is sent again.
    private void EnterReduced(TcpDecision why)
    {
        _undoUna = null;
        _ssthresh = _congestion.OnLoss(_cwnd, _segmentSize);
        _recoveryPoint = _sndNxt;
        _hasRecoveryPoint = true;
        _reduction.Begin((int)(_sndNxt - _sndUna));
        _congestionState = TcpCongestionState.Reduced;
        _reducedQueued = _ecnAgreed;
        Decide(why, value: _ssthresh);
    }

    private void LeaveRecovery()
    {
        _cwnd = Math.Max(Math.Min(_ssthresh, MaximumWindow), _segmentSize);
        _congestionState = TcpCongestionState.Open;
        _rack.OnRecoveryEnd();
        _hyStart.Reset();
        Decide(TcpDecision.LeaveRecovery, value: _cwnd);
    }

    private void GrowWindow(in AcknowledgmentEffect effect, TimeSpan now)
    {
        // RFC 9406 §4.3: in the first slow start only; later ones end at a threshold that was found.
        var isFirst = _ssthresh == CongestionControl.Unlimited && _settings.UseHyStart;
        if (effect.RoundTrip > 0 && isFirst)
        {
            var was = _hyStart.IsConservative;
            _hyStart.Add(effect.RoundTrip);
            if (!was && _hyStart.IsConservative) Decide(TcpDecision.SlowSlowStart, value: _cwnd);
        }

        // What SACKs, or duplicate acknowledgments, told of before has let segments go already (RFC 3042).
        var acknowledged = _sackAgreed ? Math.Min(effect.Acknowledged, effect.Delivered) : Math.Max(_segmentSize, effect.Acknowledged - (effect.PriorDuplicates * _segmentSize));
        if (_cwnd < _ssthresh)
        {
            // RFC 5681 §3.1, RFC 9406 §4.2 without its limit L: a receiver that puts segments together acknowledges dozens at once, and growth must not depend on that.
            if (_cwnd >= 2 * Math.Max(_mostInFlight, effect.PriorInFlight)) return;
            var room = (int)Math.Min((long)_ssthresh - _cwnd, MaximumWindow - _cwnd);
            _cwnd += Math.Min(isFirst ? _hyStart.Growth(acknowledged) : acknowledged, Math.Max(room, 0));
            if (_cwnd >= _ssthresh) Decide(TcpDecision.LeaveSlowStart, value: _cwnd);
            return;
        }

        if (!_windowLimits && !_windowLimitedRound) return;
        _cwnd = Math.Min(_congestion.Grow(_cwnd, acknowledged, _segmentSize, _roundTrip.Smoothed, now.Ticks), MaximumWindow);
    }

    private void OnWindowRoundEnd(SequenceNumber ack, int priorInFlight)
    {
        if (ack < _growthRoundEnd && _growthRoundEnd != default) return;

        // Acknowledgments that come together, before anything else was sent, end one round: what limited it holds for all of them.
        if (_sndNxt == _growthRoundEnd) return;
        if (_ssthresh == CongestionControl.Unlimited && _settings.UseHyStart && _hyStart.EndRound())
        {
            _ssthresh = _cwnd;
            _hyStart.Reset();
            Decide(TcpDecision.LeaveSlowStart, value: _cwnd);
        }

        _growthRoundEnd = _sndNxt;

        // What was in flight until now was so at the beginning of the round that begins: a window that was full may double, whether or not more is written.
        _mostInFlight = Math.Max(InFlight, priorInFlight);
        _windowLimitedRound = _windowLimits;
        _windowLimits = false;
    }

    // RFC 8985 §7.4: was the tail lost, or only its acknowledgment?
    private void AnswerTailProbe(SequenceNumber ack, in AcknowledgmentEffect effect)
    {
        if (_tailProbeEnd is not { } end || ack < end) return;
        if (!_tailProbeRepeats)
        {
            _tailProbeEnd = null;
            return;
        }

        if (effect.DuplicateReported && effect.DuplicateBlock.Right == end)
        {
            _tailProbeEnd = null;
            return;
        }

        if (ack > end || !effect.Advanced)
        {
            // Past the probe without a report of a duplicate: the original was lost, and only the probe repaired it. Or a bare duplicate acknowledgment: both arrived.
            _tailProbeEnd = null;
            if (ack > end && _congestionState is TcpCongestionState.Open or TcpCongestionState.Disorder) EnterReduced(TcpDecision.EnterRecovery);
        }
    }
}
