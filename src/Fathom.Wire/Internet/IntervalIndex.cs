using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>
/// The ranges of keys that share an owner, sorted, under an index by the keys' first bits. Nested ranges are flattened: every key has
/// one innermost owner.
/// </summary>
/// <typeparam name="TKey">An address as a number.</typeparam>
internal sealed class IntervalIndex<TKey>
    where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>, IMinMaxValue<TKey>
{
    // Of IPv4's routes nearly none is longer than /24: with so many bits one read answers (64 MiB, for tables of half a million
    // ranges and more). Longer keys have most of their routes under few first bits, where a large index gains nothing.
    private const int MostIndexBits = 24;
    private const int MostIndexBitsOfLongKeys = 20;
    private const int FewestIndexBits = 8;

    // Slots for each range, as a power of two: most slots then hold no boundary, and are answers.
    private const int SlotsPerRange = 3;

    // Below so many ranges a walk is faster than halving.
    private const int Walk = 8;

    // A slot from -1 up is the owner of all its keys; below that, -2 minus the place of its ranges in _mixed.
    private readonly int[] _slots;
    private readonly (int From, int End)[] _mixed;
    private readonly Interval[] _intervals;
    private readonly int _shift;

    private IntervalIndex(Interval[] intervals, int[] slots, (int From, int End)[] mixed, int shift)
    {
        _intervals = intervals;
        _slots = slots;
        _mixed = mixed;
        _shift = shift;
    }

    /// <summary>Builds the index.</summary>
    /// <param name="bits">Bits in a key.</param>
    /// <param name="count">How many ranges.</param>
    /// <param name="rangeOf">A range by its number: first and last key. They are sorted by first key, and nested or disjoint, as prefixes are; outer before inner.</param>
    /// <param name="firstOwner">The owner of range 0; the others count on from there.</param>
    public static IntervalIndex<TKey> Build(int bits, int count, Func<int, (TKey First, TKey Last)> rangeOf, int firstOwner)
    {
        var intervals = Flatten(count, rangeOf, firstOwner);
        var indexBits = Math.Clamp(BitOperations.Log2((uint)intervals.Length) + SlotsPerRange, FewestIndexBits, bits > 32 ? MostIndexBitsOfLongKeys : MostIndexBits);
        var shift = bits - indexBits;
        var slots = new int[1 << indexBits];
        var mixed = new List<(int From, int End)>();
        var at = 0; // the range that holds the slot's first key
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var first = TKey.CreateTruncating(slot) << shift;
            var last = first | ((TKey.One << shift) - TKey.One);
            while (at + 1 < intervals.Length && intervals[at + 1].First <= first) at++;
            var end = at + 1;
            while (end < intervals.Length && intervals[end].First <= last) end++;
            slots[slot] = end == at + 1 ? intervals[at].Owner : -2 - mixed.Count;
            if (end > at + 1) mixed.Add((at, end));
            at = end - 1;
        }

        return new IntervalIndex<TKey>(intervals, slots, [.. mixed], shift);
    }

    /// <summary>The owner of a key, or -1.</summary>
    /// <param name="key">The key.</param>
    public int Find(TKey key)
    {
        var slot = _slots[int.CreateTruncating(key >>> _shift)];
        return slot >= -1 ? slot : Search(_mixed[-2 - slot], key);
    }

    /// <summary>The owners of many keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="owners">The owners, or -1; as long as <paramref name="keys"/>.</param>
    public void Find(ReadOnlySpan<TKey> keys, Span<int> owners)
    {
        for (var i = 0; i < keys.Length; i++) owners[i] = Find(keys[i]);
    }

    // The last of the ranges that begins at or before the key; the first of them does.
    private int Search((int From, int End) range, TKey key)
    {
        var (from, end) = range;
        var intervals = _intervals;
        while (end - from > Walk)
        {
            var middle = (from + end) >>> 1;
            if (intervals[middle].First <= key) from = middle;
            else end = middle;
        }

        while (intervals[end - 1].First > key) end--;
        return intervals[end - 1].Owner;
    }

    private static Interval[] Flatten(int count, Func<int, (TKey First, TKey Last)> rangeOf, int firstOwner)
    {
        var intervals = new List<Interval>(count + 1);
        var open = new Stack<(TKey Last, int Owner)>();
        Begin(TKey.Zero, -1);
        for (var i = 0; i < count; i++)
        {
            var (first, last) = rangeOf(i);
            while (open.TryPeek(out var top) && top.Last < first) Close();
            Begin(first, firstOwner + i);
            open.Push((last, firstOwner + i));
        }

        while (open.Count > 0) Close();
        return [.. intervals];

        void Close()
        {
            var (last, _) = open.Pop();
            // Behind it goes on what is around it, unless nothing is behind it.
            if (last != TKey.MaxValue) Begin(last + TKey.One, open.TryPeek(out var outer) ? outer.Owner : -1);
        }

        void Begin(TKey first, int owner)
        {
            if (intervals.Count > 0 && intervals[^1].First == first) intervals.RemoveAt(intervals.Count - 1);
            if (intervals.Count == 0 || intervals[^1].Owner != owner) intervals.Add(new Interval(first, owner));
        }
    }

    /// <summary>Keys from <paramref name="First"/> to the next range's; key and owner lie in one cache line.</summary>
    private readonly record struct Interval(TKey First, int Owner);
}
