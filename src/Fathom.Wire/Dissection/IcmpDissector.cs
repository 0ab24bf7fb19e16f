using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects ICMP, and the packets that its errors quote.</summary>
internal static class IcmpDissector
{
    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("icmp", place);
        if (!IcmpMessage.TryRead(bytes, out var icmp, out var error))
            return context.Damaged(layer, place, "ICMP", IcmpMessage.Layout, bytes, Format, error);

        layer.AddFields(IcmpMessage.LayoutOf(icmp.Type), bytes, Format);
        var meaning = IcmpText.Describe(icmp.Type, icmp.Code);
        if (meaning != icmp.Type.Describe()) layer.SetText("code", FieldText.Named(meaning, icmp.Code));
        if (layer.KeepsFields) layer.SetText("checksum", FieldText.Checksum(icmp.Checksum, place.IsCut ? null : icmp.ChecksumIsValid));
        layer.HeaderLength = Math.Min(bytes.Length, EndOf(IcmpMessage.LayoutOf(icmp.Type)));
        layer.Length = bytes.Length;
        layer.Summary = Summarize(icmp, envelope);
        if (!icmp.IsError)
        {
            DissectBody(context, layer, icmp, place);
            return layer.Summary;
        }

        var body = place.Skip(IcmpMessage.HeaderLength);
        IcmpExtensionDissector.Add(context, layer, icmp.Extensions, IcmpMessage.HeaderLength + icmp.QuotedPacket.Length, place.IsCut);
        var quoted = DissectQuoted(context, icmp.QuotedPacket, body);
        return quoted is null ? layer.Summary : $"{layer.Summary} about {quoted}";
    }

    /// <summary>Octets that a layout's rows take.</summary>
    internal static int EndOf(ReadOnlySpan<FieldSpec> layout) => (layout[^1].BitOffset + layout[^1].BitLength) / 8;

    private static void DissectBody(DissectionContext context, LayerWriter layer, IcmpMessage icmp, Place place)
    {
        var bytes = icmp.Bytes;
        WireError error = default;
        switch (icmp.Type)
        {
            case IcmpType.TimestampRequest or IcmpType.TimestampReply:
                IcmpTimestamp.TryRead(bytes, out _, out error);
                break;
            case IcmpType.AddressMaskRequest or IcmpType.AddressMaskReply:
                IcmpAddressMask.TryRead(bytes, out _, out error);
                break;
            case IcmpType.RouterAdvertisement:
                AddRouters(layer, bytes);
                IcmpRouterAdvertisement.TryRead(bytes, out _, out error);
                break;
            case IcmpType.ExtendedEchoRequest:
                IcmpExtensionDissector.Add(context, layer, icmp.Extensions, ExtendedEchoRequest.FixedLength, place.IsCut);
                layer.HeaderLength = bytes.Length;
                break;
        }

        context.ReportUnlessCut(error, place);
        context.AddData(bytes[layer.HeaderLength..], place.Skip(layer.HeaderLength));
    }

    // As many entries as the message has room for, though it may count more.
    private static void AddRouters(LayerWriter layer, ReadOnlySpan<byte> bytes)
    {
        var size = Math.Max((byte)IcmpRouterAdvertisement.MinEntryWords, bytes[5]) * 4;
        var at = IcmpRouterAdvertisement.FixedLength;
        for (var i = 0; i < bytes[4] && at + size <= bytes.Length; i++, at += size)
        {
            var entry = bytes.Slice(at, size);
            var address = IpAddress.FromBytes(entry[..4]);
            layer.AddElement(
                IcmpRouterAdvertisement.EntryLayout, at, entry, null, FieldText.Invariant($"{address}, preference {(int)BitField.Read(entry, 32, 32)}"), Format);
        }

        layer.HeaderLength = at;
    }

    /// <summary>Dissects a quoted packet, whichever version it is; null where nothing is quoted.</summary>
    internal static string? DissectQuoted(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        place = place with { IsQuoted = true, IsCut = true };
        if (bytes.IsEmpty || !context.MayGoDeeper(place)) return null;
        var summary = NetworkDissector.Dissect(context, LinkEnvelope.TypeOfRawIp(bytes), bytes, place);
        if (summary is null) context.AddData(bytes, place);
        return summary;
    }

    private static string Summarize(IcmpMessage icmp, IpEnvelope envelope)
    {
        var what = $"ICMP {IcmpText.Describe(icmp.Type, icmp.Code)}";
        return icmp.Type switch
        {
            IcmpType.EchoRequest or IcmpType.EchoReply or IcmpType.TimestampRequest or IcmpType.TimestampReply =>
                FieldText.Invariant($"{what} {envelope.Route} id={icmp.Identifier} seq={icmp.SequenceNumber}"),
            IcmpType.ExtendedEchoRequest or IcmpType.ExtendedEchoReply =>
                FieldText.Invariant($"{what} {envelope.Route} id={icmp.Identifier} seq={icmp.SequenceNumber >> 8}"),
            IcmpType.DestinationUnreachable when icmp.Code == (byte)IcmpUnreachableCode.FragmentationNeeded =>
                FieldText.Invariant($"{what} (next hop MTU {icmp.NextHopMtu}) from {envelope.Source}"),
            IcmpType.Redirect => $"{what} from {envelope.Source}: use {icmp.Gateway}",
            _ when icmp.IsError => $"{what} from {envelope.Source}",
            _ => $"{what} {envelope.Route}",
        };
    }

    /// <summary>The neighbor table's state in an extended echo reply (RFC 8335 §3).</summary>
    internal static FieldWords NeighborState(ulong state) => FieldText.Named(
        state switch
        {
            0 => "reserved",
            1 => "incomplete",
            2 => "reachable",
            3 => "stale",
            4 => "delay",
            5 => "probe",
            6 => "failed",
            _ => "unknown",
        },
        state);

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "type" => FieldText.Named(((IcmpType)value).Describe(), value),
        "checksum" => FieldText.Hex(value, 4),
        "quotedLength" => FieldText.Octets(4 * value),
        "gateway" or "addressMask" or "router.address" => FieldText.Address4(value),
        "router.preference" => FieldText.Invariant($"{(int)value}"),
        "lifetime" => FieldText.Seconds((uint)value),
        "entrySize" => FieldText.Octets(4 * value),
        // RFC 792: milliseconds since midnight UTC, unless the first bit is set.
        "originate" or "receive" or "transmit" => (value & 0x8000_0000) != 0 ? FieldText.Hex(value, 8) : FieldText.Invariant($"{value} ms since midnight UTC"),
        "state" => NeighborState(value),
        _ => null,
    };
}
