using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects IGMP of all versions.</summary>
internal static class IgmpDissector
{
    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("igmp", place);
        if (!IgmpMessage.TryRead(bytes, out var igmp, out var error))
            return context.Damaged(layer, place, "IGMP", IgmpMessage.Layout, bytes, Format, error);

        layer.HeaderLength = IgmpMessage.MinLength;
        layer.Length = bytes.Length;
        var summary = igmp.Version == 3
            ? DissectVersion3(context, layer, igmp, place)
            : DissectOlder(context, layer, igmp, place);
        if (layer.KeepsFields) layer.SetText("checksum", FieldText.Checksum(igmp.Checksum, place.IsCut ? null : igmp.ChecksumIsValid));
        layer.Summary = $"{summary} from {envelope.Source}";
        return layer.Summary;
    }

    private static string DissectOlder(DissectionContext context, LayerWriter layer, IgmpMessage igmp, Place place)
    {
        layer.AddFields(IgmpMessage.Layout, igmp.Bytes, Format);
        context.AddData(igmp.Bytes[IgmpMessage.MinLength..], place.Skip(IgmpMessage.MinLength));
        return igmp.Type switch
        {
            // RFC 3376 §7.1: a query of another length is to be dropped.
            IgmpType.MembershipQuery when igmp.Version == 0 => "IGMP membership query of no version's length",
            IgmpType.MembershipQuery => FieldText.Invariant($"IGMPv{igmp.Version} {MulticastText.Query(igmp.Group, 0)}"),
            IgmpType.ReportV1 => $"IGMPv1 report of {igmp.Group}",
            IgmpType.ReportV2 => $"IGMPv2 report of {igmp.Group}",
            IgmpType.LeaveGroup => $"IGMPv2 leave of {igmp.Group}",
            _ => $"IGMP {igmp.Type.Describe()}",
        };
    }

    private static string DissectVersion3(DissectionContext context, LayerWriter layer, IgmpMessage igmp, Place place)
    {
        var bytes = igmp.Bytes;
        if (igmp.Type == IgmpType.ReportV3)
        {
            layer.AddFields(IgmpReport.Layout, bytes, Format);
            layer.HeaderLength = bytes.Length;
            var count = (int)BitField.Read(bytes, 48, 16);
            var groups = MulticastText.AddRecords(context, layer, bytes[IgmpReport.FixedLength..], count, IgmpReport.FixedLength, IpVersion.V4, place);
            return FieldText.Invariant($"IGMPv3 report{(groups.Length == 0 ? " without records" : ": " + groups)}");
        }

        layer.AddFields(IgmpQuery.Layout, bytes, Format);
        layer.HeaderLength = bytes.Length;
        var whole = IgmpQuery.TryRead(bytes, out var query, out var error);
        context.ReportUnlessCut(error, place);
        var sources = whole ? query.SourceCount : 0;
        var end = whole ? IgmpQuery.FixedLength + (4 * sources) : bytes.Length;
        MulticastText.AddSources(layer, bytes[IgmpQuery.FixedLength..end], IgmpQuery.FixedLength, 4, "RFC 3376 §4.1.9");
        return $"IGMPv3 {MulticastText.Query(igmp.Group, sources)}";
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "type" => FieldText.Named(((IgmpType)value).Describe(), value),
        "group" => FieldText.Address4(value),
        "maxResponseCode" => FieldText.Invariant($"{MulticastCode.Decode((byte)value) / 10.0} s"),
        _ => MulticastText.Format(name, value),
    };
}
