using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// One TCP connection (RFC 9293). Its owner writes, reads and closes without waiting; nothing goes out before the driver asks the stack for frames. All members
/// are for the one thread, or the one lock, of the stack.
/// </summary>
public sealed partial class TcpConnection : StackSocket, IFlow
{
    private readonly TcpLayer _layer;
    private readonly FlowKey _key;
    private readonly TcpSettings _settings;
    private readonly int? _segmentLimit;
    private readonly IpPath _path;
    private TcpState _state;

    // What stands in its place in TIME-WAIT: it knows when that is over, and need not keep the connection for it.
    private TimeWait? _waiting;

    internal TcpConnection(TcpLayer layer, FlowKey key, TcpSettings settings, IpPath path, int? segmentLimit)
        : base(layer.Ready)
    {
        _layer = layer;
        _key = key;
        _settings = settings;
        _path = path;
        _segmentLimit = segmentLimit;
        _send = new OctetWindow(layer.Chunks);
        _receive = new OctetWindow(layer.Chunks);
        _roundTrip = new RoundTripEstimator(settings);
        _congestion = settings.CongestionAlgorithm == TcpCongestionAlgorithm.Cubic ? new CubicControl() : new RenoControl();
        _timer = new ConnectionTimer(this);
        _receiveLimit = settings.InitialReceiveBuffer;
        _quickAcks = settings.QuickAckSegments;
        NoDelay = settings.NoDelay;
        KeepAlive = settings.KeepAlive;
        UserTimeout = settings.UserTimeout;
        HopLimit = settings.HopLimit;
        _sendLimit = Math.Min(settings.InitialSendBuffer, settings.MaximumSendBuffer);
        _timestampOffset = layer.TimestampOffset(key);
        _ownSegmentSize = AdvertisedSegmentSize(path, settings, segmentLimit);
    }

    /// <summary>This end.</summary>
    public IpEndpoint Local => _key.Local;

    /// <summary>The other end.</summary>
    public IpEndpoint Remote => _key.Remote;

    /// <summary>Where it stands in the state machine of RFC 9293 §3.3.2.</summary>
    public TcpState State => _state == TcpState.TimeWait && _waiting is { IsOver: true } ? TcpState.Closed : _state;

    /// <summary>How the connection ended; null until it has.</summary>
    public TcpEnding? Ending { get; private set; }

    /// <summary>
    /// The last ICMP error about a segment of the connection, null if there was none. After the handshake it ends nothing (a "soft error", RFC 9293 §3.9.2.2, MUST-56); it says why
    /// nothing arrives.
    /// </summary>
    public TcpIcmpError? LastError => _lastError;

    /// <summary>Do not wait to fill a segment (RFC 9293 §3.7.4).</summary>
    public bool NoDelay
    {
        get => _noDelay;
        set
        {
            _noDelay = value;
            if (!value) return;

            // Whoever asks for no delay does not mean what waits to wait on, corked or not.
            _flushHeld = Unsent > 0;
            _layer.WantTransmit(this);
        }
    }

    /// <summary>Send full segments only, until this is false again; what waits longer than a retransmission time-out goes out all the same.</summary>
    public bool Cork
    {
        get => _cork;
        set
        {
            _cork = value;
            if (!value) _layer.WantTransmit(this);
        }
    }

    /// <summary>Keep-alive probes; null: none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is not positive, or the count is negative.</exception>
    public TcpKeepAlive? KeepAlive
    {
        get => _keepAlive;
        set
        {
            // Without a time between them probes would never end.
            if (value is { } asked && (asked.Idle <= TimeSpan.Zero || asked.Interval <= TimeSpan.Zero || asked.Count < 0)) throw new ArgumentOutOfRangeException(nameof(value));
            _keepAlive = value;
            _keepAliveAt = Never;
            if (value is null || State < TcpState.Established) return;
            ArmKeepAlive(_layer.Now);
            ArmTimer();
        }
    }

