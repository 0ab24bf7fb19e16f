using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>
/// A resolver's cache: sets of records and negative answers, each until its TTL has run down on the host's clock. Bounded.
/// Safe for concurrent use. Of class IN only.
/// </summary>
public sealed class DnsCache
{
    // NXDOMAIN is about the name, whatever the type (RFC 2308 §5).
    private const DnsType WholeName = DnsType.Reserved;

    private readonly TimeProvider _time;
    private readonly DnsCacheOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<(DnsName Name, DnsType Type), LinkedListNode<Stored>> _entries = [];

    // The most recently used one is first.
    private readonly LinkedList<Stored> _order = [];

    /// <summary>Makes an empty cache.</summary>
    /// <param name="time">The host's clock.</param>
    /// <param name="options">The bounds, or null for the usual ones.</param>
    public DnsCache(TimeProvider time, DnsCacheOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _options = options ?? new DnsCacheOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumEntries, 1, nameof(options));
    }

    /// <summary>Entries held, those that have run down and were not asked for since included.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>Finds what is known: the records, or that there are none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <returns>Null when nothing is known, or no longer.</returns>
    public DnsCacheEntry? Find(DnsName name, DnsType type)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_gate) return Look((name, WholeName)) ?? Look((name, type));
    }

    /// <summary>Keeps a set of records of one name and type.</summary>
    /// <param name="records">At least one, all of one name and type.</param>
    /// <param name="credibility">How far they are believed.</param>
    /// <returns>False when better data is there already, or their TTL is 0.</returns>
    public bool Put(IReadOnlyList<DnsRecord> records, DnsCredibility credibility)
    {
        ArgumentNullException.ThrowIfNull(records);
        var first = records[0];
        if (first.Class != DnsClass.Internet) return false;

        // RFC 2181 §5.2: one set has one TTL, the lowest.
        var lifetime = records.Min(static r => Lifetime(r.TimeToLive));
        return Store(new Stored((first.Name, first.Type), records, false, credibility, Deadline(lifetime, _options.MaximumTimeToLive)));
    }

    /// <summary>Keeps a negative answer for as long as its SOA allows: its TTL or its minimum, whichever is less (RFC 2308 §5).</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type asked for; of no meaning when the name does not exist.</param>
    /// <param name="isNoSuchName">The name does not exist.</param>
    /// <param name="soa">The SOA record of the answer.</param>
    /// <returns>False when it may not be kept.</returns>
    public bool PutNegative(DnsName name, DnsType type, bool isNoSuchName, DnsRecord soa)
    {
        ArgumentNullException.ThrowIfNull(soa);
        if (soa.Class != DnsClass.Internet || soa.Data is not DnsData.Soa data) return false;
        var lifetime = Lifetime(Math.Min(soa.TimeToLive, data.Minimum));
        return Store(new Stored((name, isNoSuchName ? WholeName : type), [soa], true, DnsCredibility.Answer, Deadline(lifetime, _options.MaximumNegativeTimeToLive)));
    }

    // RFC 2181 §8: the top bit set means zero.
    private static TimeSpan Lifetime(uint timeToLive) => timeToLive > int.MaxValue ? TimeSpan.Zero : TimeSpan.FromSeconds(timeToLive);

    private long Deadline(TimeSpan lifetime, TimeSpan most)
        => _time.GetTimestamp() + (long)((lifetime < most ? lifetime : most).TotalSeconds * _time.TimestampFrequency);

    private DnsCacheEntry? Look((DnsName Name, DnsType Type) key)
    {
        if (!_entries.TryGetValue(key, out var node)) return null;
        var now = _time.GetTimestamp();
        if (node.Value.Deadline <= now)
        {
            Remove(node);
            return null;
        }

        _order.Remove(node);
        _order.AddFirst(node);
        var remaining = _time.GetElapsedTime(now, node.Value.Deadline);
        var seconds = (uint)Math.Ceiling(remaining.TotalSeconds);
        IReadOnlyList<DnsRecord> records = [.. node.Value.Records.Select(r => r with { TimeToLive = seconds })];
        return node.Value.IsNegative
            ? new DnsCacheEntry.Negative(key.Type == WholeName, records[0], remaining)
            : new DnsCacheEntry.Positive(records, node.Value.Credibility, remaining);
    }

    private bool Store(Stored entry)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (entry.Deadline <= now) return false;
            if (_entries.TryGetValue(entry.Key, out var old))
            {
                if (old.Value.Deadline > now && old.Value.Credibility > entry.Credibility) return false;
                Remove(old);
            }

            while (_entries.Count >= _options.MaximumEntries) Remove(_order.Last!);
            _entries[entry.Key] = _order.AddFirst(entry);
            return true;
        }
    }

    private void Remove(LinkedListNode<Stored> node)
    {
        _order.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    private sealed record Stored((DnsName Name, DnsType Type) Key, IReadOnlyList<DnsRecord> Records, bool IsNegative, DnsCredibility Credibility, long Deadline);
}
