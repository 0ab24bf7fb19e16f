using Fathom.Cli.Commands;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;

namespace Fathom.Cli.Route;

/// <summary>A routing decision as a document (schema fathom.route/1).</summary>
internal static class RouteJson
{
    public static void Write(CommandRun run, string target, RouteDecision route, HostInterface? link) => run.WriteJson("fathom.route/1", json =>
    {
        json.WriteString("target", target);
        json.WriteString("address", route.Destination.WithZone(0).ToString());
        json.WriteString("decision", route.Kind.ToString().ToLowerInvariant());
        if (link is not null) json.WriteString("interface", link.Name);
        if (route.Gateway is { } gateway) json.WriteString("gateway", gateway.WithZone(0).ToString());
        if (route.Source is { } source) json.WriteString("source", source.WithZone(0).ToString());
        if (route.Prefix is { } prefix) json.WriteString("matched", prefix.ToString());
        if ((route.PathMtu ?? link?.Mtu) is { } mtu) json.WriteNumber("mtu", mtu);
    });
}
