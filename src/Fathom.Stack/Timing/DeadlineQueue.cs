using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Fathom.Stack.Timing;

/// <summary>
/// Deadlines in their order: a heap of four children a node. Setting and taking one is O(log n) and allocates nothing but the arrays' growth. What is moved and compared are numbers that lie
/// side by side: in a large lab the deadlines themselves are far apart in memory, and each that is touched is waited for.
/// </summary>
public sealed class DeadlineQueue
{
    private const int Arity = 4;

    // What a host with one connection needs; most hosts of a large lab never need any.
    private const int FirstCapacity = 4;

    private Slot[] _heap = [];

    // By number: the deadline, and its place in the heap; of a number that is free, the next free one.
    private Entry[] _deadlines = [];
    private int[] _places = [];
    private int _firstFree = -1;
    private int _numbers;
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
        if (!deadline.IsSet)
        {
            deadline.Number = TakeNumber(deadline);
            deadline.At = at;
            var added = new Slot(at, _order++, deadline.Number);
            if (_isFirstFree)
            {
                _isFirstFree = false;
                SiftDown(added, 0);
            }
            else
            {
                if (_count == _heap.Length) Array.Resize(ref _heap, Math.Max(FirstCapacity, _count * 2));
                SiftUp(added, _count++);
            }

            return;
        }

        FillFirst();
        var isLater = at >= deadline.At;
        deadline.At = at;
        var moved = new Slot(at, _order++, deadline.Number);
        if (isLater) SiftDown(moved, _places[deadline.Number]);
        else SiftUp(moved, _places[deadline.Number]);
    }

    /// <summary>Takes a deadline out; nothing happens if it is not set.</summary>
    /// <param name="deadline">The deadline.</param>
    public void Cancel(Deadline deadline)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        if (!deadline.IsSet) return;
        FillFirst();
        var place = _places[deadline.Number];
        Free(deadline);
        var last = _heap[--_count];
        if (place == _count) return;
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
        due = _count == 0 || _heap[0].At > now ? null : _deadlines[_heap[0].Number].Deadline;
        if (due is null) return false;
        Free(due);
        _isFirstFree = true;
        return true;
    }

    /// <summary>The first ones in their order, for a debugger: all are looked at.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Deadline> First(int count)
        => [.. _heap.Take(_count).Skip(_isFirstFree ? 1 : 0).OrderBy(static s => s.At).ThenBy(static s => s.Order).Take(count).Select(s => _deadlines[s.Number].Deadline!)];

    private int TakeNumber(Deadline deadline)
    {
        var number = _firstFree;
        if (number >= 0)
        {
            _firstFree = _places[number];
        }
        else
        {
            number = _numbers++;
            if (number == _places.Length)
            {
                var capacity = Math.Max(FirstCapacity, number * 2);
                Array.Resize(ref _places, capacity);
                Array.Resize(ref _deadlines, capacity);
            }
        }

        _deadlines[number].Deadline = deadline;
        return number;
    }

    private void Free(Deadline deadline)
    {
        _deadlines[deadline.Number].Deadline = null;
        _places[deadline.Number] = _firstFree;
        _firstFree = deadline.Number;
        deadline.Number = -1;
    }

    private void FillFirst()
    {
        if (!_isFirstFree) return;
        _isFirstFree = false;
        var last = _heap[--_count];
        if (_count > 0) SiftDown(last, 0);
    }

    private void SiftUp(Slot slot, int place)
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

    private void SiftDown(Slot slot, int place)
    {
        var heap = _heap.AsSpan(0, _count);
        while (true)
        {
            var first = (place * Arity) + 1;
            if (first >= heap.Length) break;
            var least = first;
            if (first + Arity <= heap.Length)
            {
                // Which of four is first nobody can foretell: without branches, two by two.
                var four = heap.Slice(first, Arity);
                var (left, right) = (four[1].Precedes(four[0]), 2 + four[3].Precedes(four[2]));
                least += four[right].Precedes(four[left]) == 0 ? left : right;
            }
            else
            {
                for (var i = first + 1; i < heap.Length; i++)
                {
                    if (heap[i].IsBefore(heap[least])) least = i;
                }
            }

            if (!heap[least].IsBefore(slot)) break;
            Put(heap[least], place);
            place = least;
        }

        Put(slot, place);
    }

    private void Put(in Slot slot, int place)
    {
        _heap[place] = slot;
        _places[slot.Number] = place;
    }

    // The order of setting tells apart two that are due at the same time: the one set first comes first, so that the same run gives the same order.
    private readonly record struct Slot(TimeSpan At, long Order, int Number)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBefore(in Slot other) => At < other.At || (At == other.At && Order < other.Order);

        /// <summary>1 if it is before the other one, else 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Precedes(in Slot other)
        {
            var (at, otherAt) = (At.Ticks, other.At.Ticks);
            return ToNumber(at < otherAt) | (ToNumber(at == otherAt) & ToNumber(Order < other.Order));

            static int ToNumber(bool condition) => condition ? 1 : 0;
        }
    }

    // In a struct of its own: storing it asks no array what it may hold.
    private struct Entry
    {
        public Deadline? Deadline;
    }
}
