using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Answers which dissector an EtherType has, and dissects ARP.</summary>
internal static class NetworkDissector
{
    /// <summary>Dissects what the type names; null if it names nothing known here, and then nothing was added.</summary>
    internal static string? Dissect(DissectionContext context, EtherType type, ReadOnlySpan<byte> bytes, Place place) => type switch
    {
        EtherType.Arp or EtherType.Rarp => DissectArp(context, bytes, place),
        EtherType.Ipv4 => Ipv4Dissector.Dissect(context, bytes, place),
        EtherType.Ipv6 => Ipv6Dissector.Dissect(context, bytes, place),
        _ => null,
    };

    private static string DissectArp(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("arp", place);
        if (!ArpPacket.TryRead(bytes, out var arp, out var error))
            return context.Damaged(layer, place, "ARP", ArpPacket.Layout, bytes, FormatArp, error);

        var length = ArpPacket.FixedLength + (2 * (arp.HardwareLength + arp.ProtocolLength));
        if (arp.IsIpv4OverEthernet)
        {
            layer.AddFields(ArpPacket.Layout, bytes[..length], FormatArp);
            layer.Summary = Summarize(arp);
        }
        else
        {
            layer.AddFields(ArpPacket.Layout, bytes[..ArpPacket.FixedLength], FormatArp);
            AddRawAddresses(layer, arp);
            layer.Summary = FieldText.Invariant($"ARP {Operation(arp.Operation)} hardware type {arp.HardwareType}, protocol {arp.ProtocolType.Describe()}");
        }

        layer.HeaderLength = layer.Length = length;
        context.EndNetwork(place.Offset + length);
        return layer.Summary;
    }

    private static void AddRawAddresses(LayerWriter layer, ArpPacket arp)
    {
        var at = ArpPacket.FixedLength;
        Add("senderHardwareAddress", arp.SenderHardwareAddress);
        Add("senderProtocolAddress", arp.SenderProtocolAddress);
        Add("targetHardwareAddress", arp.TargetHardwareAddress);
        Add("targetProtocolAddress", arp.TargetProtocolAddress);

        void Add(string name, ReadOnlySpan<byte> address)
        {
            if (!address.IsEmpty) layer.AddOctets(name, at, address.Length, null, FieldText.Bytes(address), "RFC 826");
            at += address.Length;
        }
    }

    private static string Summarize(ArpPacket arp)
    {
        var sender = arp.SenderAddress;
        var target = arp.TargetAddress;
        return arp.Operation switch
        {
            // RFC 5227 §1.1: a probe has no sender address yet, an announcement asks for its own.
            ArpOperation.Request when sender.IsUnspecified => $"ARP who has {target}? (probe)",
            ArpOperation.Request when sender == target => $"ARP announcement: {sender} is at {arp.SenderMac}",
            ArpOperation.Request => $"ARP who has {target}? tell {sender}",
            ArpOperation.Reply => $"ARP {sender} is at {arp.SenderMac}",
            _ => $"ARP {Operation(arp.Operation)} {sender} ({arp.SenderMac}) to {target} ({arp.TargetMac})",
        };
    }

    private static FieldWords FormatArp(string name, ulong value) => name switch
    {
        "hardwareType" => value == ArpPacket.EthernetHardware ? "Ethernet (1)" : null,
        "protocolType" => FieldText.TypeOrLength(value),
        "hardwareLength" or "protocolLength" => FieldText.Octets(value),
        "operation" => FieldText.Named(Operation((ArpOperation)value), value),
        "senderProtocolAddress" or "targetProtocolAddress" => FieldText.Address4(value),
        _ => null,
    };

    private static string Operation(ArpOperation operation) => operation switch
    {
        ArpOperation.Request => "request",
        ArpOperation.Reply => "reply",
        ArpOperation.ReverseRequest => "reverse request",
        ArpOperation.ReverseReply => "reverse reply",
        ArpOperation.InverseRequest => "inverse request",
        ArpOperation.InverseReply => "inverse reply",
        _ => FieldText.Invariant($"operation {(ushort)operation}"),
    };
}
