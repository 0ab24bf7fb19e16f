using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects IPv6 and its extension headers.</summary>
internal static class Ipv6Dissector
{
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
        if (layer.KeepsFields) layer.Summary = envelope.Summarize("IPv6", upper.Protocol);
        if (!AddExtensions(context, packet, inner)) return FieldText.Invariant($"{envelope.Summarize("IPv6", upper.Protocol)} len={packet.Payload.Length}");

        inner = inner.Skip(upper.Offset - Ipv6Packet.HeaderLength);
        if (upper.FragmentOffset > 0)
        {
            context.AddData(upper.Bytes, inner);
            return Fragment(upper, envelope);
        }

        inner = inner with { IsCut = inner.IsCut || upper.IsFragment };
        var summary = UpperDissector.Dissect(context, upper.Protocol, upper.Bytes, inner, envelope)
            ?? FieldText.Invariant($"{envelope.Summarize("IPv6", upper.Protocol)} len={upper.Bytes.Length}");
        return upper.IsFragment ? FieldText.Invariant($"{summary} (first fragment, id={upper.FragmentIdentification})") : summary;
    }

    private static string Fragment(Ipv6UpperLayer upper, IpEnvelope envelope) => FieldText.Invariant(
        $"IPv6 fragment {envelope.Route} {upper.Protocol.Describe()} offset={upper.FragmentOffset} len={upper.Bytes.Length} id={upper.FragmentIdentification}{(upper.MoreFragments ? "" : " (last)")}");

    /// <summary>Adds a layer for each extension header; false if the walk ended at damage.</summary>
    private static bool AddExtensions(DissectionContext context, Ipv6Packet packet, Place place)
    {
        var walk = packet.EnumerateExtensions();
        while (walk.MoveNext()) AddExtension(context, walk.Current, place.Skip(walk.Current.Offset), packet.Destination);
        if (!walk.Error.IsError) return true;
        context.ReportUnlessCut(walk.Error, place);
        context.AddData(walk.Rest, place.Skip(walk.NextOffset));
        return false;
    }

    private static void AddExtension(DissectionContext context, Ipv6Extension extension, Place place, IpAddress destination)
    {
        var layer = context.Begin(LayerName(extension.Protocol), place);
        layer.HeaderLength = layer.Length = extension.Bytes.Length;
        layer.Summary = $"IPv6 {extension.Protocol.Describe()}";
        switch (extension.Protocol)
        {
            case IpProtocol.HopByHop or IpProtocol.DestinationOptions:
                layer.AddFields(Ipv6Options.Layout, extension.Bytes, FormatExtension);
                Ipv6OptionText.Add(context, layer, extension.Bytes, place);
                break;
            case IpProtocol.Routing:
                Ipv6RoutingDissector.Dissect(context, layer, extension.Bytes, place, destination);
                break;
            case IpProtocol.Fragment when Ipv6Fragment.TryRead(extension.Bytes, out var fragment, out _):
                layer.AddFields(Ipv6Fragment.Layout, extension.Bytes, FormatExtension);
                layer.Summary = FieldText.Invariant(
                    $"IPv6 fragment offset={fragment.FragmentOffset} id={fragment.Identification}{(fragment.MoreFragments ? " (more follow)" : "")}");
                break;
            case IpProtocol.Ah:
                SecurityDissector.AddAuthentication(layer, extension.Bytes);
                break;
            default:
                MobilityDissector.Add(context, layer, extension.Protocol, extension.Bytes, place);
                break;
        }
    }

    private static string LayerName(IpProtocol protocol) => protocol switch
    {
        IpProtocol.HopByHop => "ipv6-hop-by-hop",
        IpProtocol.Routing => "ipv6-routing",
        IpProtocol.Fragment => "ipv6-fragment",
        IpProtocol.DestinationOptions => "ipv6-destination-options",
        IpProtocol.Ah => "ah",
        IpProtocol.Mobility => "ipv6-mobility",
        IpProtocol.Hip => "hip",
        IpProtocol.Shim6 => "shim6",
        _ => "ipv6-extension",
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "ecn" => FieldText.Ecn(value),
        "flowLabel" => FieldText.Hex(value, 5),
        "payloadLength" => FieldText.Octets(value),
        "nextHeader" => FieldText.Protocol(value),
        _ => null,
    };

    private static FieldWords FormatExtension(string name, ulong value) => name switch
    {
        "nextHeader" => FieldText.Protocol(value),
        "headerExtensionLength" => FieldText.Octets(8 * (value + 1)),
        "fragmentOffset" => FieldText.Octets(8 * value),
        "identification" => FieldText.Hex(value, 8),
        _ => null,
    };
}
