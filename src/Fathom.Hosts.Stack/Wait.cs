using System.Threading.Tasks.Sources;

namespace Fathom.Hosts.Stack;

/// <summary>
/// One call at a time that waits for a socket, used again for the next: nothing is allocated for it. All members but the interface's are called with
/// the driver's gate held. Whoever awaits goes on in the driver's context without another hop.
/// </summary>
internal sealed class Wait<T>(IStackDriver driver) : IValueTaskSource<T>
{
    private static readonly Action<object?> Finish = static state => ((Wait<T>)state!).SetResult();
    private static readonly Action<object?> Cancel = static state => ((Wait<T>)state!).OnCancelled();

    private ManualResetValueTaskSourceCore<T> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private T? _result;
    private Exception? _fault;
    private volatile bool _isBusy;
    private bool _wantsNoContext;

    /// <summary>Somebody waits, and nothing has come yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Begins to wait.</summary>
    /// <exception cref="InvalidOperationException">Another call waits already.</exception>
    public ValueTask<T> Begin(CancellationToken cancellation)
    {
        ThrowIfBusy();
        _isBusy = true;
        IsOpen = true;
        _cancellation = cancellation;
        if (cancellation.CanBeCanceled) _registration = cancellation.UnsafeRegister(Cancel, this);
        return new ValueTask<T>(this, _core.Version);
    }

    /// <summary>Refuses a second call beside one that has not been answered.</summary>
    public void ThrowIfBusy()
    {
        if (_isBusy) throw new InvalidOperationException("Another call waits on this socket in the same direction.");
    }

    /// <summary>Ends the wait with a result.</summary>
    public void Complete(T result)
    {
        _result = result;
        Close();
    }

    /// <summary>Ends the wait with an exception, if somebody waits.</summary>
    public void Fail(Exception fault)
    {
        if (!IsOpen) return;
        _fault = fault;
        Close();
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var isOurs = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 && SynchronizationContext.Current == driver.Context;
        if (isOurs)
        {
            // The driver completes in this context itself: to post it once more would cost a turn and an allocation.
            flags &= ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext;
            _core.RunContinuationsAsynchronously = false;
        }
        else
        {
            _wantsNoContext = driver.IsSingleThreaded;
            _core.RunContinuationsAsynchronously = !driver.IsSingleThreaded;
        }

        _core.OnCompleted(continuation, state, token, flags);
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _result = default;
            _fault = null;
            _wantsNoContext = false;
            _core.Reset();
            _isBusy = false;
        }
    }

    private void Close()
    {
        IsOpen = false;
        // Not Dispose, which would wait for a callback that waits for the gate.
        _registration.Unregister();
        _registration = default;
        driver.Post(Finish, this);
    }

    private void SetResult()
    {
        // What asked for no context must see none: it would go to the thread pool otherwise (the BCL's own ConfigureAwait(false)).
        var current = SynchronizationContext.Current;
        if (_wantsNoContext) SynchronizationContext.SetSynchronizationContext(null);
        if (_fault is { } fault) _core.SetException(fault);
        else _core.SetResult(_result!);
        SynchronizationContext.SetSynchronizationContext(current);
    }

    private void OnCancelled()
    {
        lock (driver.Gate)
        {
            // A callback that comes late must not end the next wait.
            if (IsOpen && _cancellation.IsCancellationRequested) Fail(new OperationCanceledException(_cancellation));
        }
    }
}
