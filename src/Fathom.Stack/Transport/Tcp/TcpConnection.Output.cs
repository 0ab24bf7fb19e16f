using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>What is sent, and when.</content>
public sealed partial class TcpConnection
{
    // Octets of data under one header that a device cuts: the longest packet, less the longest headers.
    private const int LongestBurst = 65_535 - Ipv6Packet.HeaderLength - TcpSegment.MaxHeaderLength;

    // Segments that a device, or this stack in its place, cuts from one piece: what most devices are asked for.
    private const int MostSegmentsInBurst = 64;

    // A burst holds what the path is believed to carry in 1/1024 s, so that a slow path's queue is not filled at once; two segments at least, so that the
    // receiver acknowledges each burst. As Linux has it.
    private const long BurstTicks = TimeSpan.TicksPerSecond / 1024;
    private const int LeastSegmentsInBurst = 2;

    /// <summary>Octets of data in a full segment, the options of now taken off.</summary>
    private int EffectiveSegment => Math.Max(1, _segmentSize - TimestampOption);

    /// <summary>Sends one segment, if there is one to send.</summary>
    internal bool TransmitOne(TimeSpan now)
    {
        if (_resetQueued)
        {
            _resetQueued = false;
            Emit(_sndNxt, 0, 0, TcpFlags.Rst | TcpFlags.Ack, 0, null, now);
            return false;
        }

        if (State == TcpState.TimeWait) return AcknowledgeLast(now);
        if (Ending is not null) return false;
        if (State is TcpState.SynSent or TcpState.SynReceived)
        {
            if (_synQueued)
            {
                _synQueued = false;
                SendSyn(now);
            }
            else if (_ackNow && State == TcpState.SynReceived)
            {
                // RFC 9293 §3.10.7.4: what is not acceptable is answered here too; the peer's SYN again, for one.
                Emit(_sndNxt, 0, 0, TcpFlags.Ack, 0, null, now);
            }

            return false;
        }

        if (_probeQueued)
        {
            SendProbe(now);
            return true;
        }

        if (TryRetransmit(now) || TrySendNew(now)) return true;
        if (!_ackNow) return false;
        Emit(_sndNxt, 0, 0, TcpFlags.Ack, 0, null, now);
        return true;
    }

    // The peer's FIN has brought the connection into TIME-WAIT, and is still to be acknowledged.
    private bool AcknowledgeLast(TimeSpan now)
    {
        if (_ackNow) Emit(_sndNxt, 0, 0, TcpFlags.Ack, 0, null, now);
        return false;
    }

    private void SendSyn(TimeSpan now)
    {
        var isAnswer = State == TcpState.SynReceived;
        var flags = isAnswer ? TcpFlags.Syn | TcpFlags.Ack : TcpFlags.Syn;
        if (!isAnswer && _settings.Ecn == TcpEcnMode.Ask && !_ecnRefused)
        {
            flags |= TcpFlags.Ece | TcpFlags.Cwr; // RFC 3168 §6.1.1
            _ecnAsked = true;
        }

        if (_synRetries == 0) _synSentAt = _stalledSince = now;
        var options = new TcpOptions
        {
            MaximumSegmentSize = (ushort)_ownSegmentSize,
            WindowScale = isAnswer ? (_scaleAgreed ? (byte)_receiveScale : null) : OwnScale(),
            SackPermitted = isAnswer ? _sackAgreed : _settings.UseSelectiveAcknowledgment,
            Timestamps = (isAnswer ? _timestampsAgreed : _settings.UseTimestamps) ? new TcpTimestamps(StampOf(now.Ticks), _recentTimestamp) : null,
        };
        var window = Math.Min(_receiveLimit, ushort.MaxValue);
        if (isAnswer) _rcvRight = _rcvNxt + (uint)window;
        var header = new TcpHeader
        {
            SourcePort = Local.Port,
            DestinationPort = Remote.Port,
            SequenceNumber = _iss,
            AcknowledgmentNumber = isAnswer ? _rcvNxt : default,
            Flags = flags,
            Window = (ushort)window,
            Options = options,
        };
        if (_synRetries > 0) _retransmissions++;
        var packet = _layer.Internet.Pool.Rent(header.Length);
        Finish(packet, header, 0, Ecn.NotCapable, _synRetries > 0 ? TcpDecision.RetransmitAfterTimeout : null, now);
        ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
        ArmTimer();
    }

