using System.Diagnostics.CodeAnalysis;

namespace Fathom.Stack.Timing;

/// <summary>Deadlines in their order: a heap of four children a node. Setting and taking one is O(log n) and allocates nothing but the array's growth.</summary>
public sealed class DeadlineQueue
{
    private const int Arity = 4;

    private Deadline[] _heap = new Deadline[16];
    private int _count;
    private long _order;

    /// <summary>How many are set.</summary>
    public int Count => _count;

    /// <summary>When the next is due; null where none is set.</summary>
    public TimeSpan? Next => _count == 0 ? null : _heap[0].At;

    /// <summary>Sets a deadline, or moves it. Of two for the same moment the one set first comes first.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="at">The moment.</param>
    public void Set(Deadline deadline, TimeSpan at)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        deadline.Order = _order++;
        if (deadline.Place < 0)
        {
            if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
            deadline.At = at;
            SiftUp(deadline, _count++);
            return;
        }

        var isLater = at >= deadline.At;
        deadline.At = at;
        if (isLater) SiftDown(deadline, deadline.Place);
        else SiftUp(deadline, deadline.Place);
    }

    /// <summary>Takes a deadline out; nothing happens if it is not set.</summary>
    /// <param name="deadline">The deadline.</param>
    public void Cancel(Deadline deadline)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        var place = deadline.Place;
        if (place < 0) return;
        deadline.Place = -1;
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (last == deadline) return;
        if (place > 0 && IsBefore(last, _heap[(place - 1) / Arity])) SiftUp(last, place);
        else SiftDown(last, place);
    }

    /// <summary>Takes the first one that is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="due">The deadline; the caller lets it <see cref="Deadline.Expire"/>.</param>
    /// <returns>False if none is due.</returns>
    public bool TryTakeDue(TimeSpan now, [NotNullWhen(true)] out Deadline? due)
    {
        due = _count == 0 || _heap[0].At > now ? null : _heap[0];
        if (due is null) return false;
        Cancel(due);
        return true;
    }

    /// <summary>The first ones in their order, for a debugger: all are looked at.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Deadline> First(int count) => [.. _heap.Take(_count).OrderBy(static d => d.At).ThenBy(static d => d.Order).Take(count)];

    private static bool IsBefore(Deadline left, Deadline right) => left.At < right.At || (left.At == right.At && left.Order < right.Order);

    private void SiftUp(Deadline deadline, int place)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Arity;
            if (!IsBefore(deadline, _heap[parent])) break;
            Put(_heap[parent], place);
            place = parent;
        }

        Put(deadline, place);
    }

    private void SiftDown(Deadline deadline, int place)
    {
        while (true)
        {
            var first = (place * Arity) + 1;
            if (first >= _count) break;
            var least = first;
            var end = Math.Min(first + Arity, _count);
            for (var i = first + 1; i < end; i++)
            {
                if (IsBefore(_heap[i], _heap[least])) least = i;
            }

            if (!IsBefore(_heap[least], deadline)) break;
            Put(_heap[least], place);
            place = least;
        }

        Put(deadline, place);
    }

    private void Put(Deadline deadline, int place)
    {
        _heap[place] = deadline;
        deadline.Place = place;
    }
}
