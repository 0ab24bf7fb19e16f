namespace Fathom.Probes;

/// <summary>A deadline on the host's clock, joined with a caller's cancellation. One that comes too late, since the process did not run, waits for readers to catch up (<see cref="Punctuality"/>).</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _after;
    private readonly long _begin;
    private readonly CancellationTokenSource _joined;
    private readonly CancellationToken _outer;
    private readonly ITimer? _timer;
    private bool _wasPutOff;
    private volatile bool _hasFired;

    public Deadline(TimeProvider time, TimeSpan after, CancellationToken outer)
    {
        (_time, _after, _outer) = (time, after, outer);
        _begin = time.GetTimestamp();
        _joined = CancellationTokenSource.CreateLinkedTokenSource(outer);
        if (after == TimeSpan.Zero) End();
        else if (after != Timeout.InfiniteTimeSpan) _timer = time.CreateTimer(static deadline => ((Deadline)deadline!).Fire(), this, after, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Fires at the deadline or when the caller cancels.</summary>
    public CancellationToken Token => _joined.Token;

    /// <summary>True if the deadline, and not the caller, is what ended the work.</summary>
    public bool Passed => _hasFired && !_outer.IsCancellationRequested;

    public void Dispose()
    {
        _timer?.Dispose();
        _joined.Dispose();
    }

    private void Fire()
    {
        // The timer is null for the moment in which it is being made.
        if (!_wasPutOff && _timer is { } timer && Punctuality.IsLate(_time, _begin, _after))
        {
            _wasPutOff = true;
            timer.Change(Punctuality.Backlog, Timeout.InfiniteTimeSpan);
            return;
        }

        End();
    }

    private void End()
    {
        _hasFired = true;
        try
        {
            _joined.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended in the same moment.
        }
    }
}
