using System.Globalization;
using System.Text;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the part of neighbor discovery messages behind the fixed ICMPv6 fields: options and summaries.</summary>
internal static class NeighborDissector
{
    // RFC 4861 §4.6.3: type, length and six reserved octets stand before the packet.
    private const int RedirectedPacketOffset = 8;

    internal static bool IsNeighborDiscovery(Icmpv6Type type) => type
        is (>= Icmpv6Type.RouterSolicitation and <= Icmpv6Type.Redirect) or Icmpv6Type.InverseSolicitation or Icmpv6Type.InverseAdvertisement;

    internal static string Dissect(DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place, IpEnvelope envelope)
    {
        var fixedLength = FixedLength(icmp.Type);
        var bytes = icmp.Bytes;
        if (bytes.Length < fixedLength)
        {
            context.ReportUnlessCut(WireError.TooShort("ICMPv6", 0, fixedLength, bytes.Length, icmp.Type.Describe()), place);
            layer.HeaderLength = bytes.Length;
            layer.Summary = $"ICMPv6 {icmp.Type.Describe()}, cut";
            return layer.Summary;
        }

        layer.HeaderLength = bytes.Length;
        layer.Summary = DissectOptions(context, layer, icmp, place.Skip(fixedLength), envelope, fixedLength);
        return layer.Summary;
    }

    private static string DissectOptions(
        DissectionContext context, LayerWriter layer, Icmpv6Message icmp, Place place, IpEnvelope envelope, int fixedLength)
    {
        MacAddress? mac = null;
        var prefixes = new StringBuilder();
        var walk = new NdOptionEnumerator(icmp.Bytes[fixedLength..]);
        while (walk.MoveNext())
        {
            var option = walk.Current;
            if (option.TryGetLinkLayerAddress(out var address)) mac = address;
            if (option.TryGetPrefixInformation(out var prefix))
                prefixes.Append(CultureInfo.InvariantCulture, $" prefix={prefix.Prefix}/{prefix.PrefixLength}");
            NdOptionText.Add(layer, option, fixedLength + option.Offset);
            if (option.TryGetRedirectedPacket(out var packet))
                IcmpDissector.DissectQuoted(context, packet, place.Skip(option.Offset + RedirectedPacketOffset));
        }

        context.ReportUnlessCut(walk.Error, place);
        return Summarize(icmp, envelope, mac, prefixes.ToString());
    }

    private static int FixedLength(Icmpv6Type type) => type switch
    {
        Icmpv6Type.RouterAdvertisement => RouterAdvertisement.FixedLength,
        Icmpv6Type.NeighborSolicitation => NeighborSolicitation.FixedLength,
        Icmpv6Type.NeighborAdvertisement => NeighborAdvertisement.FixedLength,
        Icmpv6Type.Redirect => NeighborRedirect.FixedLength,
        _ => RouterSolicitation.FixedLength,
    };

    private static string Summarize(Icmpv6Message icmp, IpEnvelope envelope, MacAddress? mac, string prefixes)
    {
        var what = $"ICMPv6 {Icmpv6Text.Describe(icmp.Type, icmp.Code)}";
        switch (icmp.Type)
        {
            case Icmpv6Type.NeighborSolicitation:
                // RFC 4862 §5.4.2: the unspecified source marks duplicate address detection.
                var asker = envelope.Source.IsUnspecified ? "(duplicate address detection)" : $"from {envelope.Source}";
                return $"{what} for {IpAddress.FromBytes(icmp.Bytes.Slice(8, 16))} {asker}";
            case Icmpv6Type.NeighborAdvertisement:
                return $"{what} of {IpAddress.FromBytes(icmp.Bytes.Slice(8, 16))}{(mac is null ? "" : $" at {mac}")}";
            case Icmpv6Type.Redirect:
                return $"{what} from {envelope.Source}: {IpAddress.FromBytes(icmp.Bytes.Slice(24, 16))} is reached by {IpAddress.FromBytes(icmp.Bytes.Slice(8, 16))}";
            case Icmpv6Type.RouterAdvertisement:
                return FieldText.Invariant($"{what} from {envelope.Source} lifetime={BitField.Read(icmp.Bytes, 48, 16)}s{prefixes}");
            default:
                return $"{what} from {envelope.Source}";
        }
    }
}
