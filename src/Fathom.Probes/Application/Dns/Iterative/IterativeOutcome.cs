using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>How an iterative resolution ended.</summary>
/// <param name="Aliases">The CNAME and DNAME records on the way, in order.</param>
public abstract record IterativeOutcome(IReadOnlyList<DnsRecord> Aliases)
{
    /// <summary>With the records asked for.</summary>
    /// <param name="Aliases">The CNAME and DNAME records on the way, in order.</param>
    /// <param name="Records">At least one.</param>
    public sealed record Answered(IReadOnlyList<DnsRecord> Aliases, IReadOnlyList<DnsRecord> Records) : IterativeOutcome(Aliases);

    /// <summary>The name, or the one that its aliases lead to, does not exist.</summary>
    /// <param name="Aliases">The CNAME and DNAME records on the way, in order.</param>
    /// <param name="Name">The name that does not exist.</param>
    /// <param name="Soa">The SOA that says so, or null where none came.</param>
    public sealed record NoSuchName(IReadOnlyList<DnsRecord> Aliases, DnsName Name, DnsRecord? Soa) : IterativeOutcome(Aliases);

    /// <summary>The name, or the one that its aliases lead to, has no record of the type.</summary>
    /// <param name="Aliases">The CNAME and DNAME records on the way, in order.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Soa">The SOA that says so, or null where none came.</param>
    public sealed record NoSuchData(IReadOnlyList<DnsRecord> Aliases, DnsName Name, DnsRecord? Soa) : IterativeOutcome(Aliases);

    /// <summary>It is not known.</summary>
    /// <param name="Aliases">The CNAME and DNAME records on the way, in order.</param>
    /// <param name="Why">Why not.</param>
    public sealed record Failed(IReadOnlyList<DnsRecord> Aliases, ResolutionFailure Why) : IterativeOutcome(Aliases);
}
