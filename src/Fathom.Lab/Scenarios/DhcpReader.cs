using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads a DHCP server.</summary>
internal static class DhcpReader
{
    // What a DHCP server of ours lends at most (DhcpServer).
    private const uint LargestPool = 65_536;

    // The same server's, of routers and of resolvers: an option has 255 octets for all.
    private const int MostTold = 8;

    public static ServiceSpec.Dhcp Read(ScenarioNode node)
    {
        string? port = null;
        IpAddress? first = null;
        IpAddress? last = null;
        var rest = new ServiceSpec.Dhcp(string.Empty, default, default, node.Place);
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "interface":
                    port = value.Text();
                    break;
                case "first":
                    first = V4(value);
                    break;
                case "last":
                    last = V4(value);
                    break;
                case "routers":
                    rest = rest with { Routers = Told(value) };
                    break;
                case "resolvers":
                    rest = rest with { Resolvers = Told(value) };
                    break;
                case "domain":
                    rest = rest with { Domain = DnsName.TryParse(value.Text(), out _, out var why) ? value.Text() : throw value.Refuse($"the domain: {why}") };
                    break;
                case "lease":
                    rest = rest with { Lease = value.Duration() is { TotalSeconds: >= 1 } time ? time : throw value.Refuse("a lease lasts a second at least") };
                    break;
                case "reserved":
                    rest = rest with { Reservations = [.. value.Entries().Select(static e => (e.Name, V4(e.Value), e.Key.Place))] };
                    break;
                default:
                    throw key.Unknown(name, "interface", "first", "last", "routers", "resolvers", "domain", "lease", "reserved");
            }
        }

        if (port is null) throw node.Refuse("a DHCP server serves an interface (interface:)");
        if (first is not { } from || last is not { } to) throw node.Refuse("a DHCP server lends addresses from the first to the last (first:, last:)");
        if (to < from || (uint)to.Value - (uint)from.Value >= LargestPool) throw node.Refuse($"{from} to {to}: expected the first address before the last, and up to {LargestPool} of them");
        return rest with { Interface = port, First = from, Last = to };
    }

    private static IReadOnlyList<IpAddress> Told(ScenarioNode node)
    {
        IReadOnlyList<IpAddress> told = [.. node.Items().Select(V4)];
        return told.Count <= MostTold ? told : throw node.Refuse($"up to {MostTold} of them can be told");
    }

    private static IpAddress V4(ScenarioNode node) => node.Address() is { IsV4: true } four ? four : throw node.Refuse($"'{node.Text()}': expected an IPv4 address");
}
