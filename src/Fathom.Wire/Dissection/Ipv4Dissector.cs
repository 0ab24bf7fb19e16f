using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects IPv4.</summary>
internal static class Ipv4Dissector
{
    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("ipv4", place);
        if (!Ipv4Packet.TryReadTruncated(bytes, out var packet, out var error))
            return context.Damaged(layer, place, "IPv4", Ipv4Packet.Layout, bytes, Format, error);

        context.ReportUnlessCut(error, place);
        layer.AddFields(Ipv4Packet.Layout, bytes[..packet.HeaderLength], Format);
        if (layer.KeepsFields) layer.SetText("headerChecksum", FieldText.Checksum(packet.HeaderChecksum, packet.ChecksumIsValid));
        Ipv4OptionText.Add(context, layer, packet, place);
        layer.HeaderLength = packet.HeaderLength;
        layer.Length = packet.Bytes.Length;
        if (!place.IsQuoted && !error.IsError) context.EndNetwork(place.Offset + layer.Length);
        var envelope = new IpEnvelope(packet.Source, packet.Destination, packet.Destination);
        if (layer.KeepsFields) layer.Summary = envelope.Summarize("IPv4", packet.Protocol);

        var inner = place.Skip(packet.HeaderLength) with { IsCut = place.IsCut || error.IsError || packet.IsFragment };
        if (packet.FragmentOffset > 0)
        {
            context.AddData(packet.Payload, inner);
            return Fragment(packet, envelope);
        }

        var summary = UpperDissector.Dissect(context, packet.Protocol, packet.Payload, inner, envelope)
            ?? FieldText.Invariant($"{envelope.Summarize("IPv4", packet.Protocol)} len={packet.Payload.Length}");
        return packet.IsFragment ? FieldText.Invariant($"{summary} (first fragment, id={packet.Identification})") : summary;
    }

    private static string Fragment(Ipv4Packet packet, IpEnvelope envelope) => FieldText.Invariant(
        $"IPv4 fragment {envelope.Route} {packet.Protocol.Describe()} offset={packet.FragmentOffset} len={packet.Payload.Length} id={packet.Identification}{(packet.MoreFragments ? "" : " (last)")}");

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "headerLength" => FieldText.Octets(4 * value),
        "ecn" => FieldText.Ecn(value),
        "totalLength" => FieldText.Octets(value),
        "identification" => FieldText.Hex(value, 4),
        "fragmentOffset" => FieldText.Octets(8 * value),
        "protocol" => FieldText.Protocol(value),
        "headerChecksum" => FieldText.Hex(value, 4),
        "source" or "destination" => FieldText.Address4(value),
        _ => null,
    };
}
