using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;

namespace Fathom.Cli.Route;

/// <summary>A routing decision for people.</summary>
internal static class RouteText
{
    public static void Show(CommandRun run, string target, string source, RouteDecision route, HostInterface? link)
    {
        var address = route.Destination.WithZone(0).ToString();
        run.WriteHeading(target == address ? target : $"{target} is {address}");
        run.Console.Write(Listing.Fields(Rows(source, route, link)));
        run.WriteAside(Explanation(route, link), $"ip route get {address}");
    }

    private static IEnumerable<(string Label, string Value)> Rows(string source, RouteDecision route, HostInterface? link)
    {
        yield return ("name from", source is "an address" ? string.Empty : source);
        yield return ("decision", Decision(route));
        if (!route.IsUsable) yield break;
        yield return ("interface", link is null ? string.Empty : link.Name + (link.IsUsable ? string.Empty : link.IsUp ? ", which has no carrier" : ", which is down"));
        yield return ("next hop", route.Kind == RouteKind.Local ? string.Empty : route.Gateway is { } gateway ? $"{gateway.WithZone(0)}, a router" : "none: the target is on the link");
        yield return ("source address", route.Source?.WithZone(0).ToString() ?? string.Empty);
        yield return ("matched", route.Prefix?.ToString() ?? string.Empty);
        if (route.Kind != RouteKind.Local) yield return ("MTU", (route.PathMtu ?? link?.Mtu) is { } mtu ? $"{mtu.ToString("N0", CultureInfo.InvariantCulture)} octets{(route.PathMtu < link?.Mtu ? ", learned for this path" : " on the first link")}" : string.Empty);
    }

    private static string Decision(RouteDecision route) => route.Kind switch
    {
        RouteKind.Unicast => route.Gateway is null ? "sent on the link" : "sent to a gateway",
        RouteKind.Local => "this host itself",
        RouteKind.Broadcast => "sent to everybody on the link",
        RouteKind.Multicast => "sent to a group",
        RouteKind.Blackhole => "dropped in silence (blackhole route)",
        RouteKind.Unreachable => "refused as unreachable (unreachable route)",
        RouteKind.Prohibit => "refused as prohibited (prohibit route)",
        RouteKind.None => "no route: nothing can be sent there",
        _ => "the system does not say",
    };

    private static string Explanation(RouteDecision route, HostInterface? link) => route.Kind switch
    {
        RouteKind.Unicast when route.Gateway is not null => $"No prefix of an interface contains {route.Destination.WithZone(0)}, so the packet goes to a router, which decides anew. The frame carries the router's MAC address, the packet the target's IP address; the answer comes to {route.Source?.WithZone(0)}.",
        RouteKind.Unicast => $"{route.Destination.WithZone(0)} is within a prefix of {link?.Name}: its MAC address is asked for on the link, and the frame goes straight there.",
        RouteKind.Local => "The address is this host's own: the packet never leaves it, and goes by the loopback interface.",
        RouteKind.None => "The routing table has no prefix that contains the target, not even the default route's. A program that tries gets 'network is unreachable' at once.",
        _ => "Of all routes that contain the target the longest prefix decides.",
    };
}
