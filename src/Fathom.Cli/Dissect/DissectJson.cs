using System.Text.Json;
using Fathom.Cli.Output;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>A packet as JSON members.</summary>
internal static class DissectJson
{
    /// <summary>Writes the members of one packet's object.</summary>
    public static void Write(Utf8JsonWriter writer, SourcePacket packet, Dissection dissection)
    {
        writer.WriteNumber("number", packet.Number);
        if (packet.UnixNanoseconds is { } time) writer.WriteNumber("unixNanoseconds", time);
        if (packet.Interface is { } name) writer.WriteString("interface", name);
        writer.WriteNumber("linkType", packet.LinkType);
        writer.WriteNumber("length", packet.OriginalLength);
        writer.WriteNumber("captured", packet.Bytes.Length);
        writer.WriteString("summary", dissection.Summary);
        if (packet.Comments.Count > 0)
        {
            writer.WriteStartArray("comments");
            foreach (var comment in packet.Comments) writer.WriteStringValue(comment);
            writer.WriteEndArray();
        }

        if (dissection.Fault is { } fault)
        {
            writer.WriteStartObject("fault");
            writer.WriteString("protocol", fault.Protocol);
            writer.WriteString("kind", fault.Kind.ToString());
            writer.WriteNumber("offset", dissection.FaultOffset + fault.Offset);
            writer.WriteString("detail", fault.ToString());
            writer.WriteEndObject();
        }

        WriteLayers(writer, dissection.Layers);
        WriteParts(writer, dissection.Reassembled);
    }

    private static void WriteLayers(Utf8JsonWriter writer, IReadOnlyList<DissectedLayer> layers)
    {
        writer.WriteStartArray("layers");
        foreach (var layer in layers) WriteLayer(writer, layer);
        writer.WriteEndArray();
    }

    // What became whole with this packet: offsets in it count from its own first octet.
    private static void WriteParts(Utf8JsonWriter writer, IReadOnlyList<ReassembledPart> parts)
    {
        if (parts.Count == 0) return;
        writer.WriteStartArray("reassembled");
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", part.Name);
            writer.WriteStartArray("packets");
            foreach (var number in part.Packets) writer.WriteNumberValue(number);
            writer.WriteEndArray();
            writer.WriteNumber("length", part.Bytes.Length);
            writer.WriteString("summary", part.Summary);
            if (part.Fault is { } fault) writer.WriteString("fault", fault.ToString());
            WriteLayers(writer, part.Layers);
            WriteParts(writer, part.Inner);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLayer(Utf8JsonWriter writer, DissectedLayer layer)
    {
        writer.WriteStartObject();
        writer.WriteString("protocol", layer.Protocol);
        writer.WriteString("layer", LayerNames.Of(LayerNames.Model(layer)));
        writer.WriteString("osi", LayerNames.Osi(layer));
        writer.WriteNumber("offset", layer.Offset);
        writer.WriteNumber("headerLength", layer.HeaderLength);
        writer.WriteNumber("length", layer.Length);
        if (layer.IsQuoted) writer.WriteBoolean("quoted", true);
        writer.WriteString("summary", layer.Summary);
        writer.WriteStartArray("fields");
        foreach (var field in layer.Fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteNumber("bitOffset", field.BitOffset);
            writer.WriteNumber("bits", field.BitLength);
            if (field.Number is { } number) writer.WriteNumber("value", number);
            writer.WriteString("text", field.Text);
            writer.WriteString("spec", field.Spec);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