    /// <summary>How long octets may wait unacknowledged before the connection has ended; null: the number of retransmissions decides alone.</summary>
    public TimeSpan? UserTimeout { get; set; }

    /// <summary>TTL or hop limit of its segments.</summary>
    public byte HopLimit { get; set; }

    /// <summary>Differentiated services code point of its segments, 0 to 63.</summary>
    public byte Dscp { get; set; }

    /// <summary>Octets that may wait to be sent or acknowledged. It grows with the congestion window, up to <see cref="TcpSettings.MaximumSendBuffer"/>, until it is set.</summary>
    public int SendBuffer
    {
        get => _sendLimit;
        set
        {
            _sendLimit = value;
            _sendLimitIsFixed = true;
        }
    }

    /// <summary>Take no more octets while as many wait to be sent for the first time; null: no such limit.</summary>
    public int? NotSentLowWatermark { get; set; }

    /// <summary>Octets that <see cref="Write"/> would take now.</summary>
    public int SendSpace
    {
        get
        {
            if (!IsWriteOpen) return 0;
            if (NotSentLowWatermark is { } mark && Unsent >= mark) return 0;
            return Math.Max(0, (_layer.IsShortOfMemory ? Math.Min(_sendLimit, TcpLayer.LeastBuffer) : _sendLimit) - _sendLength);
        }
    }

    /// <summary>Octets written and not sent for the first time.</summary>
    public int Unsent => _sendLength - SentData;

    /// <summary>Octets sent and not acknowledged, SYN and FIN not counted.</summary>
    public int Unacknowledged => SentData;

    /// <summary>True until the connection is closed for writing, by either side.</summary>
    public bool IsWriteOpen => !_finQueued && Ending is null && State is TcpState.SynSent or TcpState.SynReceived or TcpState.Established or TcpState.CloseWait;

    /// <summary>Octets that can be read now.</summary>
    public int Available { get; private set; }

    /// <summary>
    /// Octets up to the end of what the peer has called urgent, not read yet: they lie in line with the rest (RFC 9293 §3.8.5, MUST-33; RFC 6093 §5), and may still be on
    /// their way. 0: nothing is urgent.
    /// </summary>
    public int UrgentAhead => _urgentReceived is { } end ? Math.Max(0, end.DistanceFrom(_readNext)) : 0;

    /// <summary>The peer's FIN has come and everything before it was read; or nothing more can come.</summary>
    public bool IsReadEnded => Available == 0 && (_finReceived || _readShut || Ending is not null);

    /// <summary>The peer's FIN has come.</summary>
    public bool FinReceived => _finReceived;

    /// <inheritdoc/>
    public override SocketReadiness Readiness
    {
        get
        {
            var readiness = SocketReadiness.None;
            if (Available > 0 || IsReadEnded) readiness |= SocketReadiness.Readable;

            // Worth waking a writer for: a third of the buffer is free.
            if (IsWriteOpen && State >= TcpState.Established && SendSpace >= _sendLimit / 3) readiness |= SocketReadiness.Writable;
            if (State >= TcpState.Established) readiness |= SocketReadiness.Connected;
            if (Ending is not null) readiness |= SocketReadiness.Ended;
            if (UrgentAhead > 0 && Ending is null) readiness |= SocketReadiness.Urgent;
            return readiness;
        }
    }

    /// <inheritdoc/>
    ref readonly FlowKey IFlow.Key => ref _key;

    /// <summary>It stands in the layer's list of those that may have something to send.</summary>
    internal bool IsListed { get; set; }

    /// <summary>The next one in that list.</summary>
    internal TcpConnection? NextListed { get; set; }

    /// <summary>The path that its segments take.</summary>
    internal IpPath Path => _path;

    /// <summary>Its owner has closed it; it finishes by itself.</summary>
    internal bool IsOrphan { get; private set; }

    /// <summary>Where the connection came in, until it is handed over.</summary>
    internal TcpListener? Listener { get; set; }