    private bool TryRetransmit(TimeSpan now)
    {
        if (_sent is not { LostCount: > 0 } sent || _holdsRetransmissions) return false;
        var id = sent.NextLost();
        ref var segment = ref sent[id];
        if (_cwnd - InFlight < segment.SequenceLength && InFlight > 0) return false;

        // Nothing beyond the window, but for the first: the peer may have taken back what it offered (RFC 9293 §3.8.6.2.1).
        if (segment.Start != _sndUna && segment.End > _sndUna + (uint)_sndWnd) return false;
        Resend(id, _congestionState == TcpCongestionState.Loss ? TcpDecision.RetransmitAfterTimeout : TcpDecision.Retransmit, now);
        if (_congestionState is TcpCongestionState.Recovery or TcpCongestionState.Reduced) _reduction.OnSent(segment.SequenceLength);
        return true;
    }

    private void Resend(int id, TcpDecision why, TimeSpan now)
    {
        var sent = Sent;
        sent.Resend(id, now.Ticks);
        ref var segment = ref sent[id];
        _retransmissions++;
        if (!_hasRetransmitted)
        {
            _hasRetransmitted = true;
            _firstRetransmissionStamp = StampOf(now.Ticks);
        }

        if (_undoUna is not null) _undoRetransmissions++;

        // The rest of its burst was just sent again: together they are one once more.
        var push = segment.Has(SentMarks.Push) || (segment.Has(SentMarks.BurstEnd) && _resentEnd == segment.Start);
        _resentEnd = segment.Has(SentMarks.BurstEnd) ? null : segment.End;
        var flags = TcpFlags.Ack | (segment.Has(SentMarks.Fin) ? TcpFlags.Fin : 0) | (push ? TcpFlags.Psh : 0);
        Emit(segment.Start, segment.Length, 0, flags, 0, why, now);
        if (_sendTimer == SendTimer.None) ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
        ArmTimer();
    }

    private bool TrySendNew(TimeSpan now)
    {
        var unsent = Unsent;
        var wantsFin = _finQueued && !_finSent;
        if (unsent == 0 && !wantsFin)
        {
            _times.SetLimited(false, now.Ticks);
            return false;
        }

        if (unsent > 0) _times.Begin(now.Ticks);

        // Not where octets wait for the peer's window: the sender is stopped, not idle, and what the path carried is judged when they were written, as Linux has it.
        if (!_times.IsLimited) RestartAfterIdle(now);
        var maximum = Math.Max(1, _segmentSize - OptionsLength());
        var window = Math.Max(0, (_sndUna + (uint)_sndWnd).DistanceFrom(_sndNxt));
        var room = _cwnd - InFlight;

        if (TryProbePathMtu(unsent, window, room, now)) return true;
        var length = Math.Min(unsent, maximum);
        if (_recordEnds is { Count: > 0 } && NextRecordEnd() is { } recordEnd) length = Math.Min(length, (int)(recordEnd - _sndNxt));
        var isLast = length == unsent;
        if (length > 0 && room < length && InFlight > 0)
        {
            _windowLimits = true;
            _times.SetLimited(false, now.Ticks);
            return false;
        }

        if (length > window || (length == 0 && window == 0))
        {
            // RFC 9293 §3.8.6.2.1: less than a segment only where it is much of what the peer ever offered (rule 3), or was waited for (rule 4), and nothing else will
            // move the window.
            if (!HasOutstanding && window > 0 && (window >= _maxSndWnd / 2 || _flushHeld)) length = window;
            else
            {
                _times.SetLimited(true, now.Ticks);
                return Blocked(now);
            }

            isLast = false;
        }

        if (length < maximum && isLast && !wantsFin && length > 0 && MustWait()) return Blocked(now);
        _times.SetLimited(false, now.Ticks);
        var burst = PlanBurst(length, maximum, unsent, window, room);
        var sendsFin = wantsFin && burst == unsent;
        SendText(burst, length, maximum, sendsFin, now);
        return true;
    }

    // How many octets go out as one piece: cut by the device where it can, else by the calls that follow.
    private int PlanBurst(int length, int maximum, int unsent, int window, int room)
    {
        if (length < maximum)
        {
            _burstIsLong = _burstEnd > _sndNxt && _burstIsLong;
            return length;
        }

        if (_burstEnd <= _sndNxt)
        {
            var most = Math.Min(Math.Min(unsent, window), Math.Min(Math.Max(room, length), LongestBurst));
            if (_recordEnds is { Count: > 0 } && NextRecordEnd() is { } recordEnd) most = Math.Min(most, (int)(recordEnd - _sndNxt));
            var segments = Math.Clamp(most / maximum, 1, LongestBurstNow(maximum));
            _burstEnd = _sndNxt + (uint)(segments * maximum);
            _burstIsLong = segments > 1;
        }

        if (!CanSegment) return length;
        var burst = (int)(_burstEnd - _sndNxt);
        return Math.Max(length, Math.Min(burst / maximum * maximum, unsent / maximum * maximum));
    }

