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
        CheckText(dissection.Summary);
        if (dissection.Fault is { } fault) FuzzException.ThrowUnless(fault.IsError && fault.ToString().Length > 0, "a fault says what it is");
        foreach (var layer in dissection.Layers)
        {
            FuzzException.ThrowUnless(layer.Offset >= 0 && layer.Length >= 0 && layer.Offset + layer.Length <= frame.Length, $"{layer.Protocol} lies in the frame");
            FuzzException.ThrowUnless(layer.HeaderLength >= 0 && layer.HeaderLength <= layer.Length, $"{layer.Protocol}'s header lies in the layer");
            CheckText(layer.Summary);
            foreach (var field in layer.Fields)
            {
                var inside = field.BitOffset >= 8 * layer.Offset && field.BitLength > 0 && field.BitOffset + field.BitLength <= 8 * frame.Length;
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
