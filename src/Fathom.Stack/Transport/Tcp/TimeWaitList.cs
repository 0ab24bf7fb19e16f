using Fathom.Stack.Timing;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// The connections in TIME-WAIT, in the order in which they came: where there are too many, the oldest go first. One that is over stays
/// in the chain until it is the oldest, so that nothing is searched.
/// </summary>
internal sealed class TimeWaitList(FlowTable flows, DeadlineQueue deadlines, TcpSettings settings)
{
    private TimeWait? _oldest;
    private TimeWait? _youngest;

    /// <summary>Those that wait still.</summary>
    public int Count { get; private set; }

    /// <summary>Those that wait still, the oldest first. The list must not change meanwhile.</summary>
    public IEnumerable<TimeWait> All()
    {
        for (var waiting = _oldest; waiting is not null; waiting = waiting.Younger)
        {
            if (!waiting.IsOver) yield return waiting;
        }
    }

    /// <summary>One more, which stands in the table of flows already.</summary>
    public void Add(TimeWait waiting, TimeSpan now)
    {
        if (_youngest is null) _oldest = waiting;
        else _youngest.Younger = waiting;
        _youngest = waiting;
        Count++;
        deadlines.Set(waiting, now + settings.TimeWait);
        while (Count > settings.MaximumTimeWait && _oldest is { } oldest) End(oldest, TcpStateCause.Timeout);
        Trim();
    }

    /// <summary>One waits no longer.</summary>
    public void End(TimeWait waiting, TcpStateCause why)
    {
        if (waiting.IsOver) return;
        waiting.Finish(why);
        flows.Remove(waiting);
        Count--;
        Trim();
    }

    private void Trim()
    {
        while (_oldest is { IsOver: true } oldest)
        {
            _oldest = oldest.Younger;
            if (_oldest is null) _youngest = null;
        }
    }
}
