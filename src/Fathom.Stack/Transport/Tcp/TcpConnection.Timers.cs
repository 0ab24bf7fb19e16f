using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>Time.</content>
public sealed partial class TcpConnection
{
    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    // RFC 9293 §3.8.3, R1: after three retransmissions the path itself is doubted (SHLD-10).
    private const int DoubtPathAfter = 3;

    // The same where segments as large have arrived: that the path changed to one that swallows them is much rarer than that each of three was lost by chance, which at a loss of 20 % each way
    // happens at every twentieth time-out, and would leave the connection with segments of a third.
    private const int DoubtProvenPathAfter = 6;

    private readonly ConnectionTimer _timer;
    private SendTimer _sendTimer;
    private TimeSpan _sendAt = Never;
    private TimeSpan _ackAt = Never;
    private TimeSpan _keepAliveAt = Never;
    private TimeSpan _stateAt = Never;
    private TimeSpan? _initialTimeout;
    private TimeSpan _stalledSince;
    private TcpKeepAlive? _keepAlive;
    private int _backoff;
    private int _keepAlivesUnanswered;
    private int _probesUnanswered;
    private bool _ecnAsked;

    internal TcpLayer Layer => _layer;

    // RFC 6298 §5.5: doubled with each time-out in a row.
    private long RetransmissionTimeout
    {
        get
        {
            var timeout = !_roundTrip.HasMeasured && _initialTimeout is { } initial ? initial.Ticks : _roundTrip.Timeout;
            return Math.Min(timeout << Math.Min(_backoff, 20), _settings.MaximumRetransmissionTimeout.Ticks);
        }
    }

    internal void OnTimer(TimeSpan now)
    {
        if (_ackAt <= now)
        {
            _ackAt = Never;
            _ackNow = true;
            _layer.WantTransmit(this);
        }

        if (_stateAt <= now)
        {
            // FIN-WAIT-2 of a connection that nobody waits for.
            _stateAt = Never;
            End(new TcpEnding(TcpEndingKind.Closed), TcpStateCause.Timeout);
            return;
        }

        if (_keepAliveAt <= now) OnKeepAlive(now);
        if (Ending is null && _sendTimer != SendTimer.None && _sendAt <= now) OnSendTimer(now);
        if (Ending is null) ArmTimer();
    }

    private void ArmSend(SendTimer kind, TimeSpan at)
    {
        _sendTimer = kind;
        _sendAt = at;
    }

    private void ArmState(TimeSpan at)
    {
        _stateAt = at;
        ArmTimer();
    }

    private void ArmTimer()
    {
        if (Ending is not null) return;
        var at = _sendTimer == SendTimer.None ? Never : _sendAt;
        if (_ackAt < at) at = _ackAt;
        if (_keepAliveAt < at) at = _keepAliveAt;
        if (_stateAt < at) at = _stateAt;
        if (at == Never) _timer.Cancel();
        else if (!_timer.IsSet || at < _timer.At) _layer.Deadlines.Set(_timer, at);
    }

    private void ArmKeepAlive(TimeSpan now)
    {
        if (_keepAlive is not { } keepAlive || State < TcpState.Established) return;
        _keepAlivesUnanswered = 0;
        _keepAliveAt = now + keepAlive.Idle;
    }

    private void OnKeepAlive(TimeSpan now)
    {
        _keepAliveAt = Never;
        if (_keepAlive is not { } keepAlive) return;

        // RFC 9293 §3.8.4 (MUST-26): only while nothing is under way.
        if (HasOutstanding || Unsent > 0)
        {
            _keepAliveAt = now + keepAlive.Interval;
            return;
        }

        if (_keepAlivesUnanswered >= keepAlive.Count)
        {
            _resetQueued = true;
            _layer.WantTransmit(this);
            End(new TcpEnding(TcpEndingKind.KeepAliveTimedOut), TcpStateCause.Timeout);
            return;
        }

        _keepAlivesUnanswered++;
        _keepAliveAt = now + keepAlive.Interval;
        QueueProbe(TcpDecision.ProbeKeepAlive);
    }

    private void QueueProbe(TcpDecision why)
    {
        _probeQueued = true;
        _probeWhy = why;
        _layer.WantTransmit(this);
    }

    // RFC 9293 §3.8.4: a number that was acknowledged before draws an acknowledgment, and changes nothing.
    private void SendProbe(TimeSpan now)
    {
        _probeQueued = false;
        Emit(_sndUna - 1, 0, 0, TcpFlags.Ack, 0, _probeWhy, now);
    }

    private void OnSendTimer(TimeSpan now)
    {
        var kind = _sendTimer;
        _sendTimer = SendTimer.None;
        _resentEnd = null;
        switch (kind)
        {
            case SendTimer.Retransmit when State is TcpState.SynSent or TcpState.SynReceived:
                OnSynTimeout(now);
                break;
            case SendTimer.Retransmit:
                OnRetransmissionTimeout(now);
                break;
            case SendTimer.TailProbe:
                OnTailProbe(now);
                break;
            case SendTimer.Reorder:
                OnReorderWait(now);
                break;
            case SendTimer.Persist:
                OnPersist(now);
                break;
        }
    }

