using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Options of hop-by-hop and destination options headers as fields.</summary>
internal static class Ipv6OptionText
{
    // Next header and length stand before the options.
    private const int OptionsOffset = 2;

    /// <summary>Adds every option of a header, down to the fault.</summary>
    internal static void Add(DissectionContext context, LayerWriter layer, ReadOnlySpan<byte> header, Place place)
    {
        var walk = new Ipv6OptionEnumerator(header[OptionsOffset..]);
        while (walk.MoveNext())
        {
            if (!layer.KeepsFields) continue;
            var option = walk.Current;
            layer.AddElement(Ipv6OptionLayouts.Of(option), OptionsOffset + option.Offset, option.Bytes, (byte)option.Type, Describe(option), Format);
        }

        context.Report(walk.Error, place.Skip(OptionsOffset));
    }

    private static FieldWords Describe(Ipv6Option option) => option.Type switch
    {
        Ipv6OptionType.Pad1 => "one octet of padding",
        Ipv6OptionType.PadN => FieldText.Invariant($"{option.Bytes.Length} octets of padding"),
        Ipv6OptionType.RouterAlert when option.Data.Length == 2 => Alert(BitField.Read(option.Data, 0, 16)),
        Ipv6OptionType.JumboPayload when option.Data.Length == 4 => FieldText.Octets(BitField.Read(option.Data, 0, 32)),
        Ipv6OptionType.TunnelEncapsulationLimit when option.Data.Length == 1 => FieldText.Invariant($"{option.Data[0]} more tunnels"),
        Ipv6OptionType.HomeAddress when option.Data.Length == 16 => IpAddress.FromBytes(option.Data).ToString(),
        _ => FieldText.Bytes(option.Data),
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "routerAlert.value" => FieldText.Named(Alert(value), value),
        "jumboPayload.payloadLength" or "minimumPathMtu.minimumMtu" => FieldText.Octets(value),
        // RFC 9268 §5: fifteen bits, since the lowest of an MTU is not told.
        "minimumPathMtu.returnMtu" => FieldText.Octets(2 * value),
        "calipso.checksum" => FieldText.Hex(value, 4),
        "quickStart.nonce" => FieldText.Hex(value, 8),
        "ioam.optionType" => value switch
        {
            0 => "pre-allocated trace (0)",
            1 => "incremental trace (1)",
            2 => "proof of transit (2)",
            3 => "edge to edge (3)",
            4 => "direct exporting (4)",
            _ => null,
        },
        _ => null,
    };

    // RFC 2711 §2.1 and the IANA registry of router alert values.
    private static string Alert(ulong value) => value switch
    {
        0 => "multicast listener discovery",
        1 => "RSVP",
        2 => "active networks",
        >= 4 and <= 35 => "aggregated reservation",
        >= 36 and <= 67 => "QoS NSLP aggregation",
        68 => "NSIS NATFW NSLP",
        69 => "MPLS OAM",
        _ => "value",
    };
}
