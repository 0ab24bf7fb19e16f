using System.Buffers;
using System.Text;
using Fathom.Wire.Application;
using Fathom.Wire.Dissection;

namespace Fuzz;

/// <summary>What must hold for the dissection of any frame.</summary>
internal static class PacketCheck
{
    internal static void Dissect(int linkType, byte[] frame)
    {
        PacketFacts.TryRead(linkType, frame, out var facts);
        FuzzException.ThrowUnless(facts.PayloadOffset >= 0 && facts.PayloadLength >= 0 && facts.PayloadOffset + facts.PayloadLength <= frame.Length, "the payload lies in the frame");
        var dissection = Dissector.Dissect(linkType, frame);
        Check(dissection, frame.Length);

        // The list's line is written another way, and is the same. It is as much work again, so one length of four has it.
        if (frame.Length % 4 != 0) return;
        var line = new ArrayBufferWriter<byte>();
        Dissector.WriteSummary(linkType, frame, line);
        FuzzException.ThrowUnless(Encoding.UTF8.GetString(line.WrittenSpan) == TextSanitizer.Escape(dissection.Summary), "the list's line is the summary");
    }

    internal static void Check(Dissection dissection, int length)
    {
        CheckText(dissection.Summary);
        if (dissection.Fault is { } fault) FuzzException.ThrowUnless(fault.IsError && fault.ToString().Length > 0, "a fault says what it is");
        CheckLayers(dissection.Layers, length);
        foreach (var part in dissection.Reassembled) CheckPart(part);
    }

    private static void CheckPart(ReassembledPart part)
    {
        CheckText(part.Summary);
        CheckLayers(part.Layers, part.Bytes.Length);
        foreach (var inner in part.Inner) CheckPart(inner);
    }

    private static void CheckLayers(IReadOnlyList<DissectedLayer> layers, int length)
    {
        foreach (var layer in layers)
        {
            FuzzException.ThrowUnless(layer.Offset >= 0 && layer.Length >= 0 && layer.Offset + layer.Length <= length, $"{layer.Protocol} lies in the frame");
            FuzzException.ThrowUnless(layer.HeaderLength >= 0 && layer.HeaderLength <= layer.Length, $"{layer.Protocol}'s header lies in the layer");
            CheckText(layer.Summary);
            foreach (var field in layer.Fields)
            {
                var inside = field.BitOffset >= 8 * layer.Offset && field.BitLength > 0 && field.BitOffset + field.BitLength <= 8 * length;
                FuzzException.ThrowUnless(inside, $"{layer.Protocol}.{field.Name} lies in the frame");
                FuzzException.ThrowUnless(field.Spec.Length > 0, $"{layer.Protocol}.{field.Name} has a clause");
                CheckText(field.Text);
            }
        }
    }

    private static void CheckText(string text)
    {
        foreach (var c in text) FuzzException.ThrowUnless(!char.IsControl(c), "text for a terminal has no control characters");
    }
}
