using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects ICMP, and the packets that its errors quote.</summary>
internal static class IcmpDissector
{
    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("icmp", place);
        if (!IcmpMessage.TryRead(bytes, out var icmp, out var error))
            return context.Damaged(layer, place, "ICMP", IcmpMessage.Layout, bytes, Format, error);

        layer.AddFields(IcmpMessage.LayoutOf(icmp.Type), bytes, Format);
        var meaning = IcmpText.Describe(icmp.Type, icmp.Code);
        if (meaning != icmp.Type.Describe()) layer.SetText("code", FieldText.Named(meaning, icmp.Code));
        layer.SetText("checksum", FieldText.Checksum(icmp.Checksum, place.IsCut ? null : icmp.ChecksumIsValid));
        layer.HeaderLength = IcmpMessage.HeaderLength;
        layer.Length = bytes.Length;
        var body = place.Skip(IcmpMessage.HeaderLength);
        layer.Summary = Summarize(icmp, envelope);
        if (!icmp.IsError)
        {
            context.AddData(icmp.Body, body);
            return layer.Summary;
        }

        AddExtensions(context, layer, icmp.Extensions, IcmpMessage.HeaderLength + icmp.QuotedPacket.Length);
        var quoted = DissectQuoted(context, icmp.QuotedPacket, body);
        return quoted is null ? layer.Summary : $"{layer.Summary} about {quoted}";
    }

    /// <summary>Dissects a quoted packet, whichever version it is; null where nothing is quoted.</summary>
    internal static string? DissectQuoted(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        place = place with { IsQuoted = true, IsCut = true };
        if (bytes.IsEmpty || !context.MayGoDeeper(place)) return null;
        var summary = NetworkDissector.Dissect(context, LinkEnvelope.TypeOfRawIp(bytes), bytes, place);
        if (summary is null) context.AddData(bytes, place);
        return summary;
    }

    /// <summary>Adds the objects of an extension structure (RFC 4884 §7) as fields.</summary>
    internal static void AddExtensions(DissectionContext context, LayerWriter layer, ReadOnlySpan<byte> extensions, int offset)
    {
        var walk = new IcmpExtensionEnumerator(extensions);
        while (walk.MoveNext())
        {
            var item = walk.Current;
            var isMpls = item.ClassNumber == IcmpExtensionObject.MplsLabelStack;
            layer.AddOctets(
                isMpls ? "mplsLabelStack" : "extensionObject", offset + item.Offset, item.Bytes.Length, item.ClassNumber,
                isMpls ? Labels(item.Data) : FieldText.Bytes(item.Data), isMpls ? "RFC 4950 §3" : "RFC 4884 §8");
        }

        context.Report(walk.Error, new Place(layer.Offset + offset));
    }

    private static string Labels(ReadOnlySpan<byte> stack)
    {
        var labels = new List<string>();
        for (var at = 0; at + 4 <= stack.Length; at += 4)
            labels.Add(FieldText.Invariant($"label {BitField.Read(stack[at..], 0, 20)} ttl {stack[at + 3]}"));
        return string.Join(", ", labels);
    }

    private static string Summarize(IcmpMessage icmp, IpEnvelope envelope)
    {
        var what = $"ICMP {IcmpText.Describe(icmp.Type, icmp.Code)}";
        return icmp.Type switch
        {
            IcmpType.EchoRequest or IcmpType.EchoReply or IcmpType.TimestampRequest or IcmpType.TimestampReply =>
                FieldText.Invariant($"{what} {envelope.Route} id={icmp.Identifier} seq={icmp.SequenceNumber}"),
            IcmpType.DestinationUnreachable when icmp.Code == (byte)IcmpUnreachableCode.FragmentationNeeded =>
                FieldText.Invariant($"{what} (next hop MTU {icmp.NextHopMtu}) from {envelope.Source}"),
            IcmpType.Redirect => $"{what} from {envelope.Source}: use {icmp.Gateway}",
            _ when icmp.IsError => $"{what} from {envelope.Source}",
            _ => $"{what} {envelope.Route}",
        };
    }

    private static string? Format(string name, ulong value) => name switch
    {
        "type" => FieldText.Named(((IcmpType)value).Describe(), value),
        "checksum" => FieldText.Hex(value, 4),
        "quotedLength" => FieldText.Octets(4 * value),
        "gateway" => FieldText.Address4(value),
        _ => null,
    };
}
