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

        writer.WriteStartArray("layers");
        foreach (var layer in dissection.Layers) WriteLayer(writer, layer);
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
