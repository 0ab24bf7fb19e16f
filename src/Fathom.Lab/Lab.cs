using System.Buffers.Binary;
using System.Security.Cryptography;
using Fathom.Lab.Events;
using Fathom.Lab.Link;
using Fathom.Lab.Time;
using Fathom.Stack.Buffers;
using Fathom.Stack.Timing;

namespace Fathom.Lab;

/// <summary>
/// A virtual internet: hosts, boxes and links under one clock that jumps from event to event. What happens is decided by the scenario, the seed and the commands, and by nothing
/// else: no thread, no clock, no randomness of the machine. To be used from the thread that made it.
/// </summary>
public sealed class Lab : IDisposable
{
    private readonly LabContext _context = new();
    private readonly List<LabHost> _hosts = [];
    private readonly Dictionary<string, LabHost> _byName = new(StringComparer.Ordinal);
    private readonly List<LabPort> _ports = [];
    private readonly List<LabLink> _links = [];
    private readonly List<LabSwitch> _switches = [];
    private LabHost? _firstUsed;
    private LabHost? _lastUsed;
    private readonly IncrementalHash? _log;

    /// <summary>Makes an empty lab.</summary>
    /// <param name="options">What it is to be; null: the usual.</param>
    public Lab(LabOptions? options = null)
    {
        options ??= new LabOptions();
        Seed = options.Seed;
        Clock = new LabClock(Deadlines, options.Start);
        if (options.HashesLog) _log = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>Decides all luck.</summary>
    public ulong Seed { get; }

    /// <summary>The virtual clock of everything in it: it stands still between events.</summary>
    public LabClock Clock { get; }

    /// <summary>The hosts, in the order of their making.</summary>
    public IReadOnlyList<LabHost> Hosts => _hosts;

    /// <summary>The switches, in the order in which they were added.</summary>
    public IReadOnlyList<LabSwitch> Switches => _switches;

    /// <summary>The links, in the order in which they were made.</summary>
    public IReadOnlyList<LabLink> Links => _links;

    /// <summary>Where frames live: all hosts share it, so that a frame travels without being copied.</summary>
    public PacketPool Pool { get; } = new();

    /// <summary>Frames that have arrived somewhere so far.</summary>
    public long Hops { get; private set; }

    /// <summary>A frame leaves or reaches a port; in the order of what happens.</summary>
    public event Action<LabFrame>? FrameSeen;

    /// <summary>A link drops a frame, right after it was seen to leave its port.</summary>
    public event Action<LabFrameDrop>? FrameDropped;

    /// <summary>A host, a box or a link has something to tell.</summary>
    public event Action<LabEvent>? Told;

    /// <summary>Called between two events of <see cref="Run{T}"/>, on the lab's thread: where what comes from outside, such as a signal, can be taken in. Null: nothing.</summary>
    public Action? BetweenEvents { get; set; }

    /// <summary>Keeps the lab in step with real time; null: its clock jumps to what happens next.</summary>
    public LabPacer? Pacer { get; set; }

    /// <summary>A hash over every frame at every port, with its time (SHA-256, hexadecimal): equal hashes, equal runs.</summary>
    public string LogHash => _log is null ? throw new InvalidOperationException("The lab was not asked to keep a hash of its log.") : Convert.ToHexStringLower(_log.GetCurrentHash());

    internal DeadlineQueue Deadlines { get; } = new();

    internal LabContext Context => _context;

    /// <summary>Adds a host.</summary>
    /// <param name="options">What it is to be.</param>
    public LabHost AddHost(LabHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Find(options.Name) is not null) throw new ArgumentException($"There is a host '{options.Name}' already.", nameof(options));
        var host = new LabHost(this, options);
        _hosts.Add(host);
        _byName.Add(host.Name, host);
        return host;
    }

    /// <summary>Adds a switch.</summary>
    /// <param name="name">Its name.</param>
    public LabSwitch AddSwitch(string name)
    {
        var added = new LabSwitch(this, name);
        _switches.Add(added);
        return added;
    }

    /// <summary>Adds a port where a cable leads out of the lab.</summary>
    /// <param name="name">Its name: the device's that it belongs to.</param>
    public OutsidePort AddOutsidePort(string name) => new(this, name);

    /// <summary>Plugs a cable into two ports.</summary>
    /// <param name="left">One port.</param>
    /// <param name="right">The other.</param>
    /// <param name="both">What it does to frames in both directions; null: nothing.</param>
    /// <param name="toLeft">What it does to frames from the right to the left, where that is something else.</param>
    public LabLink Connect(LabPort left, LabPort right, LinkSettings? both = null, LinkSettings? toLeft = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        both ??= new LinkSettings();
        var link = new LabLink(this, left, right, both, toLeft ?? both);
        _links.Add(link);
        return link;
    }

