using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Wire.Dissection;
using Fathom.Wire.Explanation;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>
/// A packet as the layers made it: down the sender's stack each layer puts its header in front of what it was given; up the
/// receiver's, each reads its own and takes it off.
/// </summary>
internal static class LayerView
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, SourcePacket packet, Dissection dissection)
    {
        var layers = dissection.Layers.Where(static l => !l.IsQuoted).ToArray();
        console.Write(Listing.Heading(PacketTree.Title(packet)));
        console.WriteLine();
        console.WriteLine("  " + dissection.Summary);
        console.WriteLine();
        console.Write(Listing.Heading("Down the sender's stack: each layer puts its header in front"));
        console.WriteLine();
        foreach (var layer in layers.Reverse()) WriteStep(console, packet, layer, Added(layer));
        console.Write(Listing.Fields([("OSI 1", "physical: the adapter adds preamble and frame check sequence, which no capture shows, and sends bits")]));
        console.WriteLine();
        console.Write(Listing.Heading("On the link"));
        console.WriteLine();
        console.Write(new Padder(new Markup(string.Concat(layers.Select(Box))), new Padding(2, 0, 0, 0)));
        console.WriteLine();
        console.Write(Listing.Heading("Up the receiver's stack: each layer reads its header and takes it off"));
        console.WriteLine();
        console.Write(Listing.Columns(
            ["", "", "", ""],
            layers.Select((layer, i) => (IReadOnlyList<string>)[$"OSI {LayerNames.Osi(layer)}", LayerNames.Of(LayerNames.Model(layer)), LayerNames.Name(layer), HandsOn(layer, i + 1 < layers.Length ? layers[i + 1] : null)])));
        if (dissection.Fault is { } fault) console.Write(Listing.Fields([("fault", fault.ToString())]));
    }

    private static void WriteStep(IAnsiConsole console, SourcePacket packet, DissectedLayer layer, string added)
    {
        var end = Math.Min(packet.Bytes.Length, layer.Offset + (layer.HeaderLength > 0 ? layer.HeaderLength : layer.Length));
        console.Write(new Padder(
            new Markup($"[grey]OSI {LayerNames.Osi(layer)}, {LayerNames.Of(LayerNames.Model(layer))}[/]  [bold {LayerNames.Color(layer)}]{Listing.Safe(LayerNames.Name(layer))}[/] {added}"),
            new Padding(2, 0, 0, 0)));
        var bytes = packet.Bytes[Math.Min(layer.Offset, end)..end];
        const int Shown = 64;
        foreach (var line in PacketHex.Dump(bytes[..Math.Min(bytes.Length, Shown)], static (_, text) => Markup.Escape(text)))
            console.Write(new Padder(new Markup($"[{LayerNames.Color(layer)}]{line[6..]}[/]"), new Padding(4, 0, 0, 0)));
        if (bytes.Length > Shown) console.Write(new Padder(new Text(string.Create(CultureInfo.InvariantCulture, $"… {bytes.Length - Shown} more octets")), new Padding(4, 0, 0, 0)));
    }

    private static string Added(DissectedLayer layer)
    {
        var unit = ProtocolGlossary.Find(layer.Protocol)?.Unit ?? "octets";
        if (layer.Protocol == "data") return string.Create(CultureInfo.InvariantCulture, $"{layer.Length} octets that belong to the application");
        if (LayerNames.Model(layer) == ModelLayer.Application) return string.Create(CultureInfo.InvariantCulture, $"message of {layer.Length} octets");
        return layer.Length > layer.HeaderLength
            ? string.Create(CultureInfo.InvariantCulture, $"+ {layer.HeaderLength} octets = {unit} of {layer.Length}")
            : string.Create(CultureInfo.InvariantCulture, $"+ {layer.HeaderLength} octets");
    }

    private static string Box(DissectedLayer layer)
    {
        var length = layer.HeaderLength > 0 ? layer.HeaderLength : layer.Length;
        return string.Create(CultureInfo.InvariantCulture, $"[{LayerNames.Color(layer)}][[{Listing.Safe(LayerNames.Name(layer))} {length}]][/]");
    }

    // The field by which a header says what follows it, and what that was.
    private static string HandsOn(DissectedLayer layer, DissectedLayer? next)
    {
        string[] names = ["typeOrLength", "protocolType", "protocol", "nextHeader", "destinationPort"];
        var field = layer.Protocol is "arp" ? null : names.Select(layer.Fields.Find).FirstOrDefault(static f => f is not null);
        if (next is null) return LayerNames.Model(layer) == ModelLayer.Application ? "the process reads it" : "nothing follows";
        var what = next.Protocol == "data" ? "the rest" : LayerNames.Name(next);
        return field is { } found ? $"{found.Name} {found.Text}: hands on {what}" : $"hands on {what}";
    }
}
