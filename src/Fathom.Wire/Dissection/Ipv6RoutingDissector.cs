using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects routing headers of every type that Fathom knows.</summary>
internal static class Ipv6RoutingDissector
{
    private const byte CompactRouting16 = 5;
    private const byte CompactRouting32 = 6;
    private const string CompressedSpec = "RFC 6554 §3";

    internal static void Dissect(DissectionContext context, LayerWriter layer, ReadOnlySpan<byte> bytes, Place place, IpAddress destination)
    {
        if (!Ipv6Routing.TryRead(bytes, out var routing, out _)) return;
        layer.AddFields(Ipv6Routing.LayoutOf(routing.RoutingType), bytes, Format);
        layer.Summary = FieldText.Invariant($"IPv6 routing header type {routing.RoutingType}, {routing.SegmentsLeft} segments left");
        var (name, spec) = routing.RoutingType switch
        {
            Ipv6Routing.SegmentRouting => ("segment", "RFC 8754 §2"),
            Ipv6Routing.RplSourceRoute => ("address", CompressedSpec),
            Ipv6Routing.MobileIpv6 => ("homeAddress", "RFC 6275 §6.4.1"),
            _ => ("address", "RFC 2460 §4.4"),
        };
        for (var i = 0; i < routing.AddressCount; i++)
        {
            var (offset, length) = routing.PlaceOf(i);
            layer.AddOctets(name, offset, length, null, routing.GetAddress(i, destination).ToString(), spec);
        }

        if (routing.RoutingType == Ipv6Routing.SegmentRouting) AddTlvs(context, layer, routing, place);
        else if (!routing.Trailer.IsEmpty)
            layer.AddOctets("trailer", bytes.Length - routing.Trailer.Length, routing.Trailer.Length, null, FieldText.Bytes(routing.Trailer), spec);
        if (routing.RoutingType is CompactRouting16 or CompactRouting32) AddCompact(layer, routing);
        else if (routing.AddressCount == 0) layer.AddOctets("typeData", 4, bytes.Length - 4, null, FieldText.Bytes(routing.TypeData), "RFC 8200 §4.4");
    }

    // RFC 9631 §4: identifiers of 16 or 32 bits in the place of addresses, from the fifth octet on.
    private static void AddCompact(LayerWriter layer, Ipv6Routing routing)
    {
        var size = routing.RoutingType == CompactRouting16 ? 2 : 4;
        for (var at = 0; at + size <= routing.TypeData.Length; at += size)
        {
            var id = BitField.Read(routing.TypeData, 8 * at, 8 * size);
            layer.AddOctets("segmentId", 4 + at, size, id, FieldText.Invariant($"{id}"), "RFC 9631 §4");
        }
    }

    private static void AddTlvs(DissectionContext context, LayerWriter layer, Ipv6Routing routing, Place place)
    {
        var start = routing.HeaderLength - routing.Trailer.Length;
        var walk = new SegmentRoutingTlvEnumerator(routing.Trailer);
        while (walk.MoveNext())
        {
            var tlv = walk.Current;
            layer.AddElement(SegmentRoutingTlv.LayoutOf(tlv.Type), start + tlv.Offset, tlv.Bytes, tlv.Type, FieldText.Bytes(tlv.Data));
        }

        context.Report(walk.Error, place.Skip(start));
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "nextHeader" => FieldText.Protocol(value),
        "headerExtensionLength" => FieldText.Octets(8 * (value + 1)),
        "routingType" => value switch
        {
            Ipv6Routing.SourceRoute => "source route, deprecated (0)",
            Ipv6Routing.MobileIpv6 => "mobile IPv6 (2)",
            Ipv6Routing.RplSourceRoute => "RPL source route (3)",
            Ipv6Routing.SegmentRouting => "segment routing (4)",
            CompactRouting16 => "CRH-16 (5)",
            CompactRouting32 => "CRH-32 (6)",
            253 or 254 => FieldText.Named("experiment", value),
            _ => null,
        },
        "flags" => FieldText.Hex(value, 2),
        _ => null,
    };
}
