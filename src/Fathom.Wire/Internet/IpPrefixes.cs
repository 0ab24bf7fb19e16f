namespace Fathom.Wire.Internet;

/// <summary>Arithmetic on sets of prefixes. Every method takes both versions together and answers IPv4 first.</summary>
public static class IpPrefixes
{
    /// <summary>
    /// The fewest prefixes that hold exactly the same addresses: duplicates and contained ones go, and halves of one
    /// become it, again and again.
    /// </summary>
    /// <param name="prefixes">Any prefixes, in any order.</param>
    public static IReadOnlyList<IpPrefix> Merge(IEnumerable<IpPrefix> prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var sorted = prefixes.ToArray();
        if (sorted.Length < 2) return sorted;
        Array.Sort(sorted);
        var merged = new List<IpPrefix>(sorted.Length);
        foreach (var prefix in sorted)
        {
            if (merged.Count > 0 && merged[^1].Contains(prefix)) continue;
            var whole = prefix;
            // In this order the sibling of an upper half, if it is there, is what was added last.
            while (merged.Count > 0 && whole.Sibling is { } sibling && merged[^1] == sibling && whole.Parent is { } parent)
            {
                merged.RemoveAt(merged.Count - 1);
                whole = parent;
            }

            merged.Add(whole);
        }

        return merged;
    }

    /// <summary>What is left of a prefix without others, as the fewest prefixes, in order.</summary>
    /// <param name="whole">The prefix.</param>
    /// <param name="without">What is taken out. Prefixes outside it change nothing.</param>
    public static IReadOnlyList<IpPrefix> Exclude(IpPrefix whole, IEnumerable<IpPrefix> without)
    {
        ArgumentNullException.ThrowIfNull(without);
        var holes = Merge(without.Where(whole.Overlaps));
        if (holes.Any(h => h.Contains(whole))) return [];
        var left = new List<IpPrefix>();
        var at = whole.Address.Value;
        foreach (var hole in holes)
        {
            if (hole.Address.Value > at) Add(at, hole.Address.Value - 1);
            at = hole.Last.Value + 1;
            if (hole.Last == whole.Last) return left; // also where the sum above has overflowed to 0
        }

        Add(at, whole.Last.Value);
        return left;

        void Add(UInt128 first, UInt128 last) => left.AddRange(new IpRange(IpPrefix.Make(whole.Version, first), IpPrefix.Make(whole.Version, last)).ToPrefixes());
    }

    /// <summary>The longest prefix that contains all: their common supernet. It may hold more addresses than they do.</summary>
    /// <param name="prefixes">At least one prefix; all of one version.</param>
    public static IpPrefix Supernet(IEnumerable<IpPrefix> prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        IpPrefix? all = null;
        foreach (var prefix in prefixes)
        {
            if (all is not { } sofar) all = prefix;
            else all = new IpPrefix(prefix.Address, Math.Min(IpPrefix.Common(sofar.Address, prefix.Address).Length, Math.Min(sofar.Length, prefix.Length)));
        }

        return all ?? throw new ArgumentException("There is no supernet of nothing.", nameof(prefixes));
    }

    /// <summary>The prefixes under those that contain them.</summary>
    /// <param name="prefixes">Any prefixes, in any order; duplicates are taken once.</param>
    /// <returns>Those that no other contains, in order.</returns>
    public static IReadOnlyList<IpPrefixNode> Tree(IEnumerable<IpPrefix> prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var roots = new List<IpPrefixNode>();
        var path = new Stack<IpPrefixNode>();
        foreach (var prefix in prefixes.Distinct().Order())
        {
            while (path.TryPeek(out var top) && !top.Prefix.Contains(prefix)) path.Pop();
            var node = new IpPrefixNode(prefix);
            if (path.TryPeek(out var parent)) parent.Add(node);
            else roots.Add(node);
            path.Push(node);
        }

        return roots;
    }
}
