using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Internet;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>Listens for connections: a queue of half-open ones, and one of those that wait to be accepted.</summary>
public sealed class TcpListener : StackSocket
{
    private readonly Queue<TcpConnection> _waiting = new();
    private readonly HashSet<HalfOpen> _halfOpen = [];
    private readonly int _backlog;
    private bool _isClosed;

    internal TcpListener(TcpLayer layer, IpEndpoint local, TcpListenOptions options)
        : base(layer.Ready)
    {
        Layer = layer;
        Local = local;
        Settings = options.Settings ?? layer.Settings;
        SegmentLimit = options.MaximumSegmentSize;
        _backlog = Math.Max(1, options.Backlog);
        Owner = options.Owner;
    }

    /// <summary>Where it listens. An unspecified address stands for all of that version.</summary>
    public IpEndpoint Local { get; }

    /// <summary>Connections that wait to be accepted.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Connections that are half open.</summary>
    public int HalfOpenCount => _halfOpen.Count;

    /// <summary>How many connections may wait.</summary>
    public int Backlog => _backlog;

    /// <inheritdoc/>
    public override SocketReadiness Readiness => _isClosed ? SocketReadiness.Ended : _waiting.Count > 0 ? SocketReadiness.Readable : SocketReadiness.None;

    internal TcpLayer Layer { get; }

    internal TcpSettings Settings { get; }

    internal int? SegmentLimit { get; }

    /// <summary>Takes a connection that waits.</summary>
    /// <param name="connection">The connection, now the caller's. It may have ended since.</param>
    /// <returns>False where none waits.</returns>
    public bool TryAccept([NotNullWhen(true)] out TcpConnection? connection)
    {
        if (!_waiting.TryDequeue(out connection)) return false;
        connection.Listener = null;
        return true;
    }

    /// <summary>Listens no more: what is half open is forgotten, what waits is reset (RFC 9293 §3.10.4).</summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        foreach (var half in _halfOpen)
        {
            Layer.Deadlines.Cancel(half);
            Layer.Flows.Remove(half);
        }

        _halfOpen.Clear();
        while (_waiting.TryDequeue(out var connection))
        {
            connection.Listener = null;
            connection.Abort();
        }

