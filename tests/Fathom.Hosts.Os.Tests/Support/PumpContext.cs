using System.Collections.Concurrent;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>Runs everything that is posted to it on the one thread that called <see cref="Run"/>.</summary>
internal sealed class PumpContext : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        // After the end a late continuation has nowhere to run, and nothing waits for it.
        if (!_posted.IsAddingCompleted) _posted.Add((d, state));
    }

    /// <summary>Starts an asynchronous action and pumps until it has ended.</summary>
    public void Run(Func<Task> action)
    {
        SetSynchronizationContext(this);
        var task = action();
        _ = task.ContinueWith(_ => _posted.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var (callback, state) in _posted.GetConsumingEnumerable()) callback(state);
        task.GetAwaiter().GetResult();
    }

    public void Dispose() => _posted.Dispose();
}
