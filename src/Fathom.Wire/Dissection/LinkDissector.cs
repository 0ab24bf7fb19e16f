using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the link's part of a frame. Every method answers the packet's summary.</summary>
internal static class LinkDissector
{
    private const string CookedSpec = "LINKTYPE_LINUX_SLL";
    private const string CookedV2Spec = "LINKTYPE_LINUX_SLL2";

    private static readonly FieldSpec[] CookedRows =
    [
        new("packetType", 0, 16, CookedSpec), new("hardwareType", 16, 16, CookedSpec), new("addressLength", 32, 16, CookedSpec),
        new("address", 48, 64, CookedSpec), new("protocol", 112, 16, CookedSpec),
    ];

    private static readonly FieldSpec[] CookedV2Rows =
    [
        new("protocol", 0, 16, CookedV2Spec), new("reserved", 16, 16, CookedV2Spec), new("interfaceIndex", 32, 32, CookedV2Spec),
        new("hardwareType", 64, 16, CookedV2Spec), new("packetType", 80, 8, CookedV2Spec), new("addressLength", 88, 8, CookedV2Spec),
        new("address", 96, 64, CookedV2Spec),
    ];

    private static readonly FieldSpec[] FamilyRows = [new("addressFamily", 0, 32, "LINKTYPE_NULL")];

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
                return DissectEnvelope(context, frame, "loopback", LinkEnvelope.FamilyLength, FamilyRows);
            case LinkType.LinuxCooked:
                return DissectEnvelope(context, frame, "linux-cooked", LinkEnvelope.CookedLength, CookedRows);
            case LinkType.LinuxCookedV2:
                return DissectEnvelope(context, frame, "linux-cooked", LinkEnvelope.CookedV2Length, CookedV2Rows);
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

    private static string DissectEnvelope(DissectionContext context, ReadOnlySpan<byte> frame, string protocol, int length, FieldSpec[] rows)
    {
        var place = new Place(0);
        var layer = context.Begin(protocol, place);
        if (frame.Length < length)
            return context.Damaged(layer, place, protocol, rows, frame, null, WireError.TooShort(protocol, 0, length, frame.Length, "header"));

        var type = length == LinkEnvelope.FamilyLength
            ? LinkEnvelope.TypeOfFamily(frame)
            : LinkEnvelope.TypeOfCooked(frame, length == LinkEnvelope.CookedV2Length);
        layer.AddFields(rows, frame[..length], static (name, value) => name == "protocol" ? FieldText.TypeOrLength(value) : null);
        layer.HeaderLength = length;
        layer.Length = frame.Length;
        layer.Summary = $"{protocol} {(type == EtherType.None ? "unknown protocol" : type.Describe())}";
        return DissectTyped(context, type, frame[length..], place.Skip(length)) ?? layer.Summary;
    }

    private static string DissectEthernet(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("ethernet", place);
        if (!EthernetFrame.TryReadTruncated(bytes, out var frame, out var error))
            return context.Damaged(layer, place, "Ethernet", EthernetFrame.Layout, bytes, FormatType, error);

        context.Report(error, place);
        layer.AddFields(EthernetFrame.Layout, bytes, FormatType);
        layer.HeaderLength = EthernetFrame.HeaderLength;
        layer.Length = EthernetFrame.HeaderLength + frame.Payload.Length;
        var what = frame.IsLengthFrame ? "802.3" : frame.EtherType.Describe();
        layer.Summary = $"Ethernet {frame.Source} → {frame.Destination} {what}";
        var inner = frame.IsLengthFrame
            ? LlcDissector.Dissect(context, frame.Payload, place.Skip(EthernetFrame.HeaderLength))
            : DissectTyped(context, frame.EtherType, frame.Payload, place.Skip(EthernetFrame.HeaderLength));
        var end = frame.IsLengthFrame ? layer.Length : context.NetworkEnd;
        if (end >= 0 && end < bytes.Length)
            layer.AddOctets("padding", end, bytes.Length - end, null, FieldText.Bytes(bytes[end..]), "IEEE 802.3 §3.2.8");
        return inner ?? $"{layer.Summary} len={FieldText.Invariant($"{frame.Payload.Length}")}";
    }

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

    private static string? FormatType(string name, ulong value) => name == "typeOrLength" ? FieldText.TypeOrLength(value) : null;
}
