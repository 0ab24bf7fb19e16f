using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Answers which dissector an IP protocol number has.</summary>
internal static class UpperDissector
{
    /// <summary>Dissects what the number names; null if it names nothing known here, and then the bytes are data.</summary>
    internal static string? Dissect(DissectionContext context, IpProtocol protocol, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var isTunnel = protocol is IpProtocol.Ipv4 or IpProtocol.Ipv6 or IpProtocol.Ah;
        if (isTunnel && !context.MayGoDeeper(place)) protocol = IpProtocol.NoNextHeader;
        switch (protocol)
        {
            case IpProtocol.Tcp: return TcpDissector.Dissect(context, bytes, place, envelope);
            case IpProtocol.Udp: return UdpDissector.Dissect(context, bytes, place, envelope);
            case IpProtocol.Icmp: return IcmpDissector.Dissect(context, bytes, place, envelope);
            case IpProtocol.Icmpv6: return Icmpv6Dissector.Dissect(context, bytes, place, envelope);
            case IpProtocol.Ipv4: return Ipv4Dissector.Dissect(context, bytes, place);
            case IpProtocol.Ipv6: return Ipv6Dissector.Dissect(context, bytes, place);
            case IpProtocol.Igmp: return IgmpDissector.Dissect(context, bytes, place, envelope);
            case IpProtocol.Esp: return SecurityDissector.DissectPayload(context, bytes, place, envelope);
            case IpProtocol.Ah: return DissectAuthentication(context, bytes, place, envelope);
            case IpProtocol.Hip: return MobilityDissector.DissectHostIdentity(context, bytes, place, envelope);
            default:
                context.AddData(bytes, place);
                return null;
        }
    }

    /// <summary>An authentication header in IPv4; in IPv6 it is found among the extension headers.</summary>
    private static string? DissectAuthentication(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("ah", place);
        if (!AuthenticationHeader.TryRead(bytes, out var header, out var error))
            return context.Damaged(layer, place, "AH", AuthenticationHeader.Layout, bytes, SecurityDissector.Format, error);

        SecurityDissector.AddAuthentication(layer, bytes[..header.HeaderLength]);
        layer.HeaderLength = layer.Length = header.HeaderLength;
        layer.Summary = $"AH {header.NextHeader.Describe()}";
        return Dissect(context, header.NextHeader, bytes[header.HeaderLength..], place.Skip(header.HeaderLength), envelope);
    }
}
