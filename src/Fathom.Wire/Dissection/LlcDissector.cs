using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the LLC header of an 802.3 length frame, and SNAP (RFC 1042) behind it.</summary>
internal static class LlcDissector
{
    internal static string? Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("llc", place);
        if (!LlcFrame.TryRead(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "LLC", LlcFrame.Layout, bytes, Format, error);

        layer.AddFields(LlcFrame.LayoutOf(frame.Format), bytes, Format);
        layer.SetText("sourceServiceAccessPoint", PointText((byte)((byte)frame.Source & 0xFE)) + (frame.IsResponse ? ", response" : ", command"));
        layer.SetText(
            "control",
            $"{LlcText.DescribeControl(frame.Format, frame.Control)} ({FieldText.Hex(frame.Control, frame.Format == LlcFormat.Unnumbered ? 2 : 4)})");
        layer.HeaderLength = frame.HeaderLength;
        layer.Length = bytes.Length;
        layer.Summary = $"LLC {frame.Destination.Describe()}";
        var inner = place.Skip(frame.HeaderLength);
        if (frame.IsSnap) return DissectSnap(context, frame.Payload, inner);
        context.AddData(frame.Payload, inner);
        return FieldText.Invariant($"{layer.Summary} {LlcText.DescribeControl(frame.Format, frame.Control)} len={frame.Payload.Length}");
    }

    private static string DissectSnap(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("snap", place);
        if (!SnapFrame.TryRead(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "SNAP", SnapFrame.Layout, bytes, Format, error);

        layer.AddFields(SnapFrame.Layout, bytes, Format);
        layer.HeaderLength = SnapFrame.HeaderLength;
        layer.Length = bytes.Length;
        layer.Summary = frame.Organization == 0
            ? $"SNAP {FieldText.TypeOrLength(frame.Type)}"
            : $"SNAP organization {FieldText.Hex(frame.Organization, 6)} type {FieldText.Hex(frame.Type, 4)}";
        var inner = place.Skip(SnapFrame.HeaderLength);
        if (NetworkDissector.Dissect(context, frame.EtherType, frame.Payload, inner) is { } summary) return summary;
        if (frame.Organization != 0) layer.SetText("type", FieldText.Hex(frame.Type, 4));
        context.AddData(frame.Payload, inner);
        return FieldText.Invariant($"{layer.Summary} len={frame.Payload.Length}");
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "destinationServiceAccessPoint" or "sourceServiceAccessPoint" => PointText((byte)value),
        "organization" => value == 0 ? "EtherType follows (0x000000)" : FieldText.Hex(value, 6),
        "type" => FieldText.TypeOrLength(value),
        _ => null,
    };

    private static string PointText(byte point)
    {
        var name = ((LlcServiceAccessPoint)point).Describe();
        var number = FieldText.Hex(point, 2).ToString();
        return name == number ? number : $"{name} ({number})";
    }
}