    // In segments. The window is sent twice in a round trip while it may double.
    private int LongestBurstNow(int maximum)
    {
        if (!_roundTrip.HasMeasured) return MostSegmentsInBurst;
        var octets = (_cwnd < _ssthresh ? 2L : 1L) * _cwnd * BurstTicks / Math.Max(1, _roundTrip.Smoothed);
        return (int)Math.Clamp(octets / maximum, LeastSegmentsInBurst, MostSegmentsInBurst);
    }

    private bool CanSegment => (_path.Interface.Offloads & (Remote.Address.IsV6 ? InterfaceOffloads.SegmentationV6 : InterfaceOffloads.SegmentationV4)) != 0;

    private void SendText(int octets, int length, int maximum, bool sendsFin, TimeSpan now)
    {
        var start = _sndNxt;
        var end = start + (uint)octets;
        var push = octets > 0 && ((end == DataEnd && !_moreFollows) || EndsRecord(end));
        var endsBurst = (_burstIsLong && end >= _burstEnd) || octets > maximum;
        var sent = Sent;
        var wasIdle = sent.IsEmpty;
        for (var at = 0; at < octets || (octets == 0 && at == 0); at += Math.Max(length, 1))
        {
            var part = Math.Min(length, octets - at);
            var isEnd = at + part >= octets;
            var marks = isEnd ? (sendsFin ? SentMarks.Fin : 0) | (push ? SentMarks.Push : 0) | (endsBurst ? SentMarks.BurstEnd : 0) : SentMarks.None;
            sent.Add(start + (uint)at, part, marks, now.Ticks);
        }

        _sndNxt = end + (sendsFin ? 1u : 0);
        if (sendsFin) _finSent = true;
        if (octets > 0 && octets < maximum) _smallEnd = end;
        if (_urgentEnd is null || octets > 0) _flushHeld = false;
        _mostInFlight = Math.Max(_mostInFlight, InFlight);
        if (_congestionState is TcpCongestionState.Recovery or TcpCongestionState.Reduced) _reduction.OnSent(octets);
        if (wasIdle) _stalledSince = now;
        var flags = TcpFlags.Ack | (push || (endsBurst && octets > 0) ? TcpFlags.Psh : 0) | (sendsFin ? TcpFlags.Fin : 0);
        Emit(start, octets, octets > maximum ? maximum : 0, flags, octets, null, now);
        if (_sendTimer is SendTimer.None or SendTimer.Persist) ArmSend(SendTimer.Retransmit, now + TimeSpan.FromTicks(RetransmissionTimeout));
        ScheduleTailProbe(now);
        ArmTimer();
    }

    private SequenceNumber? NextRecordEnd()
    {
        foreach (var end in _recordEnds!)
        {
            if (end > _sndNxt) return end;
        }

        return null;
    }

    // The end of a record is what the writer pushes (RFC 9293 §3.9.1.2).
    private bool EndsRecord(SequenceNumber end) => _recordEnds is { Count: > 0 } ends && ends.Contains(end);

    // Nagle (RFC 9293 §3.7.4), and what the writer asked for.
    private bool MustWait()
    {
        if (_flushHeld || (_urgentEnd is { } urgent && urgent > _sndNxt)) return false;
        if (_cork || _moreFollows) return true;
        return !_noDelay && _smallEnd is { } small && small > _sndUna;
    }

    // Nothing may be sent now. While something is outstanding its acknowledgment moves things on; else only a timer will.
    private bool Blocked(TimeSpan now)
    {
        if (!HasOutstanding && _sendTimer == SendTimer.None)
        {
            ArmSend(SendTimer.Persist, now + TimeSpan.FromTicks(RetransmissionTimeout));
            ArmTimer();
        }

        return false;
    }

    // RFC 5681 §4.1, as RFC 2861 §3 refines it: half for each time-out that passed, down to the initial window.
    private void RestartAfterIdle(TimeSpan now)
    {
        if (!_settings.RestartAfterIdle || HasOutstanding || _lastSent is not { } lastSent) return;
        var idle = (now - lastSent).Ticks;
        var timeout = _roundTrip.Timeout;
        if (idle <= timeout) return;
        var least = Math.Min(InitialWindow(), _cwnd);
        if (_congestionState == TcpCongestionState.Open && _ssthresh != CongestionControl.Unlimited) _ssthresh = Math.Max(_ssthresh, _cwnd / 4 * 3);
        for (var passed = idle; passed > timeout && _cwnd > least; passed -= timeout) _cwnd = Math.Max(_cwnd / 2, least);
        _congestion.OnIdle(idle);
        _lastSent = now;
    }
}
