using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Internet;
using Fathom.Stack.Security;
using Fathom.Stack.Sockets;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>TCP of one host: finds the connection of each segment, opens connections, listens.</summary>
public sealed partial class TcpLayer : IUpperLayer
{
    private static readonly int DropReasons = Enum.GetValues<TcpDrop>().Length;

    private readonly Dictionary<IpEndpoint, TcpListener> _listeners = [];
    private readonly StackClock _clock;
    private readonly StackRandom _random;
    private readonly HiddenNumbers _numbers;
    private readonly ChallengeBudget _challenges;
    private readonly ResetSender _resets;
    private readonly TransmitQueue _transmit;
    private readonly TimeWaitList _timeWaits;
    private readonly long[] _drops = new long[DropReasons];
    private uint _portCounter;
    private TimeSpan? _lastCookie;

    internal TcpLayer(IInternetLayer internet, StackClock clock, OwnWork work, DeadlineQueue deadlines, EventLog events, SocketQueue ready, StackRandom random, TcpSettings settings)
    {
        Internet = internet;
        _clock = clock;
        _transmit = new TransmitQueue(work);
        Deadlines = deadlines;
        Events = events;
        Ready = ready;
        Settings = settings;
        _random = random;
        _numbers = new HiddenNumbers(random);
        _resets = new ResetSender(internet, events, settings);
        _challenges = new ChallengeBudget(random, settings);
        Cookies = new SynCookies(new KeyedHash(random));
        Flows = new FlowTable(new KeyedHash(random));
        _timeWaits = new TimeWaitList(Flows, deadlines, settings);
        _portCounter = random.NextUInt32();
    }

    /// <summary>How connections behave that do not say otherwise.</summary>
    public TcpSettings Settings { get; }

    /// <summary>Connections that are open, or opening, or closing; those in TIME-WAIT and half-open ones not counted.</summary>
    public int ConnectionCount { get; private set; }

    /// <summary>Connections in TIME-WAIT.</summary>
    public int TimeWaitCount => _timeWaits.Count;

    /// <summary>The ends of the connections in TIME-WAIT, the oldest first. The stack must not run meanwhile.</summary>
    public IEnumerable<(IpEndpoint Local, IpEndpoint Remote)> TimeWaits => _timeWaits.All().Select(static w => (w.Key.Local, w.Key.Remote));

    /// <summary>Segments that arrived.</summary>
    public long SegmentsIn { get; private set; }

    /// <summary>RSTs sent for segments that no connection takes.</summary>
    public long ResetsOut => _resets.Count;

    /// <summary>SYNs answered from a cookie.</summary>
    public long CookiesOut { get; private set; }

    /// <summary>Listeners.</summary>
    public IReadOnlyCollection<TcpListener> Listeners => _listeners.Values;

    /// <summary>Open connections, in no order that means anything. The stack must not run meanwhile.</summary>
    public IEnumerable<TcpConnection> Connections => Flows.All().OfType<TcpConnection>();

    internal IInternetLayer Internet { get; }

    internal DeadlineQueue Deadlines { get; }

    internal EventLog Events { get; }

    internal SocketQueue Ready { get; }

    internal FlowTable Flows { get; }

    internal ChunkPool Chunks { get; } = new();

    internal SynCookies Cookies { get; }

    /// <summary>The time as the driver told it last.</summary>
    internal TimeSpan Now => _clock.Now;

    /// <summary>Streams hold more than they may together: what can be sent again is not kept.</summary>
    internal bool IsShortOfMemory => Chunks.Rented >= Settings.MaximumBufferMemory / ChunkPool.ChunkLength;

    /// <summary>A quarter more than that: what comes in order is not kept either where it is not read. Writers are stopped first, as they lose nothing by it.</summary>
    internal bool IsOutOfMemory => Chunks.Rented >= Settings.MaximumBufferMemory / ChunkPool.ChunkLength * 5 / 4;

    /// <summary>Octets that every stream may hold all the same, sent or received, so that each gets on: as Linux has it.</summary>
    internal const int LeastBuffer = 4096;

    internal bool HasRoom => ConnectionCount < Settings.MaximumConnections;

    /// <summary>Segments dropped for a reason.</summary>
    /// <param name="why">The reason.</param>
    public long Dropped(TcpDrop why) => _drops[(int)why];

