using System.Text.Json;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>A scenario for programs.</summary>
internal static class ScenarioJson
{
    public static void Write(Utf8JsonWriter writer, string name, Scenario scenario)
    {
        writer.WriteString("name", name);
        writer.WriteString("title", scenario.Title);
        writer.WriteString("about", scenario.About);
        writer.WriteString("from", scenario.From);
        writer.WriteString("target", scenario.Target);
        writer.WriteStartArray("networks");
        foreach (var network in scenario.Networks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", network.Name);
            WriteSettings(writer, "cable", network.Cable);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("links");
        foreach (var link in scenario.Links)
        {
            writer.WriteStartObject();
            writer.WriteString("left", link.Left);
            writer.WriteString("right", link.Right);
            writer.WriteBoolean("point_to_point", link.IsPointToPoint);
            WriteSettings(writer, "to_right", link.ToRight);
            WriteSettings(writer, "to_left", link.ToLeft);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("hosts");
        foreach (var host in scenario.Hosts) WriteHost(writer, scenario, host);
        writer.WriteEndArray();
        writer.WriteStartArray("zones");
        foreach (var zone in scenario.Zones) writer.WriteStringValue(zone.Name);
        writer.WriteEndArray();
    }

    private static void WriteHost(Utf8JsonWriter writer, Scenario scenario, HostSpec host)
    {
        writer.WriteStartObject();
        writer.WriteString("name", host.Name);
        if (host.About.Length > 0) writer.WriteString("about", host.About);
        writer.WriteBoolean("forwards", host.Forwards);
        writer.WriteBoolean("plans_routes", scenario.PlansRoutesOf(host));
        writer.WriteStartArray("interfaces");
        foreach (var port in host.Interfaces)
        {
            writer.WriteStartObject();
            writer.WriteString("name", port.Name);
            if (port.Network is { } network) writer.WriteString("network", network);
            writer.WriteNumber("mtu", scenario.MtuOf(host, port));
            writer.WriteStartArray("addresses");
            foreach (var (address, length) in port.Addresses) writer.WriteStringValue($"{address}/{length}");
            writer.WriteEndArray();
            writer.WriteBoolean("dhcp", port.Dhcp);
            writer.WriteBoolean("advertises", port.Advertises is not null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("boxes");
        foreach (var box in host.Boxes) writer.WriteStringValue(BoxText.Of(box));
        writer.WriteEndArray();
        writer.WriteStartArray("services");
        foreach (var service in host.Services) writer.WriteStringValue(ServiceText.Of(service));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter writer, string name, LinkSettings settings)
    {
        writer.WriteStartObject(name);
        if (settings.Rate > 0) writer.WriteNumber("rate_bits_per_second", settings.Rate);
        writer.WriteNumber("delay_ms", settings.Delay.TotalMilliseconds);
        writer.WriteNumber("jitter_ms", settings.Jitter.TotalMilliseconds);
        writer.WriteNumber("loss", settings.Loss);
        if (settings.Mtu is { } mtu) writer.WriteNumber("mtu", mtu);
        writer.WriteBoolean("down", settings.IsDown);
        writer.WriteEndObject();
    }
}
