using Fathom.Stack.Buffers;
using Fathom.Stack.Security;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Path MTUs that ICMP errors told of, by destination, until they are too old (RFC 1191 §6.3, RFC 8201 §5.3).</summary>
internal sealed class PathMtuTable(StackRandom random, IpSettings settings, DeadlineQueue deadlines) : Deadline
{
    /// <summary>What is not in the table.</summary>
    public const int Unknown = int.MaxValue;

    // One entry a destination that a plausible report named: this host has sent there, so that strangers cannot fill it at will. 100 octets each.
    private const int Limit = 4096;

    private readonly AddressComparer _comparer = new(random);
    private Dictionary<IpAddress, Entry>? _entries;

    // All live as long, so the order of their making is that of their end; one that was renewed stands in it again, behind.
    private LazyQueue<(IpAddress Destination, TimeSpan Until)> _oldestFirst;

    /// <summary>Called when an entry has ended: paths are to be looked up again.</summary>
    public Action? Changed { get; set; }

    public int Count => _entries?.Count ?? 0;

    public int Find(IpAddress destination) => _entries is { Count: > 0 } entries && entries.TryGetValue(destination, out var entry) ? entry.Mtu : Unknown;

    /// <summary>Takes a report that was found plausible, and lower than what was known.</summary>
    public void Set(IpAddress destination, int mtu, TimeSpan now)
    {
        var until = now + settings.PathMtuLifetime;
        _entries ??= new Dictionary<IpAddress, Entry>(_comparer);
        _entries[destination] = new Entry(mtu, until);
        _oldestFirst.Enqueue((destination, until));
        if (_oldestFirst.Count > Limit) Forget(_oldestFirst.Dequeue());
        if (!IsSet && _oldestFirst.TryPeek(out var oldest)) deadlines.Set(this, oldest.Until);
        Changed?.Invoke();
    }

    public override void Expire(TimeSpan now)
    {
        while (_oldestFirst.TryPeek(out var oldest) && oldest.Until <= now) Forget(_oldestFirst.Dequeue());
        if (_oldestFirst.TryPeek(out var next)) deadlines.Set(this, next.Until);
        Changed?.Invoke();
    }

    private void Forget((IpAddress Destination, TimeSpan Until) old)
    {
        if (_entries is not null && _entries.TryGetValue(old.Destination, out var entry) && entry.Until == old.Until) _entries.Remove(old.Destination);
    }

    private readonly record struct Entry(int Mtu, TimeSpan Until);
}
