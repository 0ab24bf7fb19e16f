using Fathom.Stack.Internet;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>A SYN that a listener has answered: SYN-RECEIVED with as little memory as will do (RFC 4987 §3.4, "SYN cache").</summary>
internal sealed class HalfOpen : Deadline, IFlow
{
    private readonly FlowKey _key;
    private readonly TcpListener _listener;
    private readonly IpPath _path;
    private readonly TcpOptions _peer;
    private readonly SequenceNumber _own;
    private readonly int _peerWindow;
    private readonly bool _ecn;
    private readonly uint _timestampOffset;
    private uint _recentTimestamp;
    private TimeSpan _answeredAt;
    private int _retries;

    public HalfOpen(TcpListener listener, in FlowKey key, IpPath path, in IncomingSegment syn, in TcpOptions peer, SequenceNumber own, bool ecn)
    {
        _listener = listener;
        _key = key;
        _path = path;
        _peer = peer;
        _own = own;
        _ecn = ecn;
        PeerInitial = syn.Sequence;
        _peerWindow = syn.Window;
        _timestampOffset = listener.Layer.TimestampOffset(key);
        _recentTimestamp = syn.HasTimestamps ? syn.Timestamps.Value : 0;
    }

    /// <inheritdoc/>
    public ref readonly FlowKey Key => ref _key;

    public SequenceNumber PeerInitial { get; }

    /// <inheritdoc/>
    public (SequenceNumber Own, SequenceNumber Peer, int Scale) Origins => (_own, PeerInitial, OwnScale is null ? 0 : Math.Min(_peer.WindowScale ?? 0, (byte)14));

    /// <summary>Takes what arrives for it (RFC 9293 §3.10.7.4, SYN-RECEIVED that came from LISTEN).</summary>
    public void Receive(in IncomingSegment segment, in Arrival arrival)
    {
        var layer = _listener.Layer;
        if (segment.IsReset)
        {
            // Back to LISTEN, without a word to anybody.
            if (segment.Sequence == PeerInitial + 1)
            {
                _listener.Drop(this, TcpStateCause.ResetReceived, arrival.At);
                return;
            }

            // RFC 5961 §3.2: within the window it may be a peer that was restarted; what it says to an acknowledgment counts.
            layer.Drop(TcpDrop.SuspectReset, _key, arrival.At);
            if (segment.Sequence - (PeerInitial + 1) < Window && layer.MayChallenge(arrival.At)) _listener.SendChallenge(_key, _path, _own + 1, PeerInitial + 1, OwnScale ?? 0, Stamps(arrival.At), arrival.At);
            return;
        }

        if (segment.IsSyn)
        {
            // The SYN again: the answer was lost, or is late. Another number would be another attempt; the answer tells the peer what is here.
            if (!segment.IsAck && layer.MayChallenge(arrival.At)) Answer(arrival.At);
            return;
        }

        if (!segment.IsAck)
        {
            layer.Drop(TcpDrop.NoAcknowledgment, _key, arrival.At);
            return;
        }

        if (segment.Sequence - (PeerInitial + 1) > Window || (TimestampsAgreed && segment.HasTimestamps && (int)(segment.Timestamps.Value - _recentTimestamp) < 0))
        {
            layer.Drop(TcpDrop.OutOfWindow, _key, arrival.At);
            if (layer.MayChallenge(arrival.At)) Answer(arrival.At);
            return;
        }

        if (segment.Acknowledgment != _own + 1)
        {
            layer.SendReset(segment, arrival);
            return;
        }

        if (segment.HasTimestamps && segment.Sequence <= PeerInitial + 1) _recentTimestamp = segment.Timestamps.Value;
        _listener.Establish(this, Facts(arrival.At, segment), segment, arrival);
    }

    /// <summary>Sends the SYN-ACK, and waits for its acknowledgment.</summary>
    public void Answer(TimeSpan now)
    {
        if (_retries == 0) _answeredAt = now;
        _listener.SendSynAck(_key, _path, _own, PeerInitial, SynAckOptions(now), _ecn, now);
        Wait(now);
    }

    public override void Expire(TimeSpan now)
    {
        if (_retries >= _listener.Settings.SynAckRetries)
        {
            _listener.Drop(this, TcpStateCause.Timeout, now);
            return;
        }

        _retries++;
        Answer(now);
    }

    public IpPath Path => _path;

    // What the SYN-ACK has announced: its window is not scaled.
    private uint Window => (uint)Math.Min(_listener.Settings.InitialReceiveBuffer, ushort.MaxValue);

    private bool TimestampsAgreed => _listener.Settings.UseTimestamps && _peer.Timestamps is not null;

    private byte? OwnScale => _listener.Settings.UseWindowScale && _peer.WindowScale is not null ? TcpConnection.ScaleOf(_listener.Settings) : null;

    private TcpOptions SynAckOptions(TimeSpan now) => _listener.SynAckOptions(
        _path,
        OwnScale,
        _listener.Settings.UseSelectiveAcknowledgment && _peer.SackPermitted,
        Stamps(now));

    private TcpTimestamps? Stamps(TimeSpan now) => TimestampsAgreed ? new TcpTimestamps(TimestampClock.At(now.Ticks, _timestampOffset), _recentTimestamp) : null;

    private HandshakeFacts Facts(TimeSpan now, in IncomingSegment segment) => new()
    {
        OwnInitial = _own,
        PeerInitial = PeerInitial,
        PeerOptions = _peer,
        OwnScale = OwnScale,
        OwnWindow = (int)Window,
        PeerWindow = _peerWindow,
        RecentTimestamp = TimestampsAgreed ? _recentTimestamp : null,
        TimestampOffset = _timestampOffset,
        RoundTrip = RoundTrip(now, segment),
        Retries = _retries,
        EcnAgreed = _ecn,
    };

    // Karn (RFC 6298 §3): where it was sent again, only a timestamp says which of them was answered (RFC 7323 §4.1).
    private TimeSpan? RoundTrip(TimeSpan now, in IncomingSegment segment)
    {
        if (_retries == 0) return now - _answeredAt;
        return TimestampsAgreed && segment.HasTimestamps && TimestampClock.Since(now.Ticks, _timestampOffset, segment.Timestamps.EchoReply) is { } ticks ? TimeSpan.FromTicks(ticks) : null;
    }

    private void Wait(TimeSpan now)
    {
        var settings = _listener.Settings;
        var wait = TimeSpan.FromTicks(Math.Min(settings.InitialRetransmissionTimeout.Ticks << Math.Min(_retries, 20), settings.MaximumRetransmissionTimeout.Ticks));
        _listener.Layer.Deadlines.Set(this, now + wait);
    }
}
