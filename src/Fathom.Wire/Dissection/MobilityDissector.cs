using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the extension headers of protocols that let hosts move: mobile IPv6, HIP, Shim6.</summary>
internal static class MobilityDissector
{
    /// <summary>Adds the fields of an extension header; of one that Fathom does not know, what RFC 6564 says of all.</summary>
    internal static void Add(DissectionContext context, LayerWriter layer, IpProtocol protocol, ReadOnlySpan<byte> bytes, Place place)
    {
        WireError error = default;
        switch (protocol)
        {
            case IpProtocol.Mobility when MobilityHeader.TryRead(bytes, out var header, out error):
                layer.AddFields(MobilityHeader.Layout, bytes, Format);
                layer.SetText("messageType", FieldText.Named(MobilityMessage(header.MessageType), header.MessageType));
                AddRest(layer, "message", header.Message, bytes, "RFC 6275 §6.1.1");
                layer.Summary = $"IPv6 mobility header: {MobilityMessage(header.MessageType)}";
                break;
            case IpProtocol.Hip when HostIdentityHeader.TryRead(bytes, out var header, out error):
                AddHostIdentity(layer, header, bytes);
                break;
            case IpProtocol.Shim6 when Shim6Header.TryRead(bytes, out var header, out error):
                layer.AddFields(Shim6Header.LayoutOf(header.IsPayload), bytes, Format);
                if (!header.IsPayload) layer.SetText("messageType", FieldText.Named(Shim6Message(header.MessageType), header.MessageType));
                layer.Summary = header.IsPayload ? "Shim6 payload" : FieldText.Invariant($"Shim6 {Shim6Message(header.MessageType)}");
                AddRest(layer, "data", bytes[Shim6Header.MinHeaderLength..], bytes, "RFC 5533 §5.3");
                break;
        }

        context.ReportUnlessCut(error, place);
    }

    /// <summary>HIP in IPv4, where it is the payload.</summary>
    internal static string DissectHostIdentity(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("hip", place);
        if (!HostIdentityHeader.TryRead(bytes, out var header, out var error))
            return context.Damaged(layer, place, "HIP", HostIdentityHeader.Layout, bytes, Format, error);

        AddHostIdentity(layer, header, bytes[..header.HeaderLength]);
        layer.HeaderLength = layer.Length = header.HeaderLength;
        return $"{layer.Summary} {envelope.Route}";
    }

    private static void AddHostIdentity(LayerWriter layer, HostIdentityHeader header, ReadOnlySpan<byte> bytes)
    {
        layer.AddFields(HostIdentityHeader.Layout, bytes, Format);
        layer.SetText("packetType", FieldText.Named(HostIdentityPacket(header.PacketType), header.PacketType));
        AddRest(layer, "parameters", header.Parameters, bytes, "RFC 7401 §5.2");
        layer.Summary = $"HIP {HostIdentityPacket(header.PacketType)}";
    }

    private static void AddRest(LayerWriter layer, string name, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> bytes, string spec)
    {
        if (!rest.IsEmpty) layer.AddOctets(name, bytes.Length - rest.Length, rest.Length, null, FieldText.Bytes(rest), spec);
    }

    // RFC 6275 §6.1 and the IANA registry of mobility header types.
    private static string MobilityMessage(ulong type) => type switch
    {
        0 => "binding refresh request",
        1 => "home test init",
        2 => "care-of test init",
        3 => "home test",
        4 => "care-of test",
        5 => "binding update",
        6 => "binding acknowledgment",
        7 => "binding error",
        8 => "fast binding update",
        9 => "fast binding acknowledgment",
        10 => "fast neighbor advertisement",
        12 => "home agent switch",
        13 => "heartbeat",
        14 => "handover initiate",
        15 => "handover acknowledge",
        16 => "binding revocation",
        _ => "message",
    };

    // RFC 7401 §5.3.
    private static string HostIdentityPacket(byte type) => type switch
    {
        1 => "I1",
        2 => "R1",
        3 => "I2",
        4 => "R2",
        16 => "update",
        17 => "notify",
        18 => "close",
        19 => "close acknowledgment",
        _ => "packet",
    };

    // RFC 5533 §5.3.
    private static string Shim6Message(ulong type) => type switch
    {
        1 => "I1",
        2 => "R1",
        3 => "I2",
        4 => "R2",
        5 => "R1bis",
        6 => "I2bis",
        64 => "update request",
        65 => "update acknowledgment",
        66 => "keepalive",
        67 => "probe",
        68 => "error",
        _ => "message",
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "nextHeader" => FieldText.Protocol(value),
        "headerExtensionLength" or "headerLength" => FieldText.Octets(8 * (value + 1)),
        "checksum" or "controls" => FieldText.Hex(value, 4),
        "receiverContextTag" => FieldText.Hex(value, 12),
        _ => null,
    };
}
