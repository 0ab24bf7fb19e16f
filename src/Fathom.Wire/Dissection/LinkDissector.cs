using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the link's part of a frame. Every method answers the packet's summary.</summary>
internal static class LinkDissector
{
    internal static string Dissect(DissectionContext context, int linkType, ReadOnlySpan<byte> frame)
    {
        var place = new Place(0);
        switch (linkType)
        {
            case LinkType.Ethernet:
                return DissectEthernet(context, frame, place);
            case LinkType.RawIp or LinkType.Ipv4 or LinkType.Ipv6:
                return DissectRawIp(context, frame, place);
            case LinkType.Null or LinkType.Loop:
                return DissectLoopback(context, frame, place);
            case LinkType.LinuxCooked:
                return DissectCooked(context, frame, place);
            case LinkType.LinuxCookedV2:
                return DissectCookedV2(context, frame, place);
            default:
                context.AddData(frame, place);
                return FieldText.Invariant($"link type {linkType}, {frame.Length} octets");
        }
    }

    private static string DissectRawIp(DissectionContext context, ReadOnlySpan<byte> frame, Place place)
    {
        var type = LinkEnvelope.TypeOfRawIp(frame);
        if (type != EtherType.None) return NetworkDissector.Dissect(context, type, frame, place) ?? "";
        context.Report(frame.IsEmpty
            ? WireError.TooShort("IP", 0, 1, 0, "version")
            : WireError.BadVersion("IP", 0, "the version field is neither 4 nor 6"), place);
        context.AddData(frame, place);
        return "IP, damaged";
    }

