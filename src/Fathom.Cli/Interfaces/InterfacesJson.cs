using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;

namespace Fathom.Cli.Interfaces;

/// <summary>The interfaces as a document (schema fathom.interfaces/1).</summary>
internal static class InterfacesJson
{
    public static void Write(CommandRun run, HostInterface[] interfaces, IReadOnlyList<HostRoute> routes, ResolverConfiguration? resolvers) => run.WriteJson("fathom.interfaces/1", json =>
    {
        json.WriteStartArray("interfaces");
        foreach (var link in interfaces) WriteLink(json, link, routes);
        json.WriteEndArray();
        if (resolvers is null) return;
        json.WriteStartObject("resolvers");
        json.WriteStartArray("servers");
        foreach (var server in resolvers.Servers) json.WriteStringValue(server.ToString());
        json.WriteEndArray();
        json.WriteStartArray("search");
        foreach (var domain in resolvers.Search) json.WriteStringValue(domain);
        json.WriteEndArray();
        json.WriteString("source", resolvers.Source);
        json.WriteEndObject();
    });

    private static void WriteLink(Utf8JsonWriter json, HostInterface link, IReadOnlyList<HostRoute> routes)
    {
        json.WriteStartObject();
        json.WriteString("name", link.Name);
        json.WriteNumber("index", link.Index);
        json.WriteString("kind", link.Kind.ToString().ToLowerInvariant());
        json.WriteBoolean("up", link.IsUp);
        if (link.HasCarrier is { } carrier) json.WriteBoolean("carrier", carrier);
        if (link.Mtu is { } mtu) json.WriteNumber("mtu", mtu);
        if (link.HardwareAddress is { } mac) json.WriteString("mac", mac.ToString());
        json.WriteStartArray("addresses");
        foreach (var address in link.Addresses)
        {
            json.WriteStartObject();
            json.WriteString("address", address.Address.WithZone(0).ToString());
            json.WriteNumber("prefixLength", address.PrefixLength);
            json.WriteString("prefix", address.Prefix.ToString());
            json.WriteString("state", address.State.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("gateways");
        foreach (var route in InterfaceText.Gateways(link, routes)) json.WriteStringValue(route.Gateway is { } gateway ? gateway.WithZone(0).ToString() : "on-link");
        json.WriteEndArray();
        if (link.Counters is { } c) WriteCounters(json, c);
        json.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter json, InterfaceCounters c)
    {
        json.WriteStartObject("counters");
        Number("receivedPackets", c.ReceivedPackets);
        Number("receivedOctets", c.ReceivedOctets);
        Number("receiveErrors", c.ReceiveErrors);
        Number("receiveDropped", c.ReceiveDropped);
        Number("sentPackets", c.SentPackets);
        Number("sentOctets", c.SentOctets);
        Number("sendErrors", c.SendErrors);
        Number("sendDropped", c.SendDropped);
        json.WriteEndObject();

        void Number(string name, long? value)
        {
            if (value is { } known) json.WriteNumber(name, known);
        }
    }
}
