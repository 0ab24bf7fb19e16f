using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>What TCP's and UDP's dissectors share.</summary>
internal static class TransportDissector
{
    /// <summary>Dissects a payload by its ports; null where no application is known, and then it is data.</summary>
    internal static string? DissectPayload(
        DissectionContext context, IpProtocol transport, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload, Place place, IpRoute route)
    {
        if (payload.IsEmpty) return null;
        var byPort = context.Applications.Find(transport, sourcePort, destinationPort);
        var summary = byPort is null ? null : DissectAs(context, byPort, transport, payload, place, route);
        var byLook = summary is null ? context.Applications.Recognize(transport, payload) : null;
        if (byLook is not null && byLook != byPort) summary = DissectAs(context, byLook, transport, payload, place, route);
        if (summary is null) context.AddData(payload, place);

        // A quoted packet is named by its addresses and ports: what it carried is often cut.
        return place.IsQuoted ? null : summary;
    }

    /// <summary>Dissects a payload, or the whole messages in it, as one protocol's; null where it is not that one's, and then nothing was added.</summary>
    internal static string? DissectAs(
        DissectionContext context, IApplicationDissector dissector, IpProtocol transport, ReadOnlySpan<byte> payload, Place place, IpRoute route)
    {
        var layer = context.Pool.Take(dissector.Protocol, place, context.KeepsFields);
        layer.HeaderLength = layer.Length = payload.Length;
        if (!dissector.TryDissect(transport, payload, layer, out var summary, out var fault))
        {
            context.Pool.Return(layer);
            return null;
        }

        context.ReportUnlessCut(fault, place);
        if (layer.KeepsFields) layer.Summary = $"{dissector.Name} {summary}";
        context.Add(layer);
        return $"{dissector.Name} {route} {summary}";
    }

    /// <summary>Finds what may read a payload, by its ports or its first octets; null if that is nobody.</summary>
    internal static IApplicationDissector? Find(ApplicationDissectors applications, IpProtocol transport, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
        => applications.Find(transport, sourcePort, destinationPort) ?? applications.Recognize(transport, payload);

    /// <summary>The summary of a header that is cut behind its ports.</summary>
    internal static string? WithPorts(string name, ReadOnlySpan<byte> bytes, IpEnvelope envelope) => bytes.Length < 4
        ? null
        : $"{name} {envelope.RouteOf(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))}";
}
