using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Internet;

/// <summary>
/// Finds for an address the longest of many prefixes that contain it, as a router does (RFC 1812 §5.2.4.3). Made once, then only
/// read, by any number of threads. The prefixes are turned into the ranges of addresses that share an answer, so
/// a look-up is one step into an index by the address's first bits, and a short search from there, whatever the number of prefix lengths.
/// </summary>
/// <typeparam name="T">What each prefix leads to.</typeparam>
public sealed class PrefixTable<T>
{
    private readonly KeyValuePair<IpPrefix, T>[] _entries;
    private readonly IntervalIndex<uint> _v4;
    private readonly IntervalIndex<UInt128> _v6;

    /// <summary>Makes a table.</summary>
    /// <param name="entries">The entries in any order. Of several for one prefix the last counts.</param>
    public PrefixTable(IEnumerable<KeyValuePair<IpPrefix, T>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var sorted = Sort([.. entries]);
        var v4 = Array.FindIndex(sorted, static e => e.Key.Address.IsV6);
        if (v4 < 0) v4 = sorted.Length;
        _entries = sorted;
        _v4 = IntervalIndex<uint>.Build(32, v4, i => ((uint)sorted[i].Key.Address.Value, (uint)sorted[i].Key.Last.Value), 0);
        _v6 = IntervalIndex<UInt128>.Build(128, sorted.Length - v4, i => (sorted[v4 + i].Key.Address.Value, sorted[v4 + i].Key.Last.Value), v4);
    }

    /// <summary>The entries in order: by address, IPv4 first, a prefix before the longer ones within it.</summary>
    public IReadOnlyList<KeyValuePair<IpPrefix, T>> Entries => _entries;

    /// <summary>Finds the longest prefix that contains an address. Zones are not looked at.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">The prefix, or the default.</param>
    /// <param name="value">What it leads to, or the default.</param>
    /// <returns>False where no prefix contains it.</returns>
    public bool TryFind(IpAddress address, out IpPrefix prefix, [MaybeNullWhen(false)] out T value)
    {
        var entry = FindEntry(address);
        if (entry < 0)
        {
            prefix = default;
            value = default;
            return false;
        }

        (prefix, value) = _entries[entry];
        return true;
    }

    /// <summary>Finds the longest prefix that contains an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Its place in <see cref="Entries"/>, or -1.</returns>
    public int FindEntry(IpAddress address) => address.IsV4 ? _v4.Find((uint)address.Value) : _v6.Find(address.Value);

    /// <summary>Finds many at once: memory is then waited for together instead of one after the other.</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="entries">For each its place in <see cref="Entries"/>, or -1; as long as <paramref name="addresses"/>.</param>
    public void FindEntries(ReadOnlySpan<IpAddress> addresses, Span<int> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, addresses.Length);
        for (var i = 0; i < addresses.Length; i++) entries[i] = FindEntry(addresses[i]);
    }

    /// <summary>Finds many IPv4 addresses at once, given as their 32 bits.</summary>
    /// <param name="addresses">The addresses, 0x7F000001 being 127.0.0.1.</param>
    /// <param name="entries">For each its place in <see cref="Entries"/>, or -1; as long as <paramref name="addresses"/>.</param>
    public void FindEntries(ReadOnlySpan<uint> addresses, Span<int> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, addresses.Length);
        _v4.Find(addresses, entries);
    }

    // By prefix; of equal ones the last is kept. The sort of arrays is not stable, so the place in the list decides.
    private static KeyValuePair<IpPrefix, T>[] Sort(KeyValuePair<IpPrefix, T>[] all)
    {
        var order = new int[all.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => all[a].Key.CompareTo(all[b].Key) is var c and not 0 ? c : a.CompareTo(b));
        var kept = new List<KeyValuePair<IpPrefix, T>>(all.Length);
        foreach (var i in order)
        {
            if (kept.Count > 0 && kept[^1].Key == all[i].Key) kept[^1] = all[i];
            else kept.Add(all[i]);
        }

        return [.. kept];
    }
}
