using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Stack;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using static Fathom.Hosts.Os.Linux.Link.TunConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// Drives a stack on one thread: what came is read until nothing is there, deadlines that are due are handled, what awaits goes on, frames are written,
/// and then the thread sleeps until a frame, another thread or the next deadline wakes it. Whatever runs above the stack runs here as well, so that an answer
/// needs one wake-up, that of the frame it answers.
/// </summary>
internal sealed unsafe class StackLoop : IStackDriver
{
    // Frames that are read, and written, before the other has its turn: a full window of one side must not keep the other's acknowledgments waiting.
    private const int Batch = 64;

    // What may wait of frames that were sent raw: a caller that never pauses must not fill the memory.
    private const int RawLimit = 1024;

    private readonly NetworkStack _stack;
    private readonly TunDevice _device;
    private readonly WakeSignal _signal;
    private readonly Queue<PacketBuffer> _raw = new();
    private readonly Lock _workGate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _spin;
    private Queue<(Action<object?> Action, object? State)> _work = new();
    private Queue<(Action<object?> Action, object? State)> _running = new();
    private Thread? _thread;
    private StackHost? _host;
    private NetworkInterface? _interface;
    private PacketBuffer? _kept;
    private IStackObserver? _observer;
    private int _isAwake = 1;
    private bool _wasUsed;
    private bool _isStopping;
    private bool _hasEnded;
    private int _fault;

    /// <summary>Makes a loop that does not run yet.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="device">The device; the loop closes it.</param>
    /// <param name="signal">Wakes it; the loop closes it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="spin">How long it looks for the next frame before it sleeps; zero: not at all.</param>
    public StackLoop(NetworkStack stack, TunDevice device, WakeSignal signal, TimeProvider time, TimeSpan spin)
    {
        _stack = stack;
        _device = device;
        _signal = signal;
        _spin = spin;
        Time = time;
        Context = new LoopContext(this);
    }

    /// <inheritdoc/>
    public TimeProvider Time { get; }

    /// <inheritdoc/>
    public Lock Gate { get; } = new();

    /// <inheritdoc/>
    public SynchronizationContext Context { get; }

    /// <inheritdoc/>
    public bool IsSingleThreaded => false;

    /// <summary>True on the loop's own thread.</summary>
    public bool IsOnThread => Environment.CurrentManagedThreadId == _thread?.ManagedThreadId;

    /// <summary>Ends when the loop has: with its device gone, or stopped.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The errno that ended it, or 0.</summary>
    public int Fault => _fault;

    /// <summary>Frames that the kernel would not take, and those that it handed over and made no sense.</summary>
    public long Dropped { get; private set; }

    /// <summary>Begins.</summary>
    /// <param name="host">The host on the stack.</param>
    /// <param name="through">The device's interface.</param>
    public void Start(StackHost host, NetworkInterface through)
    {
        _host = host;
        _interface = through;
        _thread = new Thread(Run) { IsBackground = true, Name = "fathom-stack" };
        _thread.Start();
    }

    /// <summary>Lets somebody watch frames and events. With the gate held.</summary>
    public void Observe(IStackObserver? observer)
    {
        _observer = observer;
        _stack.RecordEvents = observer is not null;
    }

    /// <summary>Ends the loop, after the frames that the stack has now are written.</summary>
    public void Stop()
    {
        lock (Gate) _isStopping = true;
        Wake();
    }

