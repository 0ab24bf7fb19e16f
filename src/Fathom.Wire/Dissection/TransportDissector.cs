using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>What TCP's and UDP's dissectors share.</summary>
internal static class TransportDissector
{
    /// <summary>Dissects a payload by its ports; null where no application is known, and then it is data.</summary>
    internal static string? DissectPayload(
        DissectionContext context, IpProtocol transport, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload, Place place, string route)
    {
        if (payload.IsEmpty) return null;
        var dissector = place.IsQuoted ? null : Find(context.Applications, transport, sourcePort, destinationPort, payload);
        if (dissector is not null)
        {
            var layer = new LayerWriter(dissector.Protocol, place) { HeaderLength = payload.Length, Length = payload.Length };
            if (dissector.TryDissect(transport, payload, layer, out var summary, out var fault))
            {
                context.ReportUnlessCut(fault, place);
                layer.Summary = $"{dissector.Name} {summary}";
                context.Add(layer);
                return $"{dissector.Name} {route} {summary}";
            }
        }

        context.AddData(payload, place);
        return null;
    }

    /// <summary>Finds what reads a payload, by its ports or its first octets; null if that is nobody.</summary>
    internal static IApplicationDissector? Find(ApplicationDissectors applications, IpProtocol transport, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
        => applications.Find(transport, sourcePort, destinationPort)
            ?? (transport == IpProtocol.Tcp && HttpDissector.LooksLike(payload) ? HttpDissector.Instance : null);

    /// <summary>The summary of a header that is cut behind its ports.</summary>
    internal static string? WithPorts(string name, ReadOnlySpan<byte> bytes, IpEnvelope envelope) => bytes.Length < 4
        ? null
        : $"{name} {envelope.RouteOf(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))}";
}
