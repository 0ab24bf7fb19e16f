using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects UDP.</summary>
internal static class UdpDissector
{
    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("udp", place);
        if (!UdpDatagram.TryReadTruncated(bytes, out var udp, out var error))
        {
            var damaged = context.Damaged(layer, place, "UDP", UdpDatagram.Layout, bytes, Format, error);
            return TransportDissector.WithPorts("UDP", bytes, envelope) ?? damaged;
        }

        context.ReportUnlessCut(error, place);
        layer.AddFields(UdpDatagram.Layout, bytes, Format);
        if (layer.KeepsFields) layer.SetText("checksum", ChecksumText(udp, envelope, isWhole: !error.IsError));
        layer.HeaderLength = UdpDatagram.HeaderLength;
        layer.Length = udp.Bytes.Length;
        var route = envelope.RouteOf(udp.SourcePort, udp.DestinationPort);
        if (layer.KeepsFields) layer.Summary = Summarize(udp, route, place);
        var application = TransportDissector.DissectPayload(
            context, IpProtocol.Udp, udp.SourcePort, udp.DestinationPort, udp.Payload, place.Skip(UdpDatagram.HeaderLength), route);
        return application ?? (layer.KeepsFields ? layer.Summary : Summarize(udp, route, place));
    }

    private static string Summarize(UdpDatagram udp, IpRoute route, Place place) => place.IsQuoted ? $"UDP {route}" : FieldText.Invariant($"UDP {route} len={udp.Payload.Length}");

    private static FieldWords ChecksumText(UdpDatagram udp, IpEnvelope envelope, bool isWhole)
        => !udp.HasChecksum ? "none" : FieldText.Checksum(udp.Checksum, isWhole ? udp.ChecksumIsValid(envelope.Source, envelope.FinalDestination) : null);

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "length" => FieldText.Octets(value),
        "checksum" => FieldText.Hex(value, 4),
        _ => null,
    };
}
