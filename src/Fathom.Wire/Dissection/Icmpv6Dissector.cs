using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects ICMPv6, and the packets that its errors quote.</summary>
internal static class Icmpv6Dissector
{
    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("icmpv6", place);
        if (!Icmpv6Message.TryRead(bytes, out var icmp, out var error))
            return context.Damaged(layer, place, "ICMPv6", Icmpv6Message.Layout, bytes, Format, error);

        var isMulticast = MldDissector.IsMulticastListenerDiscovery(icmp.Type);
        var layout = isMulticast ? MldDissector.LayoutOf(icmp) : Icmpv6Message.LayoutOf(icmp.Type);
        layer.AddFields(layout, bytes, isMulticast ? FormatMulticast : Format);
        var meaning = Icmpv6Text.Describe(icmp.Type, icmp.Code);
        if (meaning != icmp.Type.Describe()) layer.SetText("code", FieldText.Named(meaning, icmp.Code));
        bool? valid = place.IsCut ? null : icmp.ChecksumIsValid(envelope.Source, envelope.FinalDestination);
        if (layer.KeepsFields) layer.SetText("checksum", FieldText.Checksum(icmp.Checksum, valid));
        layer.HeaderLength = Math.Min(bytes.Length, IcmpDissector.EndOf(layout));
        layer.Length = bytes.Length;
        if (NeighborDissector.IsNeighborDiscovery(icmp.Type)) return NeighborDissector.Dissect(context, layer, icmp, place, envelope);
        if (isMulticast) return MldDissector.Dissect(context, layer, icmp, place, envelope);

        layer.Summary = Summarize(icmp, envelope);
        if (!icmp.IsError)
        {
            DissectBody(context, layer, icmp, place);
            return layer.Summary;
        }

        IcmpExtensionDissector.Add(context, layer, icmp.Extensions, Icmpv6Message.HeaderLength + icmp.QuotedPacket.Length, place.IsCut);
        var quoted = IcmpDissector.DissectQuoted(context, icmp.QuotedPacket, place.Skip(Icmpv6Message.HeaderLength));
        return quoted is null ? layer.Summary : $"{layer.Summary} about {quoted}";
    }

    private static void DissectBody(DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place)
    {
        if (icmp.Type is Icmpv6Type.NodeInformationQuery or Icmpv6Type.NodeInformationReply)
        {
            if (NodeInformation.TryRead(icmp.Bytes, out var information, out var error)) AddNodeData(layer, information);
            layer.HeaderLength = icmp.Bytes.Length;
            context.ReportUnlessCut(error, place);
        }
        else if (icmp.Type == Icmpv6Type.ExtendedEchoRequest)
        {
            IcmpExtensionDissector.Add(context, layer, icmp.Extensions, ExtendedEchoRequest.FixedLength, place.IsCut);
            layer.HeaderLength = icmp.Bytes.Length;
        }

        context.AddData(icmp.Bytes[layer.HeaderLength..], place.Skip(layer.HeaderLength));
    }

    // RFC 4620 §4 and §6: a query has its subject, a reply a time to live and the answer.
    private static void AddNodeData(LayerWriter layer, NodeInformation information)
    {
        const int TimeToLive = 4;
        var data = information.Data;
        var at = NodeInformation.FixedLength;
        if (information.IsReply && data.Length >= TimeToLive)
        {
            var seconds = BitField.Read(data, 0, 8 * TimeToLive);
            layer.AddOctets("timeToLive", at, TimeToLive, seconds, FieldText.Seconds((uint)seconds), "RFC 4620 §6");
            data = data[TimeToLive..];
            at += TimeToLive;
        }

        if (data.IsEmpty) return;
        var text = information is { IsReply: false, Code: 0 or 2 } && data.Length is 4 or 16 ? IpAddress.FromBytes(data).ToString() : TextSanitizer.EscapeOctets(data);
        layer.AddOctets(information.IsReply ? "answer" : "subject", at, data.Length, null, text, "RFC 4620 §4");
    }

    private static string Summarize(Icmpv6Message icmp, IpEnvelope envelope)
    {
        var what = $"ICMPv6 {Icmpv6Text.Describe(icmp.Type, icmp.Code)}";
        return icmp.Type switch
        {
            Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply =>
                FieldText.Invariant($"{what} {envelope.Route} id={icmp.Identifier} seq={icmp.SequenceNumber}"),
            Icmpv6Type.ExtendedEchoRequest or Icmpv6Type.ExtendedEchoReply =>
                FieldText.Invariant($"{what} {envelope.Route} id={icmp.Identifier} seq={icmp.SequenceNumber >> 8}"),
            Icmpv6Type.PacketTooBig => FieldText.Invariant($"{what} (MTU {icmp.Mtu}) from {envelope.Source}"),
            _ when icmp.IsError => $"{what} from {envelope.Source}",
            _ => $"{what} {envelope.Route}",
        };
    }

    private static FieldWords FormatMulticast(string name, ulong value) => MldDissector.Format(name, value).Or(Format(name, value));

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "type" => FieldText.Named(((Icmpv6Type)value).Describe(), value),
        "checksum" => FieldText.Hex(value, 4),
        "quotedLength" => FieldText.Octets(8 * value),
        "mtu" => FieldText.Octets(value),
        "queryType" => value switch { 0 => "nothing (0)", 2 => "node name (2)", 3 => "IPv6 addresses (3)", 4 => "IPv4 addresses (4)", _ => null },
        "nonce" => FieldText.Hex(value, 16),
        "state" => IcmpDissector.NeighborState(value),
        "routerLifetime" => FieldText.Seconds((uint)value),
        "reachableTime" or "retransmitTimer" => FieldText.Invariant($"{value} ms"),
        "preference" => value switch { 0 => "medium", 1 => "high", 3 => "low", _ => "reserved" },
        _ => null,
    };
}