    // Octets of the send buffer that have been sent.
    private int SentData => (int)(_sndNxt - _sendBase) - (_finSent ? 1 : 0);

    private SequenceNumber DataEnd => _sendBase + (uint)_sendLength;

    /// <summary>Takes octets to be sent.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="options">What to do with them.</param>
    /// <returns>How many were taken: fewer where the buffer is full, none where it has no room at all; -1 where the connection is closed for writing, or has ended.</returns>
    public int Write(ReadOnlySpan<byte> octets, TcpWriteOptions options = TcpWriteOptions.None)
    {
        if (!IsWriteOpen) return -1;
        var taken = Math.Min(SendSpace, octets.Length);
        if (taken == 0) return 0;
        _send.Put(_sendLength, octets[..taken]);
        _sendLength += taken;
        var isWhole = taken == octets.Length;
        _moreFollows = isWhole && (options & TcpWriteOptions.More) != 0;
        if (isWhole && (options & TcpWriteOptions.EndOfRecord) != 0) (_recordEnds ??= new Queue<SequenceNumber>()).Enqueue(DataEnd);
        if (isWhole && (options & TcpWriteOptions.Urgent) != 0) _urgentEnd = DataEnd;
        _layer.WantTransmit(this);
        return taken;
    }

    /// <summary>Takes octets that have arrived.</summary>
    /// <param name="destination">Takes them.</param>
    /// <returns>How many; 0 where none is there now, or where none will come: <see cref="IsReadEnded"/> tells.</returns>
    public int Read(Span<byte> destination)
    {
        var taken = Math.Min(destination.Length, Available);
        if (taken == 0) return 0;
        _receive.CopyTo(0, destination[..taken]);
        Consume(taken);
        return taken;
    }

    /// <summary>Octets that have arrived and lie together in memory: at least one if any is there. They stay until <see cref="Consume"/> or <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Peek() => Available == 0 ? [] : _receive.Peek(0) is var together && together.Length > Available ? together[..Available] : _receive.Peek(0);

