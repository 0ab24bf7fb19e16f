using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Interfaces;

/// <summary>An interface as rows for people.</summary>
internal static class InterfaceText
{
    public static string State(HostInterface link)
    {
        var kind = link.Kind switch { InterfaceKind.Loopback => "loopback", InterfaceKind.Ethernet => "Ethernet", InterfaceKind.Tunnel => "tunnel", _ => "unknown kind" };
        var state = !link.IsUp ? "down" : link.HasCarrier == false ? "up, no carrier" : "up";
        return $"{state}, {kind}, number {link.Index}";
    }

    public static IEnumerable<(string Label, string Value)> Rows(HostInterface link, IReadOnlyList<HostRoute> routes)
    {
        foreach (var address in link.Addresses) yield return (address.Address.IsV4 ? "IPv4" : "IPv6", AddressText(address));
        foreach (var route in Gateways(link, routes)) yield return ("gateway", GatewayText(route));
        if (link.HardwareAddress is { } mac) yield return ("MAC", mac.IsLocal ? $"{mac}, locally administered" : $"{mac} {OuiRegistry.Find(mac)?.Organization}".TrimEnd());
        if (link.Mtu is { } mtu) yield return ("MTU", $"{Number(mtu)} octets");
        if (link.Counters is not { } c) yield break;
        yield return ("received", CounterText(c.ReceivedPackets, c.ReceivedOctets, c.ReceiveErrors, c.ReceiveDropped));
        yield return ("sent", CounterText(c.SentPackets, c.SentOctets, c.SendErrors, c.SendDropped));
    }

    public static IEnumerable<(string Label, string Value)> ResolverRows(ResolverConfiguration resolvers)
    {
        yield return ("servers", resolvers.Servers.Count == 0 ? "none" : string.Join(", ", resolvers.Servers.Select(static s => s.Port == 53 ? s.Address.ToString() : s.ToString())) + (resolvers.ServersAreDefault ? " (the default: none is named)" : string.Empty));
        yield return ("search", string.Join(", ", resolvers.Search));
        yield return ("from", resolvers.Source);
    }

    /// <summary>The default routes out of an interface, the preferred ones first.</summary>
    public static IEnumerable<HostRoute> Gateways(HostInterface link, IReadOnlyList<HostRoute> routes)
        => routes.Where(r => r is { Destination.IsDefault: true, Kind: RouteKind.Unicast } && r.InterfaceIndex == link.Index).OrderBy(static r => r.Destination.Version).ThenBy(static r => r.Metric);

    public static string Explanation(HostInterface[] interfaces, IReadOnlyList<HostRoute> routes)
    {
        var usable = interfaces.Where(static i => i.IsUsable && i.Kind != InterfaceKind.Loopback).ToArray();
        var text = $"{NumberText.Count(usable.Length, "interface is", "interfaces are")} up besides loopback, with a carrier (a cable that is in, a radio link that stands). An address with its prefix says which other addresses are on the same link: these are reached directly, everything else through a gateway.";
        if (usable.Length > 0 && !usable.SelectMany(i => Gateways(i, routes)).Any()) text += " There is no gateway: nothing beyond these links can be reached.";
        var lossy = interfaces.Where(static i => i.Counters is { } c && (c.ReceiveErrors > 0 || c.SendErrors > 0)).Select(static i => i.Name).ToArray();
        return lossy.Length == 0 ? text : $"{text} Errors were counted on {string.Join(", ", lossy)}: a bad cable, a duplex mismatch, or a weak radio link shows so.";
    }

    private static string AddressText(InterfaceAddress address)
    {
        var state = address.State switch
        {
            InterfaceAddressState.Tentative => ", tentative: it is being asked whether another has it",
            InterfaceAddressState.Duplicate => ", duplicate: another has it, and it is not used",
            InterfaceAddressState.Deprecated => ", deprecated: not for new connections",
            _ => string.Empty,
        };
        var block = AddressRegistry.FindSpecialPurpose(address.Address);
        return $"{address.Address.WithZone(0)}/{address.PrefixLength.ToString(CultureInfo.InvariantCulture)}{(block is null ? string.Empty : $", {block.Name}")}{state}";
    }

    private static string GatewayText(HostRoute route)
    {
        var where = route.Gateway is { } gateway ? gateway.WithZone(0).ToString() : "everything is on this link";
        return $"{where}{(route.Metric > 0 ? $", metric {Number(route.Metric)}" : string.Empty)}{(route.IsLinkDown ? ", not used while the link is down" : string.Empty)}";
    }

    private static string CounterText(long? packets, long? octets, long? errors, long? dropped)
        => string.Join(", ", Part(packets, "packet", "packets"), Part(octets, "octet", "octets"), Part(errors, "error", "errors"), Part(dropped, "dropped", "dropped"));

    private static string Part(long? number, string one, string many) => number is { } n ? $"{Number(n)} {(n == 1 ? one : many)}" : $"{many} not told";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