    private void OnSynTimeout(TimeSpan now)
    {
        var most = State == TcpState.SynSent ? _settings.SynRetries : _settings.SynAckRetries;
        if (_synRetries >= most || IsStalledTooLong(now))
        {
            End(new TcpEnding(_lastError is null ? TcpEndingKind.TimedOut : TcpEndingKind.Unreachable), TcpStateCause.Timeout);
            return;
        }

        _synRetries++;
        _backoff++;
        _ecnRefused = true; // RFC 3168 §6.1.1.1: a box on the path may drop SYNs that ask for it
        _synQueued = true;
        _layer.WantTransmit(this);
    }

    // RFC 6298 §5.4 to 5.6, RFC 5681 §3.1, RFC 8985 §6.3.
    private void OnRetransmissionTimeout(TimeSpan now)
    {
        if (_sent is not { IsEmpty: false } sent) return;
        var most = IsOrphan ? _settings.OrphanRetries : _settings.Retries;

        // RFC 9293 §3.8.6 (SHLD-17, MUST-37): a peer that took its window back, and answers, keeps the connection, however long it acknowledges nothing.
        var isShut = IsBeyondWindow(sent);
        var unanswered = isShut && !IsOrphan ? _probesUnanswered : _backoff;
        if (unanswered >= most || IsStalledTooLong(now))
        {
            End(new TcpEnding(_lastError is null ? TcpEndingKind.TimedOut : TcpEndingKind.Unreachable), TcpStateCause.Timeout);
            return;
        }

        if (isShut) _probesUnanswered++;
        else if (_backoff + 1 >= (IsSizeProven ? DoubtProvenPathAfter : DoubtPathAfter)) SuspectBlackHole();
        var isNew = _congestionState < TcpCongestionState.Recovery;
        if (_congestionState <= TcpCongestionState.Disorder || _sndUna >= _recoveryPoint || (_congestionState == TcpCongestionState.Loss && _backoff == 0))
        {
            PrepareUndo();

            // RFC 5681 §3.1: not lowered again for a segment that was sent again before, nor twice for one window.
            _ssthresh = _congestion.OnLoss(_cwnd, _segmentSize);
        }

        _congestion.OnTimeout();
        _forwardRto = _settings.UseForwardRto && (isNew || _backoff > 0) && _mtuProbe is null;
        _forwardRtoAnswered = false;
        _tailProbeEnd = null;
        if (sent[sent.Head].Has(SentMarks.Sacked))
        {
            // RFC 2018 §8: the peer has what it does not acknowledge: it dropped it.
            sent.ForgetSacks();
            _lastSacks = default;
            Decide(TcpDecision.SacksReneged, _sndUna);
        }

        var window = _rack.Window(_reorderings > 0, true, _minimumRoundTrip.Value, _roundTrip.Smoothed);
        for (var id = sent.Head; id < sent.Tail; id++)
        {
            // RFC 8985 §6.3: those sent a moment ago may still arrive.
            if (id != sent.Head && _sackAgreed && _settings.UseRack && _rack.HasSample && sent[id].SentAt + _rack.RoundTrip + window > now.Ticks) continue;
            sent.MarkLost(id);
        }

        _duplicateAcks = 0;
        _timeouts++;
        _backoff++;
        _cwnd = InFlight + _segmentSize;
        _recoveryPoint = _sndNxt;
        _hasRecoveryPoint = true;
        _congestionState = TcpCongestionState.Loss;
        _reducedQueued = _ecnAgreed;
        _hyStart.Reset();
        _holdsRetransmissions = false;
        Decide(TcpDecision.EnterLoss, _sndUna, _cwnd);
        ArmSend(SendTimer.Retransmit, ClampToUserTimeout(now + TimeSpan.FromTicks(RetransmissionTimeout), now));
        _layer.WantTransmit(this);
    }

    // The peer has taken back the room in which the first outstanding segment was sent.
    private bool IsBeyondWindow(SentQueue sent) => sent[sent.Head].End > _sndUna + (uint)_sndWnd;

    private bool IsStalledTooLong(TimeSpan now) => UserTimeout is { } limit && now - _stalledSince >= limit;

    private TimeSpan ClampToUserTimeout(TimeSpan at, TimeSpan now)
    {
        if (UserTimeout is not { } limit) return at;
        var end = _stalledSince + limit;
        return end > now && end < at ? end : at;
    }

    // RFC 8985 §7.2.
    private void ScheduleTailProbe(TimeSpan now)
    {
        if (!_settings.UseTailLossProbe || !_sackAgreed || _tailProbeEnd is not null || _sent is not { IsEmpty: false } sent) return;
        if (_congestionState is not (TcpCongestionState.Open or TcpCongestionState.Reduced) || sent.SackedCount > 0) return;
        if (_sendTimer is not (SendTimer.Retransmit or SendTimer.TailProbe)) return;
        var wait = _roundTrip.HasMeasured ? 2 * _roundTrip.Smoothed : _settings.InitialRetransmissionTimeout.Ticks;
        if (sent.Count == 1) wait += _settings.MaximumAckDelay.Ticks;
        var timeout = now + TimeSpan.FromTicks(RetransmissionTimeout);
        var at = now + TimeSpan.FromTicks(wait);
        ArmSend(SendTimer.TailProbe, at < timeout ? at : timeout);
    }

