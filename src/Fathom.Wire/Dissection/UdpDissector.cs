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
        bool? valid = error.IsError ? null : udp.ChecksumIsValid(envelope.Source, envelope.FinalDestination);
        layer.SetText("checksum", udp.HasChecksum ? FieldText.Checksum(udp.Checksum, valid) : "none");
        layer.HeaderLength = UdpDatagram.HeaderLength;
        layer.Length = udp.Bytes.Length;
        var route = envelope.RouteOf(udp.SourcePort, udp.DestinationPort);
        layer.Summary = place.IsQuoted ? $"UDP {route}" : FieldText.Invariant($"UDP {route} len={udp.Payload.Length}");
        var application = TransportDissector.DissectPayload(
            context, IpProtocol.Udp, udp.SourcePort, udp.DestinationPort, udp.Payload, place.Skip(UdpDatagram.HeaderLength), route);
        return application ?? layer.Summary;
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "length" => FieldText.Octets(value),
        "checksum" => FieldText.Hex(value, 4),
        _ => null,
    };
}
