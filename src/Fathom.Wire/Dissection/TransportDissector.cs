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
        var dissector = place.IsQuoted ? null : context.Applications.Find(transport, sourcePort, destinationPort)
            ?? (transport == IpProtocol.Tcp && HttpDissector.LooksLike(payload) ? HttpDissector.Instance : null);
        if (dissector is not null) return DissectAs(context, dissector, transport, payload, place, route);
        context.AddData(payload, place);
        return null;
    }

    /// <summary>Dissects a payload, or the whole messages in it, as one protocol's; null where it is not that one's, and then it is data.</summary>
    internal static string? DissectAs(
        DissectionContext context, IApplicationDissector dissector, IpProtocol transport, ReadOnlySpan<byte> payload, Place place, string route)
    {
        var layer = new LayerWriter(dissector.Protocol, place) { HeaderLength = payload.Length, Length = payload.Length };
        if (!dissector.TryDissect(transport, payload, layer, out var summary, out var fault))
        {
            context.AddData(payload, place);
            return null;
        }

        context.ReportUnlessCut(fault, place);
        layer.Summary = $"{dissector.Name} {summary}";
        context.Add(layer);
        return $"{dissector.Name} {route} {summary}";
    }

    /// <summary>The summary of a header that is cut behind its ports.</summary>
    internal static string? WithPorts(string name, ReadOnlySpan<byte> bytes, IpEnvelope envelope) => bytes.Length < 4
        ? null
        : $"{name} {envelope.RouteOf(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))}";
}
