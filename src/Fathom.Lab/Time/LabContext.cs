namespace Fathom.Lab.Time;

/// <summary>Where everything of the lab runs: one thread, one thing after the other, in the order in which it was asked for.</summary>
internal sealed class LabContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Action, object? State)> _posted = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Something waits to run.</summary>
    public bool HasWork => _posted.Count > 0;

    public override void Post(SendOrPostCallback d, object? state)
    {
        Check();
        _posted.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Check();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what was posted until nothing is left.</summary>
    public void RunPosted()
    {
        while (_posted.TryDequeue(out var work))
        {
            SetSynchronizationContext(this);
            work.Action(work.State);
        }
    }

    // What comes from another thread comes at a moment that no seed decides.
    private void Check()
    {
        if (Environment.CurrentManagedThreadId != _thread) throw new InvalidOperationException("Something has left the lab's context: it runs on another thread.");
    }
}
