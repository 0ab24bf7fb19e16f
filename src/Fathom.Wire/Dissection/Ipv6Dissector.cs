using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects IPv6 and its extension headers.</summary>
internal static class Ipv6Dissector
{
    private static readonly FieldSpec[] OtherRows =
        [new("nextHeader", 0, 8, "RFC 6564 §4"), new("headerExtensionLength", 8, 8, "RFC 6564 §4")];

    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("ipv6", place);
        if (!Ipv6Packet.TryReadTruncated(bytes, out var packet, out var error))
            return context.Damaged(layer, place, "IPv6", Ipv6Packet.Layout, bytes, Format, error);

        context.ReportUnlessCut(error, place);
        layer.AddFields(Ipv6Packet.Layout, bytes[..Ipv6Packet.HeaderLength], Format);
        layer.HeaderLength = Ipv6Packet.HeaderLength;
        layer.Length = packet.Bytes.Length;
        if (!place.IsQuoted && !error.IsError) context.EndNetwork(place.Offset + layer.Length);

        var inner = place.Skip(Ipv6Packet.HeaderLength) with { IsCut = place.IsCut || error.IsError };
        packet.TryReadUpperLayer(out var upper, out _);
        var envelope = new IpEnvelope(packet.Source, packet.Destination, upper.FinalDestination);
        layer.Summary = $"IPv6 {envelope.Route} {upper.Protocol.Describe()}";
        if (!AddExtensions(context, packet, inner)) return FieldText.Invariant($"{layer.Summary} len={packet.Payload.Length}");

        inner = inner.Skip(upper.Offset - Ipv6Packet.HeaderLength);
        if (upper.FragmentOffset > 0)
        {
            context.AddData(upper.Bytes, inner);
            return Fragment(upper, envelope);
        }