    /// <summary>Opens a connection (RFC 9293 §3.10.1). Its SYN goes out when the driver next asks for frames.</summary>
    /// <param name="remote">The peer.</param>
    /// <param name="options">How.</param>
    /// <param name="connection">The connection, in SYN-SENT.</param>
    /// <param name="refusal">Why not, where the answer is false.</param>
    public bool TryConnect(IpEndpoint remote, TcpConnectOptions options, [NotNullWhen(true)] out TcpConnection? connection, out TcpRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(options);
        connection = null;
        refusal = TcpRefusal.AddressNotUsable;
        if (remote.Port == 0 || remote.Address.IsMulticast || remote.Address.IsUnspecified) return false;
        if (options.LocalAddress is { } given && given.Version != remote.Address.Version) return false;
        refusal = TcpRefusal.TooManyConnections;
        if (!HasRoom) return false;
        refusal = TcpRefusal.NoRoute;
        if (!Internet.TryFindPath(remote.Address, options.LocalAddress, out var path)) return false;

        // RFC 9293 §3.9.2.3 (MUST-63): no connection is to everybody.
        refusal = TcpRefusal.AddressNotUsable;
        if (Internet.IsBroadcast(path.Interface, remote.Address)) return false;
        var settings = options.Settings ?? Settings;
        if (!TryChoosePort(path.Source, options.LocalPort, settings, remote, out var key, out refusal)) return false;

        connection = new TcpConnection(this, key, settings, path, options.MaximumSegmentSize) { Owner = options.Owner };
        if (options.HopLimit is { } hopLimit) connection.HopLimit = hopLimit;
        SequenceNumber? floor = null;
        if (Flows.TryFind(key, out var old) && old is TimeWait waiting)
        {
            floor = waiting.Next;
            EndTimeWait(waiting, TcpStateCause.Reused);
        }

        Flows.TryAdd(connection);
        ConnectionCount++;
        connection.Connect(InitialNumber(key, Now, floor));
        refusal = TcpRefusal.None;
        return true;
    }

    /// <summary>Listens.</summary>
    /// <param name="local">Where: an address of this host or the unspecified one; port 0 for the stack's choice.</param>
    /// <param name="options">How.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="refusal">Why not, where the answer is false.</param>
    public bool TryListen(IpEndpoint local, TcpListenOptions options, [NotNullWhen(true)] out TcpListener? listener, out TcpRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(options);
        listener = null;
        refusal = TcpRefusal.AddressNotLocal;
        if (!local.Address.IsUnspecified && !Internet.IsLocal(local.Address)) return false;
        if (local.Port == 0 && !TryChooseListeningPort(ref local))
        {
            refusal = TcpRefusal.NoPort;
            return false;
        }

        refusal = TcpRefusal.AddressInUse;
        if (!options.ReuseAddress && HasFlowAt(local)) return false;
        listener = new TcpListener(this, local, options);
        if (!_listeners.TryAdd(local, listener))
        {
            listener = null;
            return false;
        }

        refusal = TcpRefusal.None;
        return true;
    }

