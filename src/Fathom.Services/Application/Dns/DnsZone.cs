using System.Diagnostics.CodeAnalysis;
using Fathom.Wire.Application.Dns;

namespace Fathom.Services.Application.Dns;

/// <summary>
/// One zone, ready to be asked (RFC 1034 §4.2). Immutable. A signed zone is served as the data that it holds; no proof of
/// absence is added to an answer.
/// </summary>
public sealed class DnsZone
{
    private readonly Dictionary<DnsName, Dictionary<DnsType, List<DnsRecord>>> _nodes;

    private DnsZone(DnsName origin, DnsRecord soa, Dictionary<DnsName, Dictionary<DnsType, List<DnsRecord>>> nodes)
    {
        Origin = origin;
        Soa = soa;
        _nodes = nodes;
    }

    /// <summary>The zone's name: the owner of its SOA.</summary>
    public DnsName Origin { get; }

    /// <summary>The SOA record.</summary>
    public DnsRecord Soa { get; }

    /// <summary>The SOA as negative answers carry it: its TTL is at most its minimum (RFC 2308 §3).</summary>
    public DnsRecord NegativeSoa => Soa with { TimeToLive = Math.Min(Soa.TimeToLive, ((DnsData.Soa)Soa.Data).Minimum) };

    /// <summary>Names that exist, those that only have names below them included (RFC 4592 §2.2.2).</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>All its records, in no particular order.</summary>
    public IEnumerable<DnsRecord> Records => _nodes.Values.SelectMany(static node => node.Values).SelectMany(static set => set);

    /// <summary>Makes a zone of its records, in any order.</summary>
    /// <param name="records">The records.</param>
    /// <param name="zone">The zone, or null.</param>
    /// <param name="reason">Why not: what makes it no zone; empty on success.</param>
    public static bool TryCreate(IEnumerable<DnsRecord> records, [NotNullWhen(true)] out DnsZone? zone, out string reason)
    {
        ArgumentNullException.ThrowIfNull(records);
        zone = null;
        var all = records.ToList();
        var authorities = all.Where(static r => r.Data is DnsData.Soa).ToList();
        if (authorities.Count != 1) return Refuse($"a zone has one SOA record (RFC 1035 §5.2); this one has {authorities.Count}", out reason);
        var (origin, soa) = (authorities[0].Name, authorities[0]);
        var nodes = new Dictionary<DnsName, Dictionary<DnsType, List<DnsRecord>>> { [origin] = [] };
        foreach (var record in all)
        {
            if (record.Class != soa.Class) return Refuse($"{record.Name} is of class {record.Class.ToText()}, the zone of {soa.Class.ToText()}", out reason);
            if (!record.Name.IsSubdomainOf(origin)) return Refuse($"{record.Name} is not in the zone {origin}", out reason);

            // Every name above exists too, as an empty non-terminal.
            for (var labels = origin.LabelCount + 1; labels < record.Name.LabelCount; labels++) nodes.TryAdd(record.Name.Suffix(labels), []);
            if (!nodes.TryGetValue(record.Name, out var node)) nodes[record.Name] = node = [];
            if (!node.TryGetValue(record.Type, out var set)) node[record.Type] = set = [];
            if (!set.Exists(r => r.Data == record.Data)) set.Add(record);
        }

        if (!nodes[origin].ContainsKey(DnsType.Ns)) return Refuse($"the zone {origin} has no NS record at its top (RFC 1035 §5.2)", out reason);
        foreach (var (name, node) in nodes)
        {
            // RFC 2181 §10.1: nothing stands beside an alias, but DNSSEC's own (RFC 4034 §2.5).
            if (node.TryGetValue(DnsType.CName, out var aliases) && (aliases.Count > 1 || node.Keys.Any(static t => t is not (DnsType.CName or DnsType.RrSig or DnsType.NSec or DnsType.Key))))
                return Refuse($"{name} has a CNAME and other records (RFC 2181 §10.1)", out reason);
        }

        zone = new DnsZone(origin, soa, nodes);
        reason = "";
        return true;
    }

    /// <summary>The records of one name and type; empty where there are none. No wildcard and no delegation is looked at.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type; ANY for all.</param>
    public IReadOnlyList<DnsRecord> Find(DnsName name, DnsType type)
    {
        if (!_nodes.TryGetValue(name, out var node)) return [];
        if (type == DnsType.Any) return [.. node.Values.SelectMany(static set => set)];
        return node.TryGetValue(type, out var found) ? found : [];
    }

    /// <summary>True where the name exists, with records or only with names below it.</summary>
    /// <param name="name">The name.</param>
    public bool Exists(DnsName name) => _nodes.ContainsKey(name);

    /// <summary>Looks a name up from the top down (RFC 1034 §4.3.2 step 3, RFC 4592 §3.3, RFC 6672 §3.2).</summary>
    /// <param name="name">A name in the zone.</param>
    /// <param name="type">The type asked for.</param>
    public DnsZoneMatch Look(DnsName name, DnsType type)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.IsSubdomainOf(Origin)) throw new ArgumentException($"{name} is not in the zone {Origin}.", nameof(name));
        for (var labels = Origin.LabelCount; labels <= name.LabelCount; labels++)
        {
            var current = name.Suffix(labels);
            if (!_nodes.TryGetValue(current, out var node)) return Wildcard(name.Suffix(labels - 1), name, type);

            // Step 3b: a cut. DS at the cut itself is the parent's to answer (RFC 4035 §3.1.4.1).
            var isName = labels == name.LabelCount;
            if (labels > Origin.LabelCount && node.TryGetValue(DnsType.Ns, out var servers) && !(isName && type == DnsType.Ds))
                return new DnsZoneMatch.Delegation(current, servers);
            if (!isName && node.TryGetValue(DnsType.DName, out var rename)) return new DnsZoneMatch.Renamed(rename[0]);
        }

        return Match(name, name, type);
    }

    // Step 3c: what stands at "*" below the closest name that exists answers for the name.
    private DnsZoneMatch Wildcard(DnsName closest, DnsName name, DnsType type)
        => closest.TryPrepend("*"u8, out var source) && _nodes.ContainsKey(source) ? Match(source, name, type) : new DnsZoneMatch.NoSuchName();

    private DnsZoneMatch Match(DnsName source, DnsName name, DnsType type)
    {
        var found = Find(source, type);
        if (found.Count == 0 && Find(source, DnsType.CName) is [var alias]) return new DnsZoneMatch.Alias(alias with { Name = name });
        if (found.Count == 0) return new DnsZoneMatch.NoSuchData();

        // The owner is what was asked for, in the asker's spelling, whether it stands in the zone or a wildcard stands for it.
        return new DnsZoneMatch.Data([.. found.Select(r => r with { Name = name })]);
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
