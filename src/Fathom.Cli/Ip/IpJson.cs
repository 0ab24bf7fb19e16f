using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Input;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ip;

/// <summary>What is known of an address, as members of a JSON object (schema fathom.ip/1).</summary>
internal static class IpJson
{
    public const string Schema = "fathom.ip/1";

    public static void Write(Utf8JsonWriter json, AddressInput input)
    {
        var address = input.Address;
        json.WriteString("input", input.Text);
        json.WriteString("address", address.WithZone(0).ToString());
        json.WriteNumber("version", address.IsV4 ? 4 : 6);
        if (input.ZoneName is { } zone) json.WriteString("zone", zone);
        else if (address.Zone != 0) json.WriteString("zone", address.Zone.ToString(CultureInfo.InvariantCulture));
        if (input.Notation != AddressNotation.Usual) json.WriteString("notation", input.Notation.ToString());
        json.WriteString("expanded", address.ToExpandedString());
        json.WriteString("integer", address.Value.ToString(CultureInfo.InvariantCulture)); // text: JSON readers lose digits beyond 2^53
        json.WriteString("hex", address.ToHexString());
        json.WriteString("binary", address.ToBinaryString());
        json.WriteString("scope", IpScopes.Text(IpScopes.Of(address)));
        json.WriteString("reverse", ReverseZones.NameOf(address));
        if (input.Prefix is { } prefix) WritePrefix(json, prefix);
        if (AddressRegistry.FindSpecialPurpose(address) is { } special) WriteSpecial(json, special);
        if (AddressRegistry.FindAllocation(address) is { } block) WriteAllocation(json, block);
        if (address.IsMulticast) WriteMulticast(json, address);
        else if (address.IsV6) WriteV6(json, address);
    }

    /// <summary>The member "prefix".</summary>
    public static void WritePrefix(Utf8JsonWriter json, IpPrefix prefix)
    {
        var hosts = IpHosts.Of(prefix);
        json.WriteStartObject("prefix");
        json.WriteString("network", prefix.ToString());
        json.WriteNumber("length", prefix.Length);
        json.WriteString("netmask", prefix.Netmask.ToString());
        json.WriteString("wildcard", prefix.Wildcard.ToString());
        json.WriteString("first", prefix.Address.ToString());
        json.WriteString("last", prefix.Last.ToString());
        if (hosts.Rule == IpHostRule.NetworkAndBroadcast) json.WriteString("broadcast", prefix.Last.ToString());
        json.WriteString("addresses", prefix.Count.ToString(CultureInfo.InvariantCulture));
        json.WriteString("firstHost", hosts.First.ToString());
        json.WriteString("lastHost", hosts.Last.ToString());
        json.WriteString("hosts", hosts.Count.ToString(CultureInfo.InvariantCulture));
        json.WriteString("hostRule", hosts.Rule.ToString());
        json.WriteStartArray("reverseZones");
        foreach (var zone in ReverseZones.Of(prefix)) json.WriteStringValue(zone);
        json.WriteEndArray();
        if (ReverseZones.ClasslessNameOf(prefix) is { } part) json.WriteString("classlessReverseZone", part);
        json.WriteEndObject();
    }

    private static void WriteSpecial(Utf8JsonWriter json, SpecialPurposeBlock block)
    {
        json.WriteStartObject("specialPurpose");
        json.WriteString("block", block.Prefix.ToString());
        json.WriteString("name", block.Name);
        json.WriteString("reference", block.Reference);
        if (block.Terminated is { } end) json.WriteString("terminated", end);
        Flag("source", block.Source);
        Flag("destination", block.Destination);
        Flag("forwardable", block.Forwardable);
        Flag("globallyReachable", block.GloballyReachable);
        Flag("reservedByProtocol", block.ReservedByProtocol);
        json.WriteEndObject();

        void Flag(string name, bool? value)
        {
            if (value is { } known) json.WriteBoolean(name, known);
            else json.WriteNull(name);
        }
    }

    private static void WriteAllocation(Utf8JsonWriter json, AddressBlock block)
    {
        json.WriteStartObject("allocation");
        json.WriteString("block", block.Prefix.ToString());
        json.WriteString("designation", block.Designation);
        if (block.Status.Length > 0) json.WriteString("status", block.Status);
        if (block.Date.Length > 0) json.WriteString("date", block.Date);
        if (block.Whois.Length > 0) json.WriteString("whois", block.Whois);
        json.WriteString("registry", block.Registry);
        json.WriteEndObject();
    }

    private static void WriteMulticast(Utf8JsonWriter json, IpAddress address)
    {
        json.WriteStartObject("multicast");
        json.WriteString("mac", MulticastMapping.MacOf(address).ToString());
        if (AddressRegistry.FindMulticast(address) is { } group)
        {
            json.WriteString("group", group.Description);
            json.WriteString("block", group.Block);
        }

        if (Ipv6Multicast.Read(address) is { } v6)
        {
            json.WriteNumber("scopeNumber", v6.ScopeNumber);
            json.WriteBoolean("transient", v6.IsTransient);
            json.WriteBoolean("prefixBased", v6.IsPrefixBased);
            if (v6.Prefix is { } prefix) json.WriteString("prefix", prefix.ToString());
            if (v6.RendezvousPoint is { } point) json.WriteString("rendezvousPoint", point.ToString());
        }

        json.WriteEndObject();
    }

    private static void WriteV6(Utf8JsonWriter json, IpAddress address)
    {
        if (EmbeddedV4.Find(address) is { } inside)
        {
            json.WriteStartObject("embeddedIpv4");
            json.WriteString("kind", inside.Kind.ToString());
            json.WriteString("address", inside.Address.ToString());
            if (inside.TeredoFacts is { } teredo)
            {
                json.WriteString("server", teredo.Server.ToString());
                json.WriteNumber("port", teredo.Port);
                json.WriteBoolean("cone", teredo.IsCone);
            }

            json.WriteEndObject();
        }

        if (InterfaceIdentifier.TryGetMac(address, out var mac)) json.WriteString("eui64Mac", mac.ToString());
        if (!address.IsUnspecified && !address.IsLoopback) json.WriteString("solicitedNode", MulticastMapping.SolicitedNode(address).ToString());
    }
}