    /// <inheritdoc/>
    public void Post(Action<object?> action, object? state)
    {
        lock (_workGate)
        {
            if (!_hasEnded)
            {
                _work.Enqueue((action, state));
                action = null!;
            }
        }

        // Nobody runs it here any more, and whoever waits for it must not wait for ever.
        if (action is not null) ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: false);
        else if (!IsOnThread) Interrupt();
    }

    /// <inheritdoc/>
    public void Wake()
    {
        // On the loop's own thread frames are looked for after each turn of work anyway.
        if (IsOnThread) return;
        Volatile.Write(ref _wasUsed, true);
        Interrupt();
    }

    /// <inheritdoc/>
    public void SendFrame(NetworkInterface through, PacketBuffer frame)
    {
        if (_raw.Count >= RawLimit) _stack.Pool.Return(frame);
        else _raw.Enqueue(frame);
    }

    private void Interrupt()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0) _signal.Set();
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(Context);
        var idleSince = StackTime.Now(Time);
        while (true)
        {
            Volatile.Write(ref _wasUsed, false);
            bool hasMore;
            lock (Gate)
            {
                hasMore = Receive(out var hasReceived);
                var now = StackTime.Now(Time);
                if (hasReceived) idleSince = now;
                if (_stack.Deadline <= now) _stack.HandleDeadline(now);
                TakeEvents();
                _host!.TakeReady();
            }

            if (RunWork()) idleSince = StackTime.Now(Time);
            TimeSpan? deadline;
            bool isBlocked;
            lock (Gate)
            {
                hasMore |= Transmit(out isBlocked);
                _host.TakeReady();
                deadline = _stack.Deadline;
                if (_fault != 0 || (_isStopping && !hasMore)) break;
            }

            if (!hasMore) Sleep(deadline, isBlocked, idleSince);
        }

        End();
    }

    // What came, up to a batch. True where more may be there.
    private bool Receive(out bool hasReceived)
    {
        hasReceived = false;
        for (var i = 0; i < Batch; i++)
        {
            if (!_device.TryRead(_stack.Pool, out var frame, out var error))
            {
                // EIO and its like: the device is down, and comes up again; EBADFD: it is gone.
                if (error == Errno.BadDescriptorState) _fault = error;
                return false;
            }

            hasReceived = true;
            if (frame is null)
            {
                Dropped++;
                continue;
            }

            var now = StackTime.Now(Time);
            _host!.ShowFrame(_interface!, FrameDirection.Received, frame);
            _observer?.OnFrame(_interface!, FrameDirection.Received, frame, now);
            _stack.Receive(_interface!, frame, now);
            if (_observer is not null) TakeEvents();
        }

        return true;
    }

    // What the stack has, up to a batch. True where it may have more.
    private bool Transmit(out bool isBlocked)
    {
        isBlocked = false;
        for (var i = 0; i < Batch; i++)
        {
            var now = StackTime.Now(Time);
            if (!TryTake(now, out var frame)) return false;
            var error = _device.Write(frame);
            if (error == Errno.Again)
            {
                _kept = frame;
                isBlocked = true;
                return false;
            }

            // A frame that the kernel does not take is lost, as on any link.
            if (error != 0) Dropped++;
            _stack.Pool.Return(frame);
        }

        return true;
    }

    private bool TryTake(TimeSpan now, [NotNullWhen(true)] out PacketBuffer? frame)
    {
        frame = _kept;
        _kept = null;
        if (frame is not null) return true;
        if (!_raw.TryDequeue(out frame) && !_stack.TryTransmit(_interface!, now, out frame)) return false;
        _host!.ShowFrame(_interface!, FrameDirection.Sent, frame);
        if (_observer is null) return true;
        _observer.OnFrame(_interface!, FrameDirection.Sent, frame, now);
        TakeEvents();
        return true;
    }

    private void TakeEvents()
    {
        if (_observer is null) return;
        while (_stack.TryTakeEvent(out var happened)) _observer.OnEvent(happened);
    }

    // What was posted so far; what that posts has its turn after the frames. False where there was nothing.
    private bool RunWork()
    {
        lock (_workGate) (_work, _running) = (_running, _work);
        if (_running.Count == 0) return false;
        while (_running.TryDequeue(out var work))
        {
            work.Action(work.State);
            SynchronizationContext.SetSynchronizationContext(Context);
        }

        return true;
    }

    private void Sleep(TimeSpan? deadline, bool isBlocked, TimeSpan idleSince)
    {
        if (_spin > TimeSpan.Zero && StackTime.Now(Time) - idleSince < _spin) return;

        // From here on whoever adds work signals; what was added before is seen now.
        Interlocked.Exchange(ref _isAwake, 0);
        if (HasWork() || Volatile.Read(ref _wasUsed))
        {
            Volatile.Write(ref _isAwake, 1);
            return;
        }

        var polled = stackalloc Libc.PollDescriptor[2];
        polled[0] = new Libc.PollDescriptor { Descriptor = _device.Number, Wanted = isBlocked ? (short)(POLLIN | POLLOUT) : POLLIN };
        polled[1] = new Libc.PollDescriptor { Descriptor = _signal.Number, Wanted = POLLIN };
        Libc.TimeSpecification timeout = default;
        if (deadline is { } at)
        {
            var left = at - StackTime.Now(Time);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            timeout.Seconds = (long)left.TotalSeconds;
            timeout.Nanoseconds = left.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        }

        var count = Libc.Poll(polled, 2, deadline is null ? null : &timeout, null);
        Volatile.Write(ref _isAwake, 1);
        if (count < 0 && Marshal.GetLastPInvokeError() is not Errno.Interrupted and var error) _fault = error;
        if (count > 0 && polled[1].Happened != 0) _signal.Clear();
    }

    private bool HasWork()
    {
        lock (_workGate) return _work.Count > 0;
    }

    private void End()
    {
        lock (Gate)
        {
            if (_kept is not null) _stack.Pool.Return(_kept);
            while (_raw.TryDequeue(out var frame)) _stack.Pool.Return(frame);
            _kept = null;
            _device.Close(_stack.Pool);
        }

        lock (_workGate) _hasEnded = true;
        foreach (var (action, state) in _work) ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: false);
        _work.Clear();
        _signal.Dispose();
        _ended.TrySetResult();
    }
}
