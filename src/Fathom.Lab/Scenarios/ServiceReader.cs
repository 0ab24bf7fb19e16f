using Fathom.Lab.Application;
using Fathom.Services.Application.Dns;
using Fathom.Services.Transport;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads what a host serves.</summary>
internal static class ServiceReader
{
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
                if (SmallService.Find(name) is null) throw key.Unknown(name, ["dns", "resolver", "web", "dhcp", .. SmallService.All.Select(static s => s.Name)]);
                yield return new ServiceSpec.Small(name, key.Place);
                break;
        }
    }

    private static ServiceSpec.Dns ReadDns(ScenarioNode node)
    {
        var dns = new ServiceSpec.Dns([], node.Place);
        foreach (var (key, name, value) in node.Entries())
        {
            dns = name switch
            {
                "zones" => dns with { Zones = [.. value.Items().Select(static z => z.Text())] },
                "trouble" => dns with { Trouble = TroubleWords.Read(value, TroubleWords.Dns) },
                _ => throw key.Unknown(name, "zones", "trouble"),
            };
        }

        return dns.Zones.Count > 0 ? dns : throw node.Refuse("a DNS server has zones");
    }

    private static ServiceSpec.Resolver ReadResolver(ScenarioNode node)
    {
        var roots = new List<(string Name, IReadOnlyList<IpAddress> Addresses)>();
        IReadOnlyList<IpPrefix> clients = [];
        var trouble = DnsTrouble.None;
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "roots":
                    foreach (var (at, root, addresses) in value.Entries())
                    {
                        if (!DnsName.TryParse(root, out _, out var why)) throw at.Refuse($"the root server's name: {why}");
                        IReadOnlyList<IpAddress> known = [.. addresses.Items().Select(static a => a.Address())];
                        roots.Add((root, known.Count > 0 ? known : throw addresses.Refuse($"the root server {root} has no address")));
                    }

                    break;
                case "clients":
                    clients = [.. value.Items().Select(static c => c.Prefix())];
                    break;
                case "trouble":
                    trouble = TroubleWords.Read(value, TroubleWords.Dns);
                    break;
                default:
                    throw key.Unknown(name, "roots", "clients", "trouble");
            }
        }

        return roots.Count > 0
            ? new ServiceSpec.Resolver(roots, clients, node.Place) { Trouble = trouble }
            : throw node.Refuse("a resolver knows the root servers (roots: name: addresses)");
    }

    private static ServiceSpec.Web ReadWeb(ScenarioNode node)
    {
        var web = new ServiceSpec.Web([], true, false, node.Place);
        foreach (var (key, name, value) in node.Entries())
        {
            web = name switch
            {
                "names" => web with { Names = [.. value.Items().Select(static n => n.ServerName())] },
                "https" => web with { Https = value.Flag() },
                "redirects" => web with { Redirects = value.Flag() },
                "trouble" => web with { Behavior = ReadBehavior(value) },
                _ => throw key.Unknown(name, "names", "https", "redirects", "trouble"),
            };
        }

        return web.Names.Count > 0 ? web : throw node.Refuse("a web server has names");
    }

    private static WebBehavior ReadBehavior(ScenarioNode node)
    {
        var behavior = new WebBehavior();
        foreach (var (key, name, value) in node.Entries())
        {
            behavior = name switch
            {
                "certificate" => behavior with { Certificate = TroubleWords.Read(value, TroubleWords.Certificate) },
                "tls" => behavior with { Tls = TroubleWords.Read(value, TroubleWords.Tls) },
                "other-scheme" => behavior with { HasOtherScheme = value.Flag() },
                "status" => behavior with { Status = value.Number(400, 599) },
                "response" => behavior with { Response = TroubleWords.Read(value, TroubleWords.Response) },
                "no-security-fields" => behavior with { OmitsSecurityFields = value.Flag() },
                "cookies" => behavior with { Cookies = TroubleWords.Read(value, TroubleWords.Cookies) },
                "close" => behavior with { Close = TroubleWords.Read(value, TroubleWords.Close) },
                _ => throw key.Unknown(name, "certificate", "tls", "other-scheme", "status", "response", "no-security-fields", "cookies", "close"),
            };
        }

        return behavior;
    }
}