        inner = inner with { IsCut = inner.IsCut || upper.IsFragment };
        var summary = UpperDissector.Dissect(context, upper.Protocol, upper.Bytes, inner, envelope)
            ?? FieldText.Invariant($"{layer.Summary} len={upper.Bytes.Length}");
        return upper.IsFragment ? FieldText.Invariant($"{summary} (first fragment, id={upper.FragmentIdentification})") : summary;
    }

    private static string Fragment(Ipv6UpperLayer upper, IpEnvelope envelope) => FieldText.Invariant(
        $"IPv6 fragment {envelope.Route} {upper.Protocol.Describe()} offset={upper.FragmentOffset} len={upper.Bytes.Length} id={upper.FragmentIdentification}{(upper.MoreFragments ? "" : " (last)")}");

    /// <summary>Adds a layer for each extension header; false if the walk ended at damage.</summary>
    private static bool AddExtensions(DissectionContext context, Ipv6Packet packet, Place place)
    {
        var walk = packet.EnumerateExtensions();
        while (walk.MoveNext()) AddExtension(context, walk.Current, place.Skip(walk.Current.Offset));
        if (!walk.Error.IsError) return true;
        context.ReportUnlessCut(walk.Error, place);
        context.AddData(walk.Rest, place.Skip(walk.NextOffset));
        return false;
    }

    private static void AddExtension(DissectionContext context, Ipv6Extension extension, Place place)
    {
        var layer = context.Begin(LayerName(extension.Protocol), place);
        layer.HeaderLength = layer.Length = extension.Bytes.Length;
        layer.Summary = $"IPv6 {extension.Protocol.Describe()}";
        var rows = extension.Protocol switch
        {
            IpProtocol.HopByHop or IpProtocol.DestinationOptions => Ipv6Options.Layout,
            IpProtocol.Routing => Ipv6Routing.Layout,
            IpProtocol.Fragment => Ipv6Fragment.Layout,
            IpProtocol.Ah => AuthenticationHeader.Layout,
            _ => OtherRows,
        };
        layer.AddFields(rows, extension.Bytes, extension.Protocol == IpProtocol.Ah ? FormatAuthentication : FormatExtension);
        if (extension.Protocol is IpProtocol.HopByHop or IpProtocol.DestinationOptions) AddOptions(context, layer, extension, place);
        if (extension.Protocol == IpProtocol.Routing) AddRoute(layer, extension);
        if (extension.Protocol == IpProtocol.Fragment && Ipv6Fragment.TryRead(extension.Bytes, out var fragment, out _))
        {
            layer.Summary = FieldText.Invariant(
                $"IPv6 fragment offset={fragment.FragmentOffset} id={fragment.Identification}{(fragment.MoreFragments ? " (more follow)" : "")}");
        }
    }

    private static void AddOptions(DissectionContext context, LayerWriter layer, Ipv6Extension extension, Place place)
    {
        const int OptionsOffset = 2;
        var walk = new Ipv6OptionEnumerator(extension.Bytes[OptionsOffset..]);
        while (walk.MoveNext())
        {
            var option = walk.Current;
            layer.AddOctets(
                OptionName(option.Type), OptionsOffset + option.Offset, option.Bytes.Length, (byte)option.Type, FieldText.Bytes(option.Data), "RFC 8200 §4.2");
        }

        context.Report(walk.Error, place.Skip(OptionsOffset));
    }

    private static void AddRoute(LayerWriter layer, Ipv6Extension extension)
    {
        if (!Ipv6Routing.TryRead(extension.Bytes, out var routing, out _)) return;
        layer.Summary = FieldText.Invariant($"IPv6 routing header type {routing.RoutingType}, {routing.SegmentsLeft} segments left");
        if (routing.RoutingType is not (Ipv6Routing.SourceRoute or Ipv6Routing.MobileIpv6)) return;
        for (var at = 8; at + 16 <= extension.Bytes.Length; at += 16)
            layer.AddOctets("address", at, 16, null, IpAddress.FromBytes(extension.Bytes.Slice(at, 16)).ToString(), "RFC 8200 §4.4");
    }

    private static string LayerName(IpProtocol protocol) => protocol switch
    {
        IpProtocol.HopByHop => "ipv6-hop-by-hop",
        IpProtocol.Routing => "ipv6-routing",
        IpProtocol.Fragment => "ipv6-fragment",
        IpProtocol.DestinationOptions => "ipv6-destination-options",
        IpProtocol.Ah => "ah",
        _ => "ipv6-extension",
    };

    private static string OptionName(Ipv6OptionType type) => type switch
    {
        Ipv6OptionType.Pad1 => "pad1",
        Ipv6OptionType.PadN => "padN",
        Ipv6OptionType.TunnelEncapsulationLimit => "tunnelEncapsulationLimit",
        Ipv6OptionType.RouterAlert => "routerAlert",
        Ipv6OptionType.Calipso => "calipso",
        Ipv6OptionType.MinimumPathMtu => "minimumPathMtu",
        Ipv6OptionType.Rpl => "rpl",
        Ipv6OptionType.JumboPayload => "jumboPayload",
        Ipv6OptionType.HomeAddress => "homeAddress",
        _ => "option",
    };

    private static string? Format(string name, ulong value) => name switch
    {
        "ecn" => FieldText.Ecn(value),
        "flowLabel" => FieldText.Hex(value, 5),
        "payloadLength" => FieldText.Octets(value),
        "nextHeader" => FieldText.Protocol(value),
        _ => null,
    };

    private static string? FormatExtension(string name, ulong value) => name switch
    {
        "nextHeader" => FieldText.Protocol(value),
        "headerExtensionLength" => FieldText.Octets(8 * (value + 1)),
        "fragmentOffset" => FieldText.Octets(8 * value),
        "identification" => FieldText.Hex(value, 8),
        _ => null,
    };

    internal static string? FormatAuthentication(string name, ulong value) => name switch
    {
        "nextHeader" => FieldText.Protocol(value),
        "payloadLength" => FieldText.Octets(4 * (value + 2)),
        "securityParametersIndex" => FieldText.Hex(value, 8),
        _ => null,
    };
}