        Layer.Remove(this);
        Signal();
    }

    /// <summary>A SYN for this listener (RFC 9293 §3.10.7.2), or an acknowledgment that may bring a cookie.</summary>
    internal void Receive(in FlowKey key, in IncomingSegment segment, in Arrival arrival, SequenceNumber? floor)
    {
        if (segment.IsReset)
        {
            Layer.Drop(TcpDrop.NoSocket, key, arrival.At);
            return;
        }

        if (segment.IsAck)
        {
            if (!TryAcceptCookie(key, segment, arrival)) Layer.SendReset(segment, arrival);
            return;
        }

        if (!segment.IsSyn)
        {
            Layer.Drop(TcpDrop.NoSocket, key, arrival.At);
            return;
        }

        if (!Layer.Internet.TryFindPath(key.Remote.Address, key.Local.Address, out var path))
        {
            Layer.Drop(TcpDrop.NoRoom, key, arrival.At);
            return;
        }

        var options = segment.AllOptions;
        var asksEcn = Settings.Ecn != TcpEcnMode.Off && (segment.Flags & (TcpFlags.Ece | TcpFlags.Cwr)) == (TcpFlags.Ece | TcpFlags.Cwr) && arrival.Ecn == Ecn.NotCapable;
        var isFull = _halfOpen.Count >= Math.Min(Settings.MaximumHalfOpen, Math.Max(_backlog * 2, 8)) || _waiting.Count >= _backlog;
        if (Settings.SynCookies == TcpCookieMode.Always || (isFull && _waiting.Count < _backlog && Settings.SynCookies == TcpCookieMode.WhenFull))
        {
            SendCookie(key, path, segment, options, asksEcn, arrival.At);
            return;
        }

        if (isFull || !Layer.HasRoom)
        {
            // The peer sends its SYN again; by then there may be room.
            Layer.Drop(TcpDrop.NoRoom, key, arrival.At);
            return;
        }

        var half = new HalfOpen(this, key, path, segment, options, Layer.InitialNumber(key, arrival.At, floor), asksEcn);
        if (!Layer.Flows.TryAdd(half)) return;
        _halfOpen.Add(half);
        Tell(key, TcpState.Listen, TcpState.SynReceived, TcpStateCause.SynReceived, arrival.At);

        // RFC 9293 §3.10.7.2 lets text that came along wait; it is not acknowledged, so the peer sends it again once the connection is there.
        half.Answer(arrival.At);
    }

    internal void Establish(HalfOpen half, in HandshakeFacts facts, in IncomingSegment segment, in Arrival arrival)
    {
        if (_waiting.Count >= _backlog)
        {
            // As if the acknowledgment had been lost: the SYN-ACK is sent again, and its next acknowledgment may find room.
            Layer.Drop(TcpDrop.NoRoom, half.Key, arrival.At);
            return;
        }

        Layer.Deadlines.Cancel(half);
        _halfOpen.Remove(half);
        Establish(half.Key, half.Path, facts, segment, arrival, half);
    }

    /// <summary>Back to LISTEN (RFC 9293 §3.10.7.4): nobody need know of an attempt that came to nothing.</summary>
    internal void Drop(HalfOpen half, TcpStateCause why, TimeSpan now)
    {
        Tell(half.Key, TcpState.SynReceived, TcpState.Listen, why, now);
        Layer.Deadlines.Cancel(half);
        Layer.Flows.Remove(half);
        _halfOpen.Remove(half);
    }

    /// <summary>A connection ended before it was accepted: it stays, so that whoever accepts it learns how it ended (POSIX accept, ECONNABORTED).</summary>
    internal void Forget(TcpConnection connection) => Signal();

    /// <summary>What a SYN-ACK offers, whether something is kept of it or all is in its number.</summary>
    internal TcpOptions SynAckOptions(IpPath path, byte? scale, bool sack, TcpTimestamps? timestamps) => new()
    {
        MaximumSegmentSize = (ushort)TcpConnection.AdvertisedSegmentSize(path, Settings, SegmentLimit),
        WindowScale = scale,
        SackPermitted = sack,
        Timestamps = timestamps,
    };

    internal void SendSynAck(in FlowKey key, IpPath path, SequenceNumber own, SequenceNumber peer, in TcpOptions options, bool ecn, TimeSpan now)
    {
        var header = new TcpHeader
        {
            SourcePort = key.Local.Port,
            DestinationPort = key.Remote.Port,
            SequenceNumber = own,
            AcknowledgmentNumber = peer + 1,
            Flags = TcpFlags.Syn | TcpFlags.Ack | (ecn ? TcpFlags.Ece : 0), // RFC 3168 §6.1.1
            Window = (ushort)Math.Min(Settings.InitialReceiveBuffer, ushort.MaxValue),
            Options = options,
        };
        Send(key, path, header, own.Value, header.Window, null, now);
    }

    /// <summary>Tells a peer whose segment is doubtful where the handshake stands (RFC 5961 §3.2).</summary>
    internal void SendChallenge(in FlowKey key, IpPath path, SequenceNumber next, SequenceNumber expected, int scale, TcpTimestamps? timestamps, TimeSpan now)
    {
        var header = new TcpHeader
        {
            SourcePort = key.Local.Port,
            DestinationPort = key.Remote.Port,
            SequenceNumber = next,
            AcknowledgmentNumber = expected,
            Flags = TcpFlags.Ack,
            Window = (ushort)(Math.Min(Settings.InitialReceiveBuffer, ushort.MaxValue) >> scale),
            Options = new TcpOptions { Timestamps = timestamps },
        };
        Send(key, path, header, 1, header.Window << scale, TcpDecision.Challenge, now);
    }

    private void Tell(in FlowKey key, TcpState from, TcpState to, TcpStateCause why, TimeSpan now)
    {
        if (Layer.Events.IsOn) Layer.Events.Add(new TcpEvent.StateChanged(now, key.Local, key.Remote, from, to, why));
    }

    private void Send(in FlowKey key, IpPath path, in TcpHeader header, uint number, int window, TcpDecision? why, TimeSpan now)
    {
        var packet = Layer.Internet.Pool.Rent(header.Length);
        TcpPackets.Write(packet, header, path);
        if (Layer.Events.IsOn) Layer.Events.Add(new TcpEvent.Sent(now, key.Local, key.Remote, new TcpSegmentSummary(header.Flags, number, 1, 0, window, header.Options), why));
        Layer.Internet.Send(packet, path, IpProtocol.Tcp, new IpSendOptions(Settings.HopLimit, 0, Ecn.NotCapable, DontFragment: true), now);
    }

    private void Establish(in FlowKey key, IpPath path, in HandshakeFacts facts, in IncomingSegment segment, in Arrival arrival, HalfOpen? half)
    {
        var connection = new TcpConnection(Layer, key, Settings, path, SegmentLimit);
        if (half is not null) Layer.Flows.Replace(half, connection);
        else if (!Layer.Flows.TryAdd(connection)) return;
        Layer.Added();
        connection.Listener = this;
        connection.Accept(facts, arrival.At);
        _waiting.Enqueue(connection);
        connection.Receive(segment, arrival);
        Signal();
    }

    private void SendCookie(in FlowKey key, IpPath path, in IncomingSegment syn, in TcpOptions peer, bool ecn, TimeSpan now)
    {
        var hasTimestamps = Settings.UseTimestamps && peer.Timestamps is not null;
        var sack = hasTimestamps && Settings.UseSelectiveAcknowledgment && peer.SackPermitted;
        var scales = hasTimestamps && Settings.UseWindowScale && peer.WindowScale is not null;
        var cookie = Layer.Cookies.Make(key, syn.Sequence, peer.MaximumSegmentSize ?? 0, now);
        var options = SynAckOptions(
            path,
            scales ? TcpConnection.ScaleOf(Settings) : null,
            sack,
            hasTimestamps ? new TcpTimestamps(SynCookies.StampWith(TimestampClock.At(now.Ticks, Layer.TimestampOffset(key)), scales ? peer.WindowScale : null, sack, ecn), syn.Timestamps.Value) : null);
        SendSynAck(key, path, cookie, syn.Sequence, options, ecn && hasTimestamps, now);
        Layer.CountCookie();
        if (Layer.Events.IsOn) Layer.Events.Add(new TcpEvent.Decided(now, key.Local, key.Remote, TcpDecision.SendCookie, null, 0));
    }

    private bool TryAcceptCookie(in FlowKey key, in IncomingSegment segment, in Arrival arrival)
    {
        // Only a listener that has sent cookies lately believes in them: every guess is a chance to open a connection blindly.
        if (segment.IsSyn || Settings.SynCookies == TcpCookieMode.Never || !Layer.SentCookiesLately(arrival.At)) return false;
        var own = segment.Acknowledgment - 1;
        var peer = segment.Sequence - 1;
        if (!Layer.Cookies.TryRead(key, peer, own, arrival.At, out var size)) return false;
        if (_waiting.Count >= _backlog || !Layer.HasRoom || !Layer.Internet.TryFindPath(key.Remote.Address, key.Local.Address, out var path)) return true;

        var (scale, sack, ecn) = segment.HasTimestamps ? SynCookies.OptionsOf(segment.Timestamps.EchoReply) : default;
        var facts = new HandshakeFacts
        {
            OwnInitial = own,
            PeerInitial = peer,
            PeerOptions = new TcpOptions { MaximumSegmentSize = (ushort)size, WindowScale = segment.HasTimestamps ? scale : null, SackPermitted = sack, Timestamps = segment.HasTimestamps ? segment.Timestamps : null },
            OwnScale = segment.HasTimestamps && scale is not null ? TcpConnection.ScaleOf(Settings) : null,
            OwnWindow = Math.Min(Settings.InitialReceiveBuffer, ushort.MaxValue),
            PeerWindow = segment.Window,
            RecentTimestamp = segment.HasTimestamps ? segment.Timestamps.Value : null,
            TimestampOffset = Layer.TimestampOffset(key),
            EcnAgreed = ecn,
        };
        if (Layer.Events.IsOn) Layer.Events.Add(new TcpEvent.Decided(arrival.At, key.Local, key.Remote, TcpDecision.AcceptCookie, null, size));
        Tell(key, TcpState.Listen, TcpState.SynReceived, TcpStateCause.SynReceived, arrival.At);
        Establish(key, path, facts, segment, arrival, null);
        return true;
    }
}
