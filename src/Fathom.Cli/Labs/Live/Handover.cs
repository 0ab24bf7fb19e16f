using System.Diagnostics.CodeAnalysis;

namespace Fathom.Cli.Labs.Live;

/// <summary>What one thread reads and another takes. Who reads faster than the other takes is made to wait.</summary>
/// <typeparam name="T">What.</typeparam>
/// <param name="most">How many may wait.</param>
internal sealed class Handover<T>(int most)
    where T : notnull
{
    private readonly object _gate = new();
    private readonly Queue<T> _waiting = new();
    private bool _isComplete;

    /// <summary>Nothing more comes, and all was taken.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate) return _isComplete && _waiting.Count == 0;
        }
    }

    /// <summary>Puts one; waits while there are too many.</summary>
    public void Put(T value)
    {
        lock (_gate)
        {
            while (_waiting.Count >= most) Monitor.Wait(_gate);
            _waiting.Enqueue(value);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        lock (_gate) _isComplete = true;
    }

    /// <summary>Takes one; it does not wait.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T value)
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
            return _waiting.TryDequeue(out value);
        }
    }
}
