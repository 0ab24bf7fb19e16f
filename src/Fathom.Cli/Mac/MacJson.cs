using System.Text.Json;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Mac;

/// <summary>What is known of a MAC address, as members of a JSON object (schema fathom.mac/1).</summary>
internal static class MacJson
{
    public static void Write(Utf8JsonWriter json, string text, MacAddress mac, int digits)
    {
        json.WriteString("input", text);
        if (digits == 12)
        {
            json.WriteString("address", mac.ToString());
            json.WriteString("kind", mac == MacAddress.Broadcast ? "broadcast" : mac.IsGroup ? "multicast" : "unicast");
            json.WriteString("administration", mac.IsLocal ? "local" : "universal");
        }

        if (!mac.IsLocal) WriteAssignment(json, OuiRegistry.Find(mac, digits));
        if (digits < 12 || mac.IsGroup) return;
        json.WriteString("eui64", Eui64.ToText(Eui64.FromMac(mac)));
        json.WriteString("interfaceIdentifier", Eui64.ToText(InterfaceIdentifier.FromMac(mac)));
        json.WriteString("linkLocal", InterfaceIdentifier.LinkLocalOf(mac).ToString());
    }

    /// <summary>The same of an EUI-64.</summary>
    public static void Write(Utf8JsonWriter json, string text, ulong eui)
    {
        var front = MacAddress.FromValue(eui >> 16);
        json.WriteString("input", text);
        json.WriteString("eui64", Eui64.ToText(eui));
        json.WriteString("kind", front.IsGroup ? "multicast" : "unicast");
        json.WriteString("administration", front.IsLocal ? "local" : "universal");
        if (!front.IsLocal) WriteAssignment(json, OuiRegistry.Find(front, 12));
        if (Eui64.TryGetMac(eui, out var mac)) json.WriteString("mac", mac.ToString());
        if (InterfaceIdentifier.TryGetMac(eui, out var inside)) json.WriteString("macOfInterfaceIdentifier", inside.ToString());
        json.WriteString("interfaceIdentifier", Eui64.ToText(InterfaceIdentifier.FromEui64(eui)));
        json.WriteString("linkLocal", InterfaceIdentifier.LinkLocalOf(InterfaceIdentifier.FromEui64(eui)).ToString());
    }

    private static void WriteAssignment(Utf8JsonWriter json, OuiAssignment? found)
    {
        if (found is null)
        {
            json.WriteNull("assignment");
            return;
        }

        json.WriteStartObject("assignment");
        json.WriteString("prefix", found.PrefixText);
        json.WriteNumber("length", found.Length);
        json.WriteString("kind", found.Kind);
        json.WriteString("organization", found.Organization);
        json.WriteEndObject();
    }
}