    /// <summary>Sends one segment of a connection that has one to send.</summary>
    /// <returns>False where none has.</returns>
    internal bool TransmitOne(TimeSpan now)
    {
        while (_transmit.TryTake(out var connection))
        {
            var segments = connection.SegmentsOut;
            if (connection.TransmitOne(now)) _transmit.Add(connection);
            if (connection.SegmentsOut != segments) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    void IUpperLayer.Receive(PacketBuffer packet, in Arrival arrival)
    {
        SegmentsIn++;
        if (!TcpSegment.TryRead(packet.Span, out var view, out _))
        {
            Count(TcpDrop.Malformed);
            return;
        }

        var key = new FlowKey(new IpEndpoint(arrival.Destination, view.DestinationPort), new IpEndpoint(arrival.Source, view.SourcePort));
        if (packet.Checksum == ChecksumState.Complete && !view.ChecksumIsValid(arrival.Source, arrival.Destination))
        {
            Drop(TcpDrop.Checksum, key, arrival.At);
            return;
        }

        // RFC 9293 §3.9.2.3 (MUST-57): TCP is between two hosts.
        if (arrival.Destination.IsMulticast || arrival.Source.IsMulticast || arrival.Source.IsUnspecified || !Internet.IsLocal(arrival.Destination))
        {
            Drop(TcpDrop.NoSocket, key, arrival.At);
            return;
        }

        var segment = new IncomingSegment(view);
        var found = Flows.TryFind(key, out var flow);
        if (Events.IsOn) Events.Add(new TcpEvent.Received(arrival.At, key.Local, key.Remote, Summarize(segment, flow)));
        SequenceNumber? floor = null;
        if (found)
        {
            switch (flow)
            {
                case TcpConnection connection:
                    connection.Receive(segment, arrival);
                    return;
                case HalfOpen half:
                    half.Receive(segment, arrival);
                    return;
                case TimeWait waiting:
                    if (!waiting.Receive(segment, arrival, out var behind)) return;
                    if (FindListener(key.Local) is null)
                    {
                        // RFC 9293 §3.10.7.4, fourth: a SYN that opens nothing is answered as a doubtful one.
                        waiting.Acknowledge(arrival.At);
                        return;
                    }

                    floor = behind;
                    EndTimeWait(waiting, TcpStateCause.Reused);
                    break;
            }
        }

        if (FindListener(key.Local) is { } listener)
        {
            listener.Receive(key, segment, arrival, floor);
            return;
        }

        Drop(TcpDrop.NoSocket, key, arrival.At);
        _resets.Send(segment, arrival, key);
    }

    /// <inheritdoc/>
    void IUpperLayer.Refuse(ReadOnlySpan<byte> bytes, in Arrival arrival)
    {
        if (!TcpSegment.TryRead(bytes, out var view, out _)) return;
        var segment = new IncomingSegment(view);
        var path = Internet.FindReturnPath(arrival);
        if (path is not null) _resets.Send(segment, arrival, path);
    }

    /// <inheritdoc/>
    bool IUpperLayer.Recognizes(in IcmpReport report, ReadOnlySpan<byte> quoted) => TryFindQuoted(report, quoted, out var connection, out var number) && connection.IsUnderWay(number);

    /// <inheritdoc/>
    void IUpperLayer.HandleError(in IcmpReport report, ReadOnlySpan<byte> quoted)
    {
        if (TryFindQuoted(report, quoted, out var connection, out var number)) connection.HandleError(report, number);
    }

    private bool TryFindQuoted(in IcmpReport report, ReadOnlySpan<byte> quoted, [NotNullWhen(true)] out TcpConnection? connection, out SequenceNumber number)
    {
        connection = null;
        number = default;

        // Eight octets are certain: both ports and the sequence number (RFC 792).
        if (quoted.Length < 8) return false;
        var key = new FlowKey(
            new IpEndpoint(report.Source, BinaryPrimitives.ReadUInt16BigEndian(quoted)),
            new IpEndpoint(report.Destination, BinaryPrimitives.ReadUInt16BigEndian(quoted[2..])));
        number = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(quoted[4..]));
        connection = Flows.TryFind(key, out var flow) ? flow as TcpConnection : null;
        return connection is not null;
    }

    internal void WantTransmit(TcpConnection connection) => _transmit.Add(connection);

    internal void Added() => ConnectionCount++;

    internal void Remove(TcpConnection connection)
    {
        Flows.Remove(connection);
        ConnectionCount--;
    }

    internal void Remove(TcpListener listener) => _listeners.Remove(listener.Local);

    internal TimeWait EnterTimeWait(TcpConnection connection, in TimeWaitFacts facts)
    {
        var waiting = new TimeWait(this, connection, facts);
        Flows.Replace(connection, waiting);
        ConnectionCount--;
        _timeWaits.Add(waiting, Now);
        return waiting;
    }

    internal void EndTimeWait(TimeWait waiting, TcpStateCause why) => _timeWaits.End(waiting, why);

    internal void Count(TcpDrop why) => _drops[(int)why]++;

    internal void CountCookie()
    {
        CookiesOut++;
        _lastCookie = Now;
    }

    // Twice the time for which a cookie is good.
    internal bool SentCookiesLately(TimeSpan now) => _lastCookie is { } last && now - last < TimeSpan.FromMinutes(4);

    internal void Drop(TcpDrop why, in FlowKey key, TimeSpan at)
    {
        Count(why);
        if (Events.IsOn) Events.Add(new TcpEvent.Dropped(at, key.Local, key.Remote, why));
    }

    internal bool MayChallenge(TimeSpan now) => _challenges.TryTake(now);

    internal SequenceNumber InitialNumber(in FlowKey key, TimeSpan now, SequenceNumber? floor) => _numbers.Initial(key, now, floor);

    internal uint TimestampOffset(in FlowKey key) => _numbers.TimestampOffset(key);

    internal void SendReset(in IncomingSegment segment, in Arrival arrival) => _resets.Send(segment, arrival);

    private TcpListener? FindListener(in IpEndpoint local)
    {
        if (_listeners.Count == 0) return null;
        if (_listeners.TryGetValue(local, out var exact)) return exact;
        return _listeners.GetValueOrDefault(new IpEndpoint(IpAddress.Any(local.Address.Version), local.Port));
    }

    private static TcpSegmentSummary Summarize(in IncomingSegment segment, IFlow? flow)
    {
        // A SYN names its sender's initial number, and its own stays as it is; so does what belongs to nothing that is known.
        var (own, peer, scale) = flow?.Origins ?? default;
        if (segment.IsSyn) peer = default;
        return new TcpSegmentSummary(
            segment.Flags,
            segment.Sequence.Value - peer.Value,
            segment.IsAck ? segment.Acknowledgment.Value - own.Value : 0,
            segment.Payload.Length,
            segment.Window << (segment.IsSyn ? 0 : scale),
            TcpSegmentSummary.Relative(segment.AllOptions, own));
    }
}
