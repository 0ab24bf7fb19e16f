using System.Diagnostics.CodeAnalysis;

namespace Fathom.Stack.Timing;

/// <summary>
/// Deadlines in their order: a heap of four children a node. Setting and taking one is O(log n) and allocates nothing but the array's growth. What decides the order lies in the heap itself,
/// so that comparing does not wait for the deadlines' own memory.
/// </summary>
public sealed class DeadlineQueue
{
    private const int Arity = 4;

    // What a host with one connection needs; most hosts of a large lab never need any.
    private const int FirstCapacity = 4;

    private Slot[] _heap = [];
    private int _count;
    private long _order;

    // The first was taken, and its place is still free: who is taken is often set again at once, and then goes there.
    private bool _isFirstFree;

    /// <summary>How many are set.</summary>
    public int Count => _isFirstFree ? _count - 1 : _count;

    /// <summary>When the next is due; null where none is set.</summary>
    public TimeSpan? Next
    {
        get
        {
            FillFirst();
            return _count == 0 ? null : _heap[0].At;
        }
    }

    /// <summary>Sets a deadline, or moves it. Of two for the same moment the one set first comes first.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="at">The moment.</param>
    public void Set(Deadline deadline, TimeSpan at)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        var slot = new Slot(at, _order++, deadline);
        if (deadline.Place < 0)
        {
            if (_isFirstFree)
            {
                _isFirstFree = false;
                deadline.At = at;
                SiftDown(slot, 0);
                return;
            }

            if (_count == _heap.Length) Array.Resize(ref _heap, Math.Max(FirstCapacity, _count * 2));
            deadline.At = at;
            SiftUp(slot, _count++);
            return;
        }

        FillFirst();
        var isLater = at >= deadline.At;
        deadline.At = at;
        if (isLater) SiftDown(slot, deadline.Place);
        else SiftUp(slot, deadline.Place);
    }

    /// <summary>Takes a deadline out; nothing happens if it is not set.</summary>
    /// <param name="deadline">The deadline.</param>
    public void Cancel(Deadline deadline)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        if (deadline.Place < 0) return;
        FillFirst();
        var place = deadline.Place;
        deadline.Place = -1;
        var last = _heap[--_count];
        _heap[_count] = default;
        if (last.Deadline == deadline) return;
        if (place > 0 && last.IsBefore(_heap[(place - 1) / Arity])) SiftUp(last, place);
        else SiftDown(last, place);
    }

    /// <summary>Takes the first one that is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="due">The deadline; the caller lets it <see cref="Deadline.Expire"/>.</param>
    /// <returns>False if none is due.</returns>
    public bool TryTakeDue(TimeSpan now, [NotNullWhen(true)] out Deadline? due)
    {
        FillFirst();
        due = _count == 0 || _heap[0].At > now ? null : _heap[0].Deadline;
        if (due is null) return false;
        due.Place = -1;
        _heap[0] = default;
        _isFirstFree = true;
        return true;
    }

    /// <summary>The first ones in their order, for a debugger: all are looked at.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Deadline> First(int count) => [.. _heap.Take(_count).Skip(_isFirstFree ? 1 : 0).OrderBy(static s => s.At).ThenBy(static s => s.Order).Take(count).Select(static s => s.Deadline)];

    private void FillFirst()
    {
        if (!_isFirstFree) return;
        _isFirstFree = false;
        var last = _heap[--_count];
        _heap[_count] = default;
        if (_count > 0) SiftDown(last, 0);
    }

    private void SiftUp(in Slot slot, int place)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Arity;
            if (!slot.IsBefore(_heap[parent])) break;
            Put(_heap[parent], place);
            place = parent;
        }

        Put(slot, place);
    }

    private void SiftDown(in Slot slot, int place)
    {
        while (true)
        {
            var first = (place * Arity) + 1;
            if (first >= _count) break;
            var least = first;
            var end = Math.Min(first + Arity, _count);
            for (var i = first + 1; i < end; i++)
            {
                if (_heap[i].IsBefore(_heap[least])) least = i;
            }

            if (!_heap[least].IsBefore(slot)) break;
            Put(_heap[least], place);
            place = least;
        }

        Put(slot, place);
    }

    private void Put(in Slot slot, int place)
    {
        _heap[place] = slot;
        slot.Deadline.Place = place;
    }

    // The order of setting tells apart two that are due at the same time: the one set first comes first, so that the same run gives the same order.
    private readonly record struct Slot(TimeSpan At, long Order, Deadline Deadline)
    {
        public bool IsBefore(in Slot other) => At < other.At || (At == other.At && Order < other.Order);
    }
}
