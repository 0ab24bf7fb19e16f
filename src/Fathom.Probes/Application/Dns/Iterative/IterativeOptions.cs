using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>How an iterative resolver works, and how much it may do.</summary>
public sealed record IterativeOptions
{
    /// <summary>The port of all servers. Another than 53 is for networks built for a test.</summary>
    public ushort ServerPort { get; init; } = 53;

    /// <summary>Ask servers over this version only; null for both.</summary>
    public IpVersion? Version { get; init; }

    /// <summary>Show each server no more of the name than it needs (RFC 9156).</summary>
    public bool MinimizeNames { get; init; }

    /// <summary>
    /// Questions to servers for one resolution, those for the addresses of name servers included: what a hostile zone can make
    /// of one question (NXNSAttack, CVE-2020-12662) ends here. BIND's max-recursion-queries was 100 when it was introduced.
    /// </summary>
    public int MaximumQueries { get; init; } = 100;

    /// <summary>Name servers of one delegation whose addresses are looked up, where the referral brought none (BIND and Unbound stop at 4 or 5).</summary>
    public int MaximumAddressLookups { get; init; } = 4;

    /// <summary>How deep such look-ups may need further ones.</summary>
    public int MaximumDepth { get; init; } = 5;

    /// <summary>Aliases in a chain.</summary>
    public int MaximumAliases { get; init; } = 16;

    /// <summary>How each server is asked. Three queries in 2.5 s: a zone has other servers, and a person waits.</summary>
    public DnsQueryOptions Query { get; init; } = new()
    {
        RecursionDesired = false,
        Schedule = [TimeSpan.Zero, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1200)],
        Timeout = TimeSpan.FromSeconds(2.5),
    };
}
