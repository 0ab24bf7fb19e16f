using Fathom.Hosts;
using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>What one reply of a zone's server means for the question.</summary>
public abstract record ServerReply
{
    private ServerReply()
    {
    }

    /// <summary>Records of the reply that were not believed.</summary>
    public IReadOnlyList<IgnoredRecord> Ignored { get; init; } = [];

    /// <summary>It brings the resolution on; else the next server is asked.</summary>
    public bool IsUsable => this is Answer or Alias or Referral or NoSuchName or NoSuchData;

    /// <summary>The records asked for, the aliases that lead to them first.</summary>
    /// <param name="Records">At least one.</param>
    /// <param name="Names">The name asked for, then each alias's target.</param>
    /// <param name="Authoritative">AA was set.</param>
    public sealed record Answer(IReadOnlyList<DnsRecord> Records, IReadOnlyList<DnsName> Names, bool Authoritative) : ServerReply;

    /// <summary>The name is an alias, and the reply does not end the chain.</summary>
    /// <param name="Records">The CNAME and DNAME records.</param>
    /// <param name="Names">The name asked for, then each alias's target.</param>
    /// <param name="Authoritative">AA was set.</param>
    public sealed record Alias(IReadOnlyList<DnsRecord> Records, IReadOnlyList<DnsName> Names, bool Authoritative) : ServerReply;

    /// <summary>Another zone's servers know more (RFC 1034 §4.2.1).</summary>
    /// <param name="Zone">The delegated zone.</param>
    /// <param name="Servers">Its NS records.</param>
    /// <param name="Glue">Addresses of its servers that may be believed.</param>
    public sealed record Referral(DnsName Zone, IReadOnlyList<DnsRecord> Servers, IReadOnlyList<DnsRecord> Glue) : ServerReply;

    /// <summary>The name does not exist.</summary>
    /// <param name="Soa">The SOA that says so, or null where none came.</param>
    public sealed record NoSuchName(DnsRecord? Soa) : ServerReply;

    /// <summary>The name has no record of the type.</summary>
    /// <param name="Soa">The SOA that says so, or null where none came.</param>
    public sealed record NoSuchData(DnsRecord? Soa) : ServerReply;

    /// <summary>The server does not serve the zone that was delegated to it (RFC 1912 §2.8).</summary>
    /// <param name="Reason">How that shows.</param>
    public sealed record Lame(string Reason) : ServerReply;

    /// <summary>The server answered with an error: REFUSED, SERVFAIL, FORMERR …</summary>
    /// <param name="Code">The response code.</param>
    /// <param name="Errors">Its extended errors (RFC 8914).</param>
    public sealed record Error(DnsResponseCode Code, IReadOnlyList<DnsExtendedError> Errors) : ServerReply;

    /// <summary>No answer came in time.</summary>
    public sealed record Silent : ServerReply;

    /// <summary>An ICMP or local error came, or TCP was needed and did not work.</summary>
    /// <param name="Reason">What came.</param>
    public sealed record Unreachable(string Reason) : ServerReply;

    /// <summary>What came could not be used.</summary>
    /// <param name="Reason">What was wrong.</param>
    public sealed record Malformed(string Reason) : ServerReply;

    /// <summary>The host could not ask.</summary>
    /// <param name="Refusal">The reason.</param>
    public sealed record NotAsked(HostRefusal Refusal) : ServerReply;
}
