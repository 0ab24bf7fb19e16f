using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>A zone, the names of its servers, and the addresses that are known of them.</summary>
internal sealed record Delegation(DnsName Zone, IReadOnlyList<DnsName> Hosts, IReadOnlyList<(DnsName Host, IpAddress Address)> Addresses)
{
    /// <summary>Makes a delegation of NS records and address records, whatever else is among them.</summary>
    public static Delegation From(DnsName zone, IEnumerable<DnsRecord> servers, IEnumerable<DnsRecord> addresses)
    {
        var hosts = servers.Select(static r => r.Data).OfType<DnsData.Ns>().Select(static ns => ns.Host).Distinct().ToList();
        return new Delegation(zone, hosts, [.. addresses.Where(r => hosts.Contains(r.Name)).Where(static r => r.Address is not null).Select(static r => (r.Name, r.Address!.Value)).Distinct()]);
    }
}
