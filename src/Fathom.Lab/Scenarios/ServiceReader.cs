using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads what a host serves.</summary>
internal static class ServiceReader
{
    private static readonly string[] Small = ["echo", "discard", "daytime", "chargen"];

    public static IEnumerable<ServiceSpec> Read(ScenarioNode key, string name, ScenarioNode node)
    {
        switch (name)
        {
            case "dns":
                yield return ReadDns(node);
                break;
            case "resolver":
                yield return ReadResolver(node);
                break;
            case "web":
                foreach (var item in node.Items()) yield return ReadWeb(item);
                break;
            case "dhcp":
                yield return DhcpReader.Read(node);
                break;
            default:
                if (!Small.Contains(name)) throw key.Unknown(name, ["dns", "resolver", "web", "dhcp", .. Small]);
                yield return new ServiceSpec.Small(name, key.Line);
                break;
        }
    }

    private static ServiceSpec.Dns ReadDns(ScenarioNode node)
    {
        string[] zones = [];
        foreach (var (key, name, value) in node.Entries()) zones = name == "zones" ? [.. value.Items().Select(static z => z.Text())] : throw key.Unknown(name, "zones");
        return zones.Length > 0 ? new ServiceSpec.Dns(zones, node.Line) : throw node.Refuse("a DNS server has zones");
    }

    private static ServiceSpec.Resolver ReadResolver(ScenarioNode node)
    {
        var roots = new List<(string Name, IReadOnlyList<IpAddress> Addresses)>();
        IReadOnlyList<IpPrefix> clients = [];
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "roots":
                    foreach (var (_, root, addresses) in value.Entries()) roots.Add((root, [.. addresses.Items().Select(static a => a.Address())]));
                    break;
                case "clients":
                    clients = [.. value.Items().Select(static c => c.Prefix())];
                    break;
                default:
                    throw key.Unknown(name, "roots", "clients");
            }
        }

        return roots.Count > 0 ? new ServiceSpec.Resolver(roots, clients, node.Line) : throw node.Refuse("a resolver knows the root servers (roots: name: addresses)");
    }

    private static ServiceSpec.Web ReadWeb(ScenarioNode node)
    {
        var web = new ServiceSpec.Web([], true, false, node.Line);
        foreach (var (key, name, value) in node.Entries())
        {
            web = name switch
            {
                "names" => web with { Names = [.. value.Items().Select(static n => n.Text())] },
                "https" => web with { Https = value.Flag() },
                "redirects" => web with { Redirects = value.Flag() },
                _ => throw key.Unknown(name, "names", "https", "redirects"),
            };
        }

        return web.Names.Count > 0 ? web : throw node.Refuse("a web server has names");
    }
}
