using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs.Up;

/// <summary>Which routes lead into a lab.</summary>
internal static class LabRoutes
{
    // RFC 5737, RFC 3849, RFC 9637: nobody on the Internet has these, so that a lab may have them whole.
    private static readonly IpPrefix[] Documentation = [.. new[] { "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20" }.Select(Parse)];

    /// <summary>Prefixes that cover every address of the lab which is not on the machine's own link.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="own">The machine's own addresses, whose prefixes are on the link.</param>
    public static IReadOnlyList<IpPrefix> Of(Fathom.Lab.Lab lab, IReadOnlyList<InterfaceAddress> own)
    {
        var onLink = own.Select(static a => new IpPrefix(a.Address, a.PrefixLength)).ToList();
        var all = lab.Hosts.SelectMany(static h => h.Stack.Addresses)
            .Where(static a => !a.Address.IsLinkLocal && !a.Address.IsLoopback)
            .Select(static a => new IpPrefix(a.Address.WithZone(0), a.PrefixLength))
            .Where(p => !onLink.Exists(o => o.Contains(p)))
            .Where(p => own.Any(o => o.Address.Version == p.Version))
            .Select(static p => Array.Find(Documentation, d => d.Contains(p)) is { Length: > 0 } block ? block : p)
            .Distinct().Order().ToList();
        return [.. all.Where(p => !all.Exists(o => o != p && o.Contains(p)))];
    }

    private static IpPrefix Parse(string text) => IpPrefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text);
}