    /// <summary>The host of a name, or null.</summary>
    /// <param name="name">The name.</param>
    public LabHost? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Runs something on the lab's hosts until it is done.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="action">What to do. It awaits the lab's hosts, and nothing else.</param>
    /// <param name="limit">How much of the lab's time it may take; <see cref="TimeSpan.MaxValue"/>: as much as it needs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    /// <exception cref="TimeoutException">It was not done by then.</exception>
    /// <exception cref="LabStillException">Nothing is left that could happen, and it is not done: it waits for something outside of the lab.</exception>
    public T Run<T>(Func<Task<T>> action, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(action);
        var end = EndOf(limit);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            var task = action();
            while (!task.IsCompleted)
            {
                BetweenEvents?.Invoke();
                if (!TryStep(end)) throw Deadlines.Next is null && Pacer is null ? new LabStillException() : new TimeoutException($"Not done within {limit} of the lab's time.");
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs for a time.</summary>
    /// <param name="span">How long, in the lab's time.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative: time does not go back.</exception>
    public void Run(TimeSpan span)
    {
        var end = EndOf(span);
        InContext(() =>
        {
            while (TryStep(end))
            {
            }
        });
        Clock.Now = end;
    }

    // The largest span is longer than what is left of time once the lab has run.
    private TimeSpan EndOf(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        return span > TimeSpan.MaxValue - Clock.Now ? TimeSpan.MaxValue : Clock.Now + span;
    }

    /// <summary>Lets one thing happen: the next that is due, whenever that is. The clock jumps there.</summary>
    /// <returns>False if nothing is left that could happen.</returns>
    public bool Step()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            return TryStep(TimeSpan.MaxValue, isSingle: true);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>What is going to happen next, in its order, for a debugger.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<PendingEvent> NextEvents(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var events = new List<PendingEvent>();
        if (_context.HasWork) events.Add(new PendingEvent(Clock.Now, "a program goes on"));
        for (var host = _firstUsed; host is not null; host = host.NextUsed) events.Add(new PendingEvent(Clock.Now, $"{host.Name} sends what it has"));
        foreach (var deadline in Deadlines.First(count)) events.Add(new PendingEvent(deadline.At > Clock.Now ? deadline.At : Clock.Now, deadline.ToString() ?? string.Empty));
        return [.. events.Take(count)];
    }

    /// <summary>The port of a name such as "laptop/eth0", or null.</summary>
    /// <param name="name">The name.</param>
    public LabPort? FindPort(string name) => _ports.Find(p => p.Name == name);

    /// <summary>The link of a name, or of two names of hosts, boxes or ports with a hyphen between them: "laptop-router"; null where there is none.</summary>
    /// <param name="name">The name, in either direction.</param>
    public LabLink? FindLink(string name)
    {
        return _links.Find(l => l.Name == name) ?? _links.Find(l => Joins(l.Left, l.Right) || Joins(l.Right, l.Left));

        bool Joins(LabPort one, LabPort other) => name == $"{OwnerOf(one)}-{OwnerOf(other)}" || name == $"{one.Name}-{other.Name}";
    }

    /// <summary>The ports, in the order of their making.</summary>
    public IReadOnlyList<LabPort> Ports => _ports;

    private static string OwnerOf(LabPort port) => port.Name[..Math.Max(0, port.Name.LastIndexOf('/'))];

    /// <summary>Starts something that goes on beside everything else: a server.</summary>
    /// <param name="action">What to do.</param>
    /// <returns>Its task; a fault in it is the caller's to look for.</returns>
    public Task Start(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Task? started = null;
        InContext(() => started = action());
        return started!;
    }

    internal void InContext(Action action)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var host in _hosts) host.Dispose();
        _log?.Dispose();
    }

    internal int PortCount => _ports.Count;

    internal int Register(LabPort port)
    {
        _ports.Add(port);
        return _ports.Count - 1;
    }

    // Linked through themselves, each once: hosts that were used and may have frames to send.
    internal void Use(LabHost host)
    {
        if (_lastUsed is null) _firstUsed = host;
        else _lastUsed.NextUsed = host;
        _lastUsed = host;
    }

    internal void Observe(LabPort port, bool isOutgoing, PacketBuffer frame)
    {
        if (!isOutgoing) Hops++;
        if (_log is not null) Log(port.Index, isOutgoing ? 1 : 0, frame.Span);
        FrameSeen?.Invoke(new LabFrame(Clock.Now, port, isOutgoing, frame.Memory));
    }

    internal void ObserveDrop(LabPort port, FrameDrop reason, PacketBuffer frame)
    {
        if (_log is not null) Log(port.Index, 2, frame.Span);
        FrameDropped?.Invoke(new LabFrameDrop(Clock.Now, port, reason, frame.Memory));
    }

    internal void Tell(string place, string what) => Told?.Invoke(new LabEvent(Clock.Now, place, what));

    /// <summary>Whether anybody wants to hear of events: who asks first makes no text in vain.</summary>
    internal bool IsListenedTo => Told is not null;

    // One event: what was posted, what hosts have to send after they were used, or the next of the heap.
    private bool TryStep(TimeSpan end, bool isSingle = false)
    {
        if (_context.HasWork)
        {
            _context.RunPosted();
            return true;
        }

        if (_firstUsed is { } host)
        {
            _firstUsed = host.NextUsed;
            if (_firstUsed is null) _lastUsed = null;
            host.NextUsed = null;
            host.Pump();
            return true;
        }

        // Where real time counts, what is not due yet is waited for; what comes from outside meanwhile has its turn first.
        if (Pacer is { } pacer && !pacer.TryReach(this, Deadlines.Next is { } first && first < end ? first : end)) return true;
        if (Deadlines.Next is not { } next || next > end) return false;
        if (next > Clock.Now) Clock.Now = next;
        while (!_context.HasWork && _firstUsed is null && Deadlines.TryTakeDue(Clock.Now, out var due))
        {
            due.Expire(Clock.Now);
            if (isSingle) break;
        }

        return true;
    }

    private void Log(int place, int kind, ReadOnlySpan<byte> octets)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(head, Clock.Now.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], place);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], (octets.Length << 2) | kind);
        _log!.AppendData(head);
        _log.AppendData(octets);
    }
}