    // RFC 8985 §7.3.
    private void OnTailProbe(TimeSpan now)
    {
        if (_sent is not { IsEmpty: false } sent) return;
        var maximum = Math.Max(1, _segmentSize - OptionsLength());
        var unsent = Math.Min(Unsent, maximum);
        if (unsent > 0 && (_sndUna + (uint)_sndWnd).DistanceFrom(_sndNxt) >= unsent)
        {
            _tailProbeRepeats = false;
            _burstEnd = _sndNxt;
            _burstIsLong = false;
            SendText(unsent, unsent, maximum, _finQueued && !_finSent && unsent == Unsent, now);
            Decide(TcpDecision.ProbeTail, _sndNxt);
        }
        else
        {
            _tailProbeRepeats = true;
            var last = sent.Tail - 1;
            while (last > sent.Head && sent[last].Has(SentMarks.Sacked)) last--;
            Resend(last, TcpDecision.ProbeTail, now);
        }

        _tailProbeEnd = _sndNxt;
        ArmSend(SendTimer.Retransmit, ClampToUserTimeout(now + TimeSpan.FromTicks(RetransmissionTimeout), now));
    }

    private void OnReorderWait(TimeSpan now)
    {
        if (_sent is not { IsEmpty: false }) return;
        if (DetectLosses(now) && _congestionState < TcpCongestionState.Recovery)
        {
            EnterRecovery();

            // RFC 6937 §3: nothing was delivered; the one retransmission that enters recovery is due all the same.
            _cwnd = InFlight + Sent[Sent.NextLost()].SequenceLength;
        }

        ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
        if (_reorderWait > 0) ArmSend(SendTimer.Reorder, now + TimeSpan.FromTicks(_reorderWait));
        _layer.WantTransmit(this);
    }

    private void OnPersist(TimeSpan now)
    {
        if (Unsent == 0 && (!_finQueued || _finSent)) return;
        if ((_sndUna + (uint)_sndWnd).DistanceFrom(_sndNxt) > 0)
        {
            // Nothing but patience held it back: a small segment, a corked one.
            _flushHeld = true;
            _moreFollows = false;
            _layer.WantTransmit(this);
            return;
        }

        if (_backoff == 0) _stalledSince = now;
        var most = IsOrphan ? _settings.OrphanRetries : _settings.Retries;
        if (_probesUnanswered >= most || (IsOrphan && _backoff >= most) || IsStalledTooLong(now))
        {
            // RFC 9293 §3.8.6.1: a peer that answers keeps the connection; one that answers to nobody's use does not.
            _resetQueued = true;
            _layer.WantTransmit(this);
            End(new TcpEnding(TcpEndingKind.TimedOut), TcpStateCause.Timeout);
            return;
        }

        _probesUnanswered++;
        QueueProbe(TcpDecision.ProbeWindow);
        if (_backoff < 20) _backoff++;
        ArmSend(SendTimer.Persist, ClampToUserTimeout(now + TimeSpan.FromTicks(RetransmissionTimeout), now));
    }

    private void RearmAfterAcknowledgment(in AcknowledgmentEffect effect, TimeSpan now)
    {
        if (!HasOutstanding)
        {
            if (_sendTimer != SendTimer.Persist || _sndWnd > 0) _sendTimer = SendTimer.None;
            _reorderWait = 0;
            return;
        }

        // RFC 6298 §5.3.
        if (effect.Advanced || _sendTimer == SendTimer.None)
        {
            ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
            ScheduleTailProbe(now);
        }

        if (_reorderWait > 0) ArmSend(SendTimer.Reorder, now + TimeSpan.FromTicks(_reorderWait));
        else if (_sendTimer == SendTimer.Reorder) ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
    }

    private void EnterTimeWait(TimeSpan now, TcpStateCause why)
    {
        ChangeState(TcpState.TimeWait, why);
        Ending = new TcpEnding(TcpEndingKind.Closed) { Error = _lastError };
        if (_layer.Events.IsOn) _layer.Events.Add(new TcpEvent.Ended(now, Local, Remote, Ending));
        _send.Clear();
        _sendLength = 0;
        _sent = null;
        _outOfOrder = null;
        _timer.Cancel();
        _sendTimer = SendTimer.None;

        // What comes from now on is answered from less than a whole connection.
        _waiting = _layer.EnterTimeWait(this, new TimeWaitFacts
        {
            OwnInitial = _iss,
            PeerInitial = _irs,
            Next = _sndNxt,
            Expected = _rcvNxt,
            Window = (ushort)(ChooseWindow() >> _receiveScale),
            HasTimestamps = _timestampsAgreed,
            RecentTimestamp = _recentTimestamp,
            TimestampOffset = _timestampOffset,
            HopLimit = HopLimit,
            Dscp = Dscp,
        });
        Signal();
    }
}
