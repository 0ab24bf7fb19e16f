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
        return new Delegation(zone, hosts, [.. addresses.Where(r => hosts.Contains(r.Name)).Select(static r => (r.Name, AddressOf(r))).Where(static p => p.Item2 is not null).Select(static p => (p.Name, p.Item2!.Value)).Distinct()]);
    }

    public static IpAddress? AddressOf(DnsRecord record) => record.Data switch { DnsData.A a => a.Address, DnsData.Aaaa aaaa => aaaa.Address, _ => null };
}