    private static string DissectLoopback(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("loopback", place);
        if (!LoopbackFrame.TryRead(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "loopback", LoopbackFrame.Layout, bytes, null, error);

        layer.Add(LoopbackFrame.Layout[0], frame.AddressFamily, FieldText.Named(frame.EtherType == EtherType.None ? "unknown" : frame.EtherType.Describe(), frame.AddressFamily));
        return DissectEnveloped(context, layer, LoopbackFrame.HeaderLength, frame.EtherType, false, frame.Payload, place);
    }

    private static string DissectCooked(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("linux-cooked", place);
        if (!CookedFrame.TryRead(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "linux-cooked", CookedFrame.Layout, bytes, FormatCooked, error);

        AddCooked(layer, CookedFrame.Layout, bytes, frame.Address);
        return DissectEnveloped(context, layer, CookedFrame.HeaderLength, frame.EtherType, frame.IsLlc, frame.Payload, place);
    }

    private static string DissectCookedV2(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("linux-cooked", place);
        if (!CookedFrameV2.TryRead(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "linux-cooked", CookedFrameV2.Layout, bytes, FormatCooked, error);

        AddCooked(layer, CookedFrameV2.Layout, bytes, frame.Address);
        return DissectEnveloped(context, layer, CookedFrameV2.HeaderLength, frame.EtherType, frame.IsLlc, frame.Payload, place);
    }

    private static string DissectEnveloped(
        DissectionContext context, LayerWriter layer, int headerLength, EtherType type, bool isLlc, ReadOnlySpan<byte> payload, Place place)
    {
        layer.HeaderLength = headerLength;
        layer.Length = headerLength + payload.Length;
        layer.Summary = $"{layer.Protocol} {(isLlc ? "LLC" : type == EtherType.None ? "unknown protocol" : type.Describe())}";
        var inner = place.Skip(headerLength);
        return (isLlc ? LlcDissector.Dissect(context, payload, inner) : DissectTyped(context, type, payload, inner)) ?? layer.Summary;
    }

    // The address's place has eight octets, of which the address may take fewer.
    private static void AddCooked(LayerWriter layer, ReadOnlySpan<FieldSpec> layout, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> address)
    {
        for (var i = 0; i < layout.Length; i++)
        {
            var row = layout[i];
            if (row.Name != "address")
            {
                layer.AddFields(layout.Slice(i, 1), bytes, FormatCooked);
                continue;
            }

            var at = row.BitOffset / 8;
            var text = address.Length == MacAddress.Length ? MacAddress.FromBytes(address).ToString() : FieldText.Bytes(address);
            if (!address.IsEmpty) layer.AddOctets(row.Name, at, address.Length, null, text, row.Spec);
            var unused = CookedFrame.MaxAddressLength - address.Length;
            if (unused > 0) layer.AddOctets("unused", at + address.Length, unused, null, FieldText.Bytes(bytes.Slice(at + address.Length, unused)), row.Spec);
        }
    }

    private static FieldWords FormatCooked(string name, ulong value) => name switch
    {
        "protocol" => value == CookedProtocol.Llc ? "LLC (0x0004)" : FieldText.TypeOrLength(value),
        "packetType" => FieldText.Named(
            (CookedPacketType)value switch
            {
                CookedPacketType.ToHost => "to this host",
                CookedPacketType.Broadcast => "broadcast",
                CookedPacketType.Multicast => "multicast",
                CookedPacketType.ToOther => "to another host",
                CookedPacketType.Outgoing => "from this host",
                _ => "unknown",
            },
            value),
        "hardwareType" => value switch { 1 => "Ethernet (1)", 512 => "PPP (512)", 772 => "loopback (772)", _ => null },
        "addressLength" => FieldText.Octets(value),
        _ => null,
    };

    private static string DissectEthernet(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("ethernet", place);
        if (!EthernetFrame.TryReadTruncated(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "Ethernet", EthernetFrame.Layout, bytes, FormatType, error);

        context.Report(error, place);
        layer.AddFields(EthernetFrame.Layout, bytes, FormatType);
        layer.HeaderLength = EthernetFrame.HeaderLength;
        layer.Length = EthernetFrame.HeaderLength + frame.Payload.Length;
        if (layer.KeepsFields) layer.Summary = Summarize(frame);
        var inner = frame.IsLengthFrame
            ? LlcDissector.Dissect(context, frame.Payload, place.Skip(EthernetFrame.HeaderLength))
            : DissectTyped(context, frame.EtherType, frame.Payload, place.Skip(EthernetFrame.HeaderLength));
        var end = frame.IsLengthFrame ? layer.Length : context.NetworkEnd;
        if (context.KeepsFields && end >= 0 && end < bytes.Length)
            layer.AddOctets("padding", end, bytes.Length - end, null, FieldText.Bytes(bytes[end..]), "IEEE 802.3 §3.2.8");
        return inner ?? FieldText.Invariant($"{Summarize(frame)} len={frame.Payload.Length}");
    }

    private static string Summarize(EthernetFrame frame)
        => $"Ethernet {frame.Source} → {frame.Destination} {(frame.IsLengthFrame ? "802.3" : frame.EtherType.Describe())}";

    /// <summary>Goes through VLAN tags to the network layer; null if that is not known, and then its bytes are data.</summary>
    private static string? DissectTyped(DissectionContext context, EtherType type, ReadOnlySpan<byte> bytes, Place place)
    {
        for (var tags = 0; type.IsVlanTag() && tags < LinkEnvelope.MaxVlanTags; tags++)
        {
            var layer = context.Begin("vlan", place);
            if (!VlanTag.TryReadTruncated(bytes, out var tag, out var error))
                return context.Damaged(layer, place, "VLAN", VlanTag.Layout, bytes, FormatType, error);

            context.Report(error, place);
            layer.AddFields(VlanTag.Layout, bytes, FormatType);
            layer.HeaderLength = layer.Length = VlanTag.HeaderLength;
            layer.Summary = FieldText.Invariant($"VLAN {tag.VlanId} {FieldText.TypeOrLength(tag.TypeOrLength)}");
            type = tag.EtherType;
            bytes = tag.Payload;
            place = place.Skip(VlanTag.HeaderLength);
            if (type == EtherType.None) return LlcDissector.Dissect(context, bytes, place);
        }

        var summary = NetworkDissector.Dissect(context, type, bytes, place);
        if (summary is null) context.AddData(bytes, place);
        return summary;
    }

    private static FieldWords FormatType(string name, ulong value) => name switch
    {
        "typeOrLength" => FieldText.TypeOrLength(value),
        "vlanId" when value == 0 => "0 (priority only)",
        "vlanId" when value == 0xFFF => "4095 (reserved)",
        _ => null,
    };
}
