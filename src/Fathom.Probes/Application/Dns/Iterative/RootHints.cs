using System.Diagnostics.CodeAnalysis;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>Where every resolution begins: the names and addresses of the root's servers (RFC 9609).</summary>
/// <param name="Records">NS records of the root, and A and AAAA records of their hosts.</param>
/// <param name="Source">Where they come from, for people.</param>
public sealed record RootHints(IReadOnlyList<DnsRecord> Records, string Source)
{
    // RFC 9609 §2: as in the file that IANA publishes.
    private const uint TimeToLive = 3_600_000;

    // The root's servers as IANA lists them (named.root of 2025-08-04): letter, IPv4, IPv6.
    private static readonly string[] Servers =
    [
        "a 198.41.0.4 2001:503:ba3e::2:30", "b 170.247.170.2 2801:1b8:10::b", "c 192.33.4.12 2001:500:2::c", "d 199.7.91.13 2001:500:2d::d",
        "e 192.203.230.10 2001:500:a8::e", "f 192.5.5.241 2001:500:2f::f", "g 192.112.36.4 2001:500:12::d0d", "h 198.97.190.53 2001:500:1::53",
        "i 192.36.148.17 2001:7fe::53", "j 192.58.128.30 2001:503:c27::2:30", "k 193.0.14.129 2001:7fd::1", "l 199.7.83.42 2001:500:9f::42",
        "m 202.12.27.33 2001:dc3::35",
    ];

    /// <summary>The Internet's own root servers.</summary>
    public static RootHints Internet { get; } = Embedded();

    /// <summary>Reads a hints file: a master file with NS records of the root and addresses.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for people.</param>
    /// <param name="hints">The hints, or null.</param>
    /// <param name="reason">Why not; empty on success.</param>
    public static bool TryParse(string text, string source, [NotNullWhen(true)] out RootHints? hints, out string reason)
    {
        hints = null;
        if (!DnsZoneText.TryParse(text, DnsName.Root, out var records, out var error))
        {
            reason = error.ToString();
            return false;
        }

        var servers = records.Where(static r => r.Name.IsRoot).Select(static r => r.Data).OfType<DnsData.Ns>().ToList();
        if (!records.Any(r => r.Data is DnsData.A or DnsData.Aaaa && servers.Exists(s => s.Host == r.Name)))
        {
            reason = "it names no server of the root with an address";
            return false;
        }

        hints = new RootHints(records, source);
        reason = "";
        return true;
    }

    /// <summary>Makes hints of servers: for a network that has a root of its own.</summary>
    /// <param name="servers">At least one name, each with its addresses.</param>
    /// <param name="source">Where they come from, for people.</param>
    public static RootHints Of(IEnumerable<(DnsName Name, IReadOnlyList<IpAddress> Addresses)> servers, string source)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var records = new List<DnsRecord>();
        foreach (var (name, addresses) in servers)
        {
            records.Add(new DnsRecord(DnsName.Root, DnsType.Ns, DnsClass.Internet, TimeToLive, new DnsData.Ns(name)));
            records.AddRange(addresses.Select(a => new DnsRecord(name, a.IsV6 ? DnsType.Aaaa : DnsType.A, DnsClass.Internet, TimeToLive, a.IsV6 ? new DnsData.Aaaa(a) : new DnsData.A(a))));
        }

        return new RootHints(records, source);
    }

    private static RootHints Embedded()
    {
        var lines = Servers.Select(static s => s.Split(' ')).Select(static s =>
            $". {TimeToLive} NS {s[0]}.root-servers.net.\n{s[0]}.root-servers.net. {TimeToLive} A {s[1]}\n{s[0]}.root-servers.net. {TimeToLive} AAAA {s[2]}\n");
        return TryParse(string.Concat(lines), "the built-in list of IANA's root servers", out var hints, out var reason) ? hints : throw new InvalidOperationException(reason);
    }
}
