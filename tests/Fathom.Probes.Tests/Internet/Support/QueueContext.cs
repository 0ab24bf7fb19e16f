using System.Collections.Concurrent;

namespace Fathom.Probes.Tests.Internet.Support;

/// <summary>Runs what is posted on the thread that asks for it.</summary>
internal sealed class QueueContext : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

    /// <summary>Runs the next; false if none came in time.</summary>
    public bool RunOne(TimeSpan patience)
    {
        if (!_queue.TryTake(out var item, patience)) return false;
        item.Callback(item.State);
        return true;
    }
}
