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

        layer.AddFields(Icmpv6Message.LayoutOf(icmp.Type), bytes, Format);
        var meaning = Icmpv6Text.Describe(icmp.Type, icmp.Code);
        if (meaning != icmp.Type.Describe()) layer.SetText("code", FieldText.Named(meaning, icmp.Code));
        bool? valid = place.IsCut ? null : icmp.ChecksumIsValid(envelope.Source, envelope.FinalDestination);
        layer.SetText("checksum", FieldText.Checksum(icmp.Checksum, valid));
        layer.HeaderLength = Icmpv6Message.HeaderLength;
        layer.Length = bytes.Length;
        if (NeighborDissector.IsNeighborDiscovery(icmp.Type)) return NeighborDissector.Dissect(context, layer, icmp, place, envelope);

        var body = place.Skip(Icmpv6Message.HeaderLength);
        layer.Summary = Summarize(icmp, envelope);
        if (!icmp.IsError)
        {
            context.AddData(icmp.Body, body);
            return layer.Summary;
        }

        IcmpDissector.AddExtensions(context, layer, icmp.Extensions, Icmpv6Message.HeaderLength + icmp.QuotedPacket.Length);
        var quoted = IcmpDissector.DissectQuoted(context, icmp.QuotedPacket, body);
        return quoted is null ? layer.Summary : $"{layer.Summary} about {quoted}";
    }

    private static string Summarize(Icmpv6Message icmp, IpEnvelope envelope)
    {
        var what = $"ICMPv6 {Icmpv6Text.Describe(icmp.Type, icmp.Code)}";
        return icmp.Type switch
        {
            Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply =>
                FieldText.Invariant($"{what} {envelope.Route} id={icmp.Identifier} seq={icmp.SequenceNumber}"),
            Icmpv6Type.PacketTooBig => FieldText.Invariant($"{what} (MTU {icmp.Mtu}) from {envelope.Source}"),
            _ when icmp.IsError => $"{what} from {envelope.Source}",
            _ => $"{what} {envelope.Route}",
        };
    }

    private static string? Format(string name, ulong value) => name switch
    {
        "type" => FieldText.Named(((Icmpv6Type)value).Describe(), value),
        "checksum" => FieldText.Hex(value, 4),
        "quotedLength" => FieldText.Octets(8 * value),
        "mtu" => FieldText.Octets(value),
        "routerLifetime" => FieldText.Seconds((uint)value),
        "reachableTime" or "retransmitTimer" => FieldText.Invariant($"{value} ms"),
        "preference" => value switch { 0 => "medium", 1 => "high", 3 => "low", _ => "reserved" },
        _ => null,
    };
}
