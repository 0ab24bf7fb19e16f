using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects multicast listener discovery: the ICMPv6 messages of both its versions.</summary>
internal static class MldDissector
{
    internal static bool IsMulticastListenerDiscovery(Icmpv6Type type) => type
        is Icmpv6Type.MulticastListenerQuery or Icmpv6Type.MulticastListenerReport or Icmpv6Type.MulticastListenerDone or Icmpv6Type.MulticastListenerReportV2;

    /// <summary>The fixed fields of a message, which the caller adds: a query's length tells its version (RFC 3810 §8.1).</summary>
    internal static ReadOnlySpan<FieldSpec> LayoutOf(Icmpv6Message icmp)
        => icmp.Type == Icmpv6Type.MulticastListenerQuery && icmp.Bytes.Length >= MldQuery.FixedLength ? MldQuery.Layout : Icmpv6Message.LayoutOf(icmp.Type);

    internal static string Dissect(DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place, IpEnvelope envelope)
    {
        layer.HeaderLength = icmp.Bytes.Length;
        var what = icmp.Type switch
        {
            Icmpv6Type.MulticastListenerReportV2 => Report(context, layer, icmp, place),
            Icmpv6Type.MulticastListenerQuery when icmp.Bytes.Length >= MldQuery.FixedLength => Query(context, layer, icmp, place),
            _ => Older(context, layer, icmp, place),
        };
        layer.Summary = $"ICMPv6 {what} from {envelope.Source}";
        return layer.Summary;
    }

    private static string Report(DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place)
    {
        var count = (int)(icmp.RestOfHeader & 0xFFFF);
        var groups = MulticastText.AddRecords(context, layer, icmp.Body, count, MldReport.FixedLength, IpVersion.V6, place);
        return groups.Length == 0 ? "MLDv2 report without records" : $"MLDv2 report: {groups}";
    }

    private static string Query(DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place)
    {
        var bytes = icmp.Bytes;
        var whole = MldQuery.TryRead(bytes, out var query, out var error);
        context.ReportUnlessCut(error, place);
        var sources = whole ? query.SourceCount : 0;
        var end = whole ? MldQuery.FixedLength + (16 * sources) : bytes.Length;
        MulticastText.AddSources(layer, bytes[MldQuery.FixedLength..end], MldQuery.FixedLength, 16, "RFC 3810 §5.1.11");
        return $"MLDv2 {MulticastText.Query(IpAddress.FromBytes(bytes.Slice(8, 16)), sources)}";
    }

    private static string Older(DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place)
    {
        if (!MldMessage.TryRead(icmp.Bytes, out var message, out var error))
        {
            context.ReportUnlessCut(error, place);
            return $"{icmp.Type.Describe()}, cut";
        }

        layer.HeaderLength = MldMessage.FixedLength;
        context.AddData(icmp.Bytes[MldMessage.FixedLength..], place.Skip(MldMessage.FixedLength));
        return icmp.Type switch
        {
            Icmpv6Type.MulticastListenerQuery => $"MLDv1 {MulticastText.Query(message.Group, 0)}",
            Icmpv6Type.MulticastListenerReport => $"MLDv1 report of {message.Group}",
            _ => $"MLDv1 done with {message.Group}",
        };
    }

    internal static FieldWords Format(string name, ulong value) => name switch
    {
        "maxResponseDelay" => FieldText.Invariant($"{value} ms"),
        "maxResponseCode" => FieldText.Invariant($"{MulticastCode.Decode((ushort)value)} ms"),
        _ => MulticastText.Format(name, value),
    };
}
