using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads an interface of a host.</summary>
internal static class InterfaceReader
{
    private const string LoopbackName = "lo";
    private const int SmallestMtu = 68;
    private const int LargestMtu = 65_535;

    // RFC 4861 §6.2.1.
    private const int ShortestInterval = 4;
    private const int LongestInterval = 1800;

    // RFC 4862 §5.5.3 d: what hosts make addresses of.
    private const int SubnetLength = 64;

    public static InterfaceSpec Read(ScenarioNode at, string name, ScenarioNode node)
    {
        if (name == LoopbackName) throw at.Refuse($"'{LoopbackName}' is every host's own already");
        var read = new InterfaceSpec(at.Label("an interface"), at.Place);
        ScenarioNode? advertises = null;
        foreach (var (key, property, value) in node.Entries())
        {
            switch (property)
            {
                case "network":
                    read = read with { Network = value.Text() };
                    break;
                case "addresses":
                    read = read with { Addresses = [.. value.Items().Select(static a => a.AddressOnPrefix())] };
                    break;
                case "mtu":
                    read = read with { Mtu = value.Number(SmallestMtu, LargestMtu) };
                    break;
                case "dhcp":
                    read = read with { Dhcp = value.Flag() };
                    break;
                case "advertise":
                    advertises = value;
                    break;
                default:
                    throw key.Unknown(property, "network", "addresses", "mtu", "dhcp", "advertise");
            }
        }

        // What it advertises may be its own prefixes, which may stand behind it in the file.
        return advertises is { } settings ? read with { Advertises = ReadAdvertisement(settings, read) } : read;
    }

    private static RouterAdvertisementSettings? ReadAdvertisement(ScenarioNode node, InterfaceSpec port)
    {
        IReadOnlyList<IpPrefix> prefixes = [.. port.Addresses.Where(static a => a.Address.IsV6 && !a.Address.IsLinkLocal && a.PrefixLength == SubnetLength).Select(static a => new IpPrefix(a.Address, a.PrefixLength)).Distinct()];
        var settings = new RouterAdvertisementSettings();
        if (node.IsWord)
        {
            if (!node.Flag()) return null;
        }
        else
        {
            foreach (var (key, name, value) in node.Entries())
            {
                switch (name)
                {
                    case "prefixes":
                        prefixes = [.. value.Items().Select(static p => p.Prefix() is { Version: IpVersion.V6 } six ? six : throw p.Refuse("a prefix of IPv6 is advertised"))];
                        break;
                    case "resolvers":
                        settings = settings with { DnsServers = [.. value.Items().Select(static a => a.Address() is { IsV6: true } six ? six : throw a.Refuse("a resolver of IPv6 is advertised"))] };
                        break;
                    case "interval":
                        settings = settings with { MaxInterval = value.Duration() is { TotalSeconds: >= ShortestInterval and <= LongestInterval } time ? time : throw value.Refuse("routers advertise every 4 to 1,800 seconds (RFC 4861 §6.2.1)") };
                        break;
                    case "mtu":
                        settings = settings with { Mtu = value.Number(Ipv6Packet.MinMtu, port.Mtu ?? Scenario.UsualMtu) };
                        break;
                    default:
                        throw key.Unknown(name, "prefixes", "resolvers", "interval", "mtu");
                }
            }
        }

        return settings with { Prefixes = [.. prefixes.Select(static p => new AdvertisedPrefix(p))] };
    }
}