    /// <summary>Drops octets that were looked at.</summary>
    /// <param name="octets">How many; at most <see cref="Available"/>.</param>
    public void Consume(int octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)octets, (uint)Available, nameof(octets));
        _receive.Drop(octets);
        _readNext += (uint)octets;
        Available -= octets;
        if (Available == 0 && (_outOfOrder is null || _outOfOrder.IsEmpty)) _receive.Clear();
        OnRead(octets);
    }

    /// <summary>Closes for writing: what was written is sent, then a FIN; reading goes on (half-close).</summary>
    public void ShutdownWrite()
    {
        if (_finQueued || Ending is not null) return;
        switch (State)
        {
            case TcpState.SynSent or TcpState.SynReceived:
                // RFC 9293 §3.10.4: queued until the connection is established.
                _finQueued = true;
                break;
            case TcpState.Established:
                _finQueued = true;
                ChangeState(TcpState.FinWait1, TcpStateCause.Close);
                break;
            case TcpState.CloseWait:
                _finQueued = true;
                ChangeState(TcpState.LastAck, TcpStateCause.Close);
                break;
            default:
                return;
        }

        _moreFollows = false;
        _layer.WantTransmit(this);
    }

    /// <summary>Reads nothing more: what has come and what will come is thrown away, and acknowledged.</summary>
    public void ShutdownRead()
    {
        _readShut = true;
        if (Available > 0) Consume(Available);
        Signal();
    }

    /// <summary>
    /// Closes and gives the connection up to the stack, which finishes it. Where octets that arrived were not read, or arrive later, the peer is told so by an
    /// RST, since it would otherwise believe them delivered (RFC 9293 §3.6.1, RFC 2525 §2.17).
    /// </summary>
    public void Close()
    {
        if (IsOrphan) return;
        if (Ending is not null || State == TcpState.Closed)
        {
            IsOrphan = true;
            Owner = null;
            return;
        }

        if (State == TcpState.SynSent)
        {
            IsOrphan = true;
            End(new TcpEnding(TcpEndingKind.Aborted), TcpStateCause.Close);
            return;
        }

        if (Available > 0 && !_readShut)
        {
            // RFC 2525 §2.17: told whatever the state, as octets are lost.
            IsOrphan = true;
            _resetQueued = true;
            _layer.WantTransmit(this);
            End(new TcpEnding(TcpEndingKind.Aborted), TcpStateCause.Abort);
            return;
        }

        IsOrphan = true;
        Owner = null;
        ShutdownWrite();
        if (State == TcpState.FinWait2) ArmState(_layer.Now + _settings.FinWait2Timeout);
    }

    /// <summary>
    /// Ends the connection at once (RFC 9293 §3.10.5): with an RST, but not in CLOSING or LAST-ACK, where both sides have said that they are done.
    /// </summary>
    public void Abort()
    {
        if (Ending is not null || State == TcpState.Closed) return;
        if (State is TcpState.SynReceived or TcpState.Established or TcpState.FinWait1 or TcpState.FinWait2 or TcpState.CloseWait)
        {
            _resetQueued = true;
            _layer.WantTransmit(this);
        }

        End(new TcpEnding(TcpEndingKind.Aborted), TcpStateCause.Abort);
    }

    internal static int AdvertisedSegmentSize(IpPath path, TcpSettings settings, int? limit)
    {
        // RFC 9293 §3.7.1, RFC 6691: what the interface carries, less the headers without options. A jumbogram's size does not fit the option.
        var size = settings.AdvertisedSegmentSize ?? path.Interface.MtuOf(path.Destination.Version) - HeadersOf(path.Destination);
        if (limit is { } most) size = Math.Min(size, most);
        return Math.Clamp(size, 1, ushort.MaxValue);
    }

    private static int HeadersOf(IpAddress address) => (address.IsV6 ? Ipv6Packet.HeaderLength : Ipv4Packet.MinHeaderLength) + TcpSegment.MinHeaderLength;

    private void ChangeState(TcpState state, TcpStateCause why)
    {
        if (_layer.Events.IsOn) _layer.Events.Add(new TcpEvent.StateChanged(_layer.Now, Local, Remote, State, state, why));
        _state = state;
    }

    private void Decide(TcpDecision decision, SequenceNumber? about = null, long value = 0)
    {
        if (_layer.Events.IsOn) _layer.Events.Add(new TcpEvent.Decided(_layer.Now, Local, Remote, decision, about is { } number ? number - _iss : null, value));
    }

    private void Dropped(TcpDrop why)
    {
        _layer.Count(why);
        if (_layer.Events.IsOn) _layer.Events.Add(new TcpEvent.Dropped(_layer.Now, Local, Remote, why));
    }

    // The end of everything: memory goes back, timers stop. A reset that is queued is still sent.
    private void End(TcpEnding ending, TcpStateCause why)
    {
        if (Ending is not null) return;
        Ending = _lastError is { } error && ending.Error is null ? ending with { Error = error } : ending;
        ChangeState(TcpState.Closed, why);
        if (_layer.Events.IsOn) _layer.Events.Add(new TcpEvent.Ended(_layer.Now, Local, Remote, Ending));
        _times.End(_layer.Now.Ticks);
        _send.Clear();
        _sendLength = 0;
        _sendBase = _sndNxt - (_finSent ? 1u : 0);
        _sent?.Clear();
        _sent?.Release();
        _outOfOrder = null;
        if (ending.Kind != TcpEndingKind.Closed)
        {
            // RFC 9293 §3.10.7.4: all segment queues are flushed; what was not read is gone.
            _receive.Clear();
            Available = 0;
        }

        _timer.Cancel();
        _layer.Remove(this);
        Listener?.Forget(this);
        Signal();
        if (IsOrphan) Owner = null;
    }
}
