using Fathom.Wire.Application.Dns;

namespace Fathom.Services.Application.Dns;

/// <summary>What a zone has for a name and type.</summary>
public abstract record DnsZoneMatch
{
    private DnsZoneMatch()
    {
    }

    /// <summary>Records, of the name itself or of a wildcard under the name asked for.</summary>
    /// <param name="Records">At least one.</param>
    public sealed record Data(IReadOnlyList<DnsRecord> Records) : DnsZoneMatch;

    /// <summary>The name is an alias.</summary>
    /// <param name="Record">The CNAME record.</param>
    public sealed record Alias(DnsRecord Record) : DnsZoneMatch;

    /// <summary>A DNAME above the name gives it another one.</summary>
    /// <param name="Record">The DNAME record.</param>
    public sealed record Renamed(DnsRecord Record) : DnsZoneMatch;

    /// <summary>The name lies in a zone that is delegated away.</summary>
    /// <param name="Zone">The delegated zone.</param>
    /// <param name="Servers">Its NS records.</param>
    public sealed record Delegation(DnsName Zone, IReadOnlyList<DnsRecord> Servers) : DnsZoneMatch;

    /// <summary>The name exists, and has no record of the type (NODATA, RFC 2308 §2.2).</summary>
    public sealed record NoSuchData : DnsZoneMatch;

    /// <summary>The name does not exist (NXDOMAIN).</summary>
    public sealed record NoSuchName : DnsZoneMatch;
}
