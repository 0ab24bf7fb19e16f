using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects IPv4.</summary>
internal static class Ipv4Dissector
{
    private const string Spec = "RFC 791 §3.1";

    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("ipv4", place);
        if (!Ipv4Packet.TryReadTruncated(bytes, out var packet, out var error))
            return context.Damaged(layer, place, "IPv4", Ipv4Packet.Layout, bytes, Format, error);

        context.ReportUnlessCut(error, place);
        layer.AddFields(Ipv4Packet.Layout, bytes[..packet.HeaderLength], Format);
        layer.SetText("headerChecksum", FieldText.Checksum(packet.HeaderChecksum, packet.ChecksumIsValid));
        AddOptions(context, layer, packet, place);
        layer.HeaderLength = packet.HeaderLength;
        layer.Length = packet.Bytes.Length;
        if (!place.IsQuoted && !error.IsError) context.EndNetwork(place.Offset + layer.Length);
        var envelope = new IpEnvelope(packet.Source, packet.Destination, packet.Destination);
        layer.Summary = $"IPv4 {envelope.Route} {packet.Protocol.Describe()}";

        var inner = place.Skip(packet.HeaderLength) with { IsCut = place.IsCut || error.IsError || packet.IsFragment };
        if (packet.FragmentOffset > 0)
        {
            context.AddData(packet.Payload, inner);
            return Fragment(packet, envelope);
        }

        var summary = UpperDissector.Dissect(context, packet.Protocol, packet.Payload, inner, envelope)
            ?? FieldText.Invariant($"{layer.Summary} len={packet.Payload.Length}");
        return packet.IsFragment ? FieldText.Invariant($"{summary} (first fragment, id={packet.Identification})") : summary;
    }

    private static string Fragment(Ipv4Packet packet, IpEnvelope envelope) => FieldText.Invariant(
        $"IPv4 fragment {envelope.Route} {packet.Protocol.Describe()} offset={packet.FragmentOffset} len={packet.Payload.Length} id={packet.Identification}{(packet.MoreFragments ? "" : " (last)")}");

    private static void AddOptions(DissectionContext context, LayerWriter layer, Ipv4Packet packet, Place place)
    {
        var walk = packet.EnumerateOptions();
        while (walk.MoveNext())
        {
            var option = walk.Current;
            layer.AddOctets(
                Name(option.Type), Ipv4Packet.MinHeaderLength + option.Offset, option.Bytes.Length, (byte)option.Type, Text(option), Spec);
        }

        context.Report(walk.Error, place.Skip(Ipv4Packet.MinHeaderLength));
    }

    private static string Text(Ipv4Option option)
    {
        switch (option.Type)
        {
            case Ipv4OptionType.EndOfList: return "end of options";
            case Ipv4OptionType.NoOperation: return "no operation";
            case Ipv4OptionType.RecordRoute or Ipv4OptionType.LooseSourceRoute or Ipv4OptionType.StrictSourceRoute when option.Data.Length % 4 == 1:
                var addresses = new List<string>();
                for (var at = 1; at + 4 <= option.Data.Length; at += 4) addresses.Add(IpAddress.FromBytes(option.Data.Slice(at, 4)).ToString());
                return FieldText.Invariant($"{string.Join(", ", addresses)} (pointer {option.Data[0]})");
            default: return FieldText.Bytes(option.Data);
        }
    }

    private static string Name(Ipv4OptionType type) => type switch
    {
        Ipv4OptionType.EndOfList => "endOfOptions",
        Ipv4OptionType.NoOperation => "noOperation",
        Ipv4OptionType.RecordRoute => "recordRoute",
        Ipv4OptionType.Timestamp => "timestamp",
        Ipv4OptionType.Traceroute => "traceroute",
        Ipv4OptionType.Security => "security",
        Ipv4OptionType.LooseSourceRoute => "looseSourceRoute",
        Ipv4OptionType.CommercialSecurity => "commercialSecurity",
        Ipv4OptionType.StreamId => "streamId",
        Ipv4OptionType.StrictSourceRoute => "strictSourceRoute",
        Ipv4OptionType.RouterAlert => "routerAlert",
        _ => "option",
    };

    private static string? Format(string name, ulong value) => name switch
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
