using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Wire;
using Fathom.Wire.Dissection;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>
/// One packet for people: each field beside its octets, then the octets with each layer in its color and neighboring fields told apart; then what
/// became whole with the packet, in the same way.
/// </summary>
internal static class PacketTree
{
    // A reassembled message may be long; its first octets are what its fields come from.
    private const int DumpedOctets = 1024;

    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="dissection">It, taken apart.</param>
    /// <param name="field">The field whose octets are marked, or null.</param>
    public static void Write(IAnsiConsole console, SourcePacket packet, Dissection dissection, FieldChoice? field)
    {
        console.Write(Listing.Heading(Title(packet)));
        console.WriteLine();
        foreach (var comment in packet.Comments) console.Write(Listing.Fields([("comment", comment)]));
        WriteWhole(console, dissection.Layers, packet.Bytes, dissection.Fault, dissection.FaultOffset, field, packet.Bytes.Length);
        WriteParts(console, dissection.Reassembled, field);
    }

    /// <summary>"Packet 3, 74 octets, ethernet".</summary>
    public static string Title(SourcePacket packet)
    {
        var kept = packet.OriginalLength > packet.Bytes.Length ? string.Create(CultureInfo.InvariantCulture, $" ({packet.Bytes.Length} kept)") : string.Empty;
        var name = packet.Interface is { } text ? " on " + text : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"Packet {packet.Number}, {packet.OriginalLength} octets{kept}, {LinkTypeText.Describe(packet.LinkType)}{name}");
    }

    /// <summary>"packet 3", "packets 3, 5–7".</summary>
    public static string Numbers(IReadOnlyList<int> packets)
    {
        var runs = new List<string>();
        for (var i = 0; i < packets.Count;)
        {
            var last = i;
            while (last + 1 < packets.Count && packets[last + 1] == packets[last] + 1) last++;
            runs.Add(last == i ? $"{packets[i]}" : last == i + 1 ? $"{packets[i]}, {packets[last]}" : $"{packets[i]}–{packets[last]}");
            i = last + 1;
        }

        return (packets.Count == 1 ? "packet " : "packets ") + string.Join(", ", runs);
    }

    private static void WriteParts(IAnsiConsole console, IReadOnlyList<ReassembledPart> parts, FieldChoice? field)
    {
        foreach (var part in parts)
        {
            console.WriteLine();
            console.Write(Listing.Heading(string.Create(CultureInfo.InvariantCulture, $"{part.Name} of {part.Bytes.Length} octets, put together from {Numbers(part.Packets)}")));
            console.WriteLine();
            WriteWhole(console, part.Layers, part.Bytes, part.Fault, part.FaultOffset, field, DumpedOctets);
            WriteParts(console, part.Inner, field);
        }
    }

    private static void WriteWhole(
        IAnsiConsole console, IReadOnlyList<DissectedLayer> layers, ReadOnlyMemory<byte> bytes, WireError? fault, int faultOffset, FieldChoice? choice, int dumped)
    {
        foreach (var layer in layers)
        {
            var indent = layer.IsQuoted ? "quoted " : string.Empty;
            console.WriteLine();
            console.Write(new Markup($"[bold {LayerNames.Color(layer)}]{indent}{Listing.Safe(LayerNames.Name(layer))}[/] [grey]octets {Range(layer)}[/]  {Listing.Safe(layer.Summary)}"));
            console.WriteLine();
            if (layer.Fields.Count == 0) continue;
            console.Write(Listing.Columns(
                ["", "", "", ""],
                layer.Fields.Select(IReadOnlyList<string> (f) => [PacketHex.Range(f), PacketHex.Of(f, bytes.Span), choice?.Means(layer, f) == true ? "▸ " + Name(f) : Name(f), f.Text])));
        }

        if (fault is { } found)
        {
            console.WriteLine();
            console.Write(new Markup($"[bold red]fault[/] {Listing.Safe(found.ToString())}, counted from octet {faultOffset.ToString(CultureInfo.InvariantCulture)}"));
            console.WriteLine();
        }

        console.WriteLine();
        var shown = bytes[..Math.Min(bytes.Length, dumped)];
        var paint = new FieldPaint(layers, shown.Length, choice);
        foreach (var line in PacketHex.Dump(shown, paint.Paint, paint.Mark)) console.Write(new Padder(new Markup(line), new Padding(2, 0, 0, 0)));
        if (shown.Length < bytes.Length) console.Write(new Padder(new Text(string.Create(CultureInfo.InvariantCulture, $"… {bytes.Length - shown.Length} more octets")), new Padding(2, 0, 0, 0)));
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
}
