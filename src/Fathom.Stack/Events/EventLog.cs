using Fathom.Stack.Buffers;

namespace Fathom.Stack.Events;

/// <summary>Events that wait to be taken. Nothing is kept, and no event is made, unless somebody asked for them.</summary>
internal sealed class EventLog
{
    // What a driver that does not come back costs at most; the oldest are lost then, and counted.
    private const int Limit = 65_536;

    private LazyQueue<StackEvent> _events;

    /// <summary>True: events are to be made. Machines ask before they make one.</summary>
    public bool IsOn { get; set; }

    /// <summary>Events lost because nobody took them.</summary>
    public long Lost { get; private set; }

    public void Add(StackEvent happened)
    {
        if (!IsOn) return;
        if (_events.Count == Limit)
        {
            _events.Dequeue();
            Lost++;
        }

        _events.Enqueue(happened);
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StackEvent? happened) => _events.TryDequeue(out happened);
}
