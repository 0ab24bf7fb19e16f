using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Wire.Dissection;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>One packet for people: each field beside its octets, then the octets with each layer in its color.</summary>
internal static class PacketTree
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, SourcePacket packet, Dissection dissection)
    {
        console.Write(Listing.Heading(Title(packet)));
        console.WriteLine();
        foreach (var comment in packet.Comments) console.Write(Listing.Fields([("comment", comment)]));
        foreach (var layer in dissection.Layers)
        {
            var indent = layer.IsQuoted ? "quoted " : string.Empty;
            console.WriteLine();
            console.Write(new Markup($"[bold {LayerNames.Color(layer)}]{indent}{Listing.Safe(LayerNames.Name(layer))}[/] [grey]octets {Range(layer)}[/]  {Listing.Safe(layer.Summary)}"));
            console.WriteLine();
            if (layer.Fields.Count == 0) continue;
            console.Write(Listing.Columns(
                ["", "", "", ""],
                layer.Fields.Select(IReadOnlyList<string> (f) => [PacketHex.Range(f), PacketHex.Of(f, packet.Bytes.Span), Name(f), f.Text])));
        }

        if (dissection.Fault is { } fault)
        {
            console.WriteLine();
            console.Write(new Markup($"[bold red]fault[/] {Listing.Safe(fault.ToString())}, counted from octet {dissection.FaultOffset.ToString(CultureInfo.InvariantCulture)}"));
            console.WriteLine();
        }

        console.WriteLine();
        foreach (var line in PacketHex.Dump(packet.Bytes, (at, text) => Paint(dissection, at, text)))
        {
            console.Write(new Padder(new Markup(line), new Padding(2, 0, 0, 0)));
        }
    }

    /// <summary>"Packet 3, 74 octets, ethernet".</summary>
    public static string Title(SourcePacket packet)
    {
        var kept = packet.OriginalLength > packet.Bytes.Length ? string.Create(CultureInfo.InvariantCulture, $" ({packet.Bytes.Length} kept)") : string.Empty;
        var name = packet.Interface is { } text ? " on " + text : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"Packet {packet.Number}, {packet.OriginalLength} octets{kept}, {LinkTypeText.Describe(packet.LinkType)}{name}");
    }

    // A part of an option stands behind the option, whose name it need not repeat.
    private static string Name(DissectedField field)
    {
        var dot = field.Name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? field.Name : "  " + field.Name[(dot + 1)..];
    }

    private static string Range(DissectedLayer layer)
    {
        var length = layer.HeaderLength > 0 ? layer.HeaderLength : layer.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Offset}–{layer.Offset + Math.Max(length, 1) - 1}");
    }

    private static string Paint(Dissection dissection, int at, string text)
    {
        var layer = dissection.Layers.LastOrDefault(l => at >= l.Offset && at < l.Offset + (l.HeaderLength > 0 ? l.HeaderLength : l.Length));
        return layer is null ? Markup.Escape(text) : $"[{LayerNames.Color(layer)}]{Markup.Escape(text)}[/]";
    }
}
