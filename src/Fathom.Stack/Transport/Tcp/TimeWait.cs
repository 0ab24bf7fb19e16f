using Fathom.Stack.Internet;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>A connection in TIME-WAIT (RFC 9293 §3.6.1): it acknowledges what comes late, until old segments have died.</summary>
internal sealed class TimeWait : Deadline, IFlow
{
    private readonly TcpLayer _layer;
    private readonly FlowKey _key;
    private readonly IpPath _path;
    private readonly TimeWaitFacts _facts;
    private readonly TimeSpan _since;
    private uint _recentTimestamp;

    public TimeWait(TcpLayer layer, TcpConnection connection, in TimeWaitFacts facts)
    {
        _layer = layer;
        _key = ((IFlow)connection).Key;
        _path = connection.Path;
        _facts = facts;
        _recentTimestamp = facts.RecentTimestamp;
        _since = layer.Now;
    }

    /// <inheritdoc/>
    public ref readonly FlowKey Key => ref _key;

    /// <summary>The number behind everything that was sent.</summary>
    public SequenceNumber Next => _facts.Next;

    /// <inheritdoc/>
    public (SequenceNumber Own, SequenceNumber Peer, int Scale) Origins => (_facts.OwnInitial, _facts.PeerInitial, 0); // no window matters any more

    /// <summary>The wait is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The oldest but this: neighbors in the order of entering.</summary>
    public TimeWait? Younger { get; set; }

    /// <summary>Takes a segment.</summary>
    /// <returns>True: it opens a new connection in place of this one, whose initial number must lie beyond <paramref name="floor"/>.</returns>
    public bool Receive(in IncomingSegment segment, in Arrival arrival, out SequenceNumber floor)
    {
        floor = _facts.Next;
        if (segment.IsSyn && !segment.IsReset && !segment.IsAck)
        {
            if (IsBeyondDoubtNew(segment)) return true;
        }

        // RFC 1337 §3: an RST that wandered must not cut the wait short.
        if (segment.IsReset) return false;

        // RFC 7323 §4.3: the newest timestamp is echoed, and is what a new connection's is compared with.
        if (_facts.HasTimestamps && segment.HasTimestamps && !segment.IsSyn && segment.End == _facts.Expected && (int)(segment.Timestamps.Value - _recentTimestamp) > 0) _recentTimestamp = segment.Timestamps.Value;

        // RFC 9293 §3.10.7.4: the peer's FIN again: our acknowledgment was lost; it is repeated, and the wait begins anew.
        if (segment.IsFin && segment.End == _facts.Expected) _layer.Deadlines.Set(this, arrival.At + _layer.Settings.TimeWait);
        else if (segment.SequenceLength == 0 && segment.Acknowledgment == _facts.Next && segment.Sequence == _facts.Expected) return false;
        Acknowledge(arrival.At);
        return false;
    }

    /// <summary>True if a connection of this side may take its place. The initial number lies beyond all that were sent, and timestamps keep old segments out (RFC 7323 §5).</summary>
    /// <param name="now">The time.</param>
    /// <param name="isNamed">The port was asked for: that is reason enough to do without <see cref="TcpSettings.TimeWaitReuseDelay"/>.</param>
    public bool MayBeFollowed(TimeSpan now, bool isNamed) => _facts.HasTimestamps && (isNamed || now - _since >= _layer.Settings.TimeWaitReuseDelay);

    public void Finish(TcpStateCause why)
    {
        IsOver = true;
        _layer.Deadlines.Cancel(this);
        if (_layer.Events.IsOn) _layer.Events.Add(new TcpEvent.StateChanged(_layer.Now, _key.Local, _key.Remote, TcpState.TimeWait, TcpState.Closed, why));
    }

    public override void Expire(TimeSpan now) => _layer.EndTimeWait(this, TcpStateCause.Timeout);

    // RFC 6191 §2: a SYN that is of no segment of this connection, by its timestamp or its number; and any with timestamps where this connection had none.
    private bool IsBeyondDoubtNew(in IncomingSegment syn)
    {
        if (!syn.HasTimestamps || !_layer.Settings.UseTimestamps) return syn.Sequence > _facts.Expected;
        if (!_facts.HasTimestamps) return true;
        var newer = (int)(syn.Timestamps.Value - _recentTimestamp);
        return newer > 0 || (newer == 0 && syn.Sequence > _facts.Expected);
    }

    /// <summary>Tells the peer where the connection ended, within the budget for doubtful segments.</summary>
    public void Acknowledge(TimeSpan now)
    {
        if (!_layer.MayChallenge(now)) return;
        var header = new TcpHeader
        {
            SourcePort = _key.Local.Port,
            DestinationPort = _key.Remote.Port,
            SequenceNumber = _facts.Next,
            AcknowledgmentNumber = _facts.Expected,
            Flags = TcpFlags.Ack,
            Window = _facts.Window,
            Options = new TcpOptions
            {
                Timestamps = _facts.HasTimestamps ? new TcpTimestamps(TimestampClock.At(now.Ticks, _facts.TimestampOffset), _recentTimestamp) : null,
            },
        };
        var packet = _layer.Internet.Pool.Rent(header.Length);
        TcpPackets.Write(packet, header, _path);
        _layer.Internet.Send(packet, _path, IpProtocol.Tcp, new IpSendOptions(_facts.HopLimit, _facts.Dscp, Ecn.NotCapable, DontFragment: true), now);
    }
}
