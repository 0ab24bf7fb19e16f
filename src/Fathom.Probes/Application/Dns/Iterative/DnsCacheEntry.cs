using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>What a cache has for a name and type, counted down to now.</summary>
/// <param name="Remaining">How long it is still good.</param>
public abstract record DnsCacheEntry(TimeSpan Remaining)
{
    /// <summary>A set of records.</summary>
    /// <param name="Records">The records, their TTLs counted down.</param>
    /// <param name="Credibility">How far they are believed.</param>
    /// <param name="Remaining">How long they are still good.</param>
    public sealed record Positive(IReadOnlyList<DnsRecord> Records, DnsCredibility Credibility, TimeSpan Remaining) : DnsCacheEntry(Remaining);

    /// <summary>The name has no such record, or does not exist (RFC 2308).</summary>
    /// <param name="IsNoSuchName">The name does not exist.</param>
    /// <param name="Soa">The SOA that said so, its TTL counted down.</param>
    /// <param name="Remaining">How long it is still good.</param>
    public sealed record Negative(bool IsNoSuchName, DnsRecord Soa, TimeSpan Remaining) : DnsCacheEntry(Remaining);
}
