namespace Fathom.Probes;

/// <summary>A deadline on the host's clock, joined with a caller's cancellation.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _joined;
    private readonly CancellationToken _outer;

    public Deadline(TimeProvider time, TimeSpan after, CancellationToken outer)
    {
        _outer = outer;
        _timer = new CancellationTokenSource(after, time);
        _joined = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, outer);
    }

    /// <summary>Fires at the deadline or when the caller cancels.</summary>
    public CancellationToken Token => _joined.Token;

    /// <summary>True if the deadline, and not the caller, is what ended the work.</summary>
    public bool Passed => _timer.IsCancellationRequested && !_outer.IsCancellationRequested;

    public void Dispose()
    {
        _joined.Dispose();
        _timer.Dispose();
    }
}
