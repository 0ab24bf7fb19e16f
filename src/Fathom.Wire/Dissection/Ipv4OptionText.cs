using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>IPv4 options as fields.</summary>
internal static class Ipv4OptionText
{
    /// <summary>Adds every option of a packet, down to the fault.</summary>
    internal static void Add(DissectionContext context, LayerWriter layer, Ipv4Packet packet, Place place)
    {
        var walk = packet.EnumerateOptions();
        while (walk.MoveNext())
        {
            if (!layer.KeepsFields) continue;
            var option = walk.Current;
            layer.AddElement(
                Ipv4OptionLayouts.Of(option), Ipv4Packet.MinHeaderLength + option.Offset, option.Bytes, (byte)option.Type, Describe(option), Format);
        }

        context.Report(walk.Error, place.Skip(Ipv4Packet.MinHeaderLength));
    }

    private static string Describe(Ipv4Option option)
    {
        switch (option.Type)
        {
            case Ipv4OptionType.EndOfList: return "end of options";
            case Ipv4OptionType.NoOperation: return "no operation";
            case Ipv4OptionType.RecordRoute or Ipv4OptionType.LooseSourceRoute or Ipv4OptionType.StrictSourceRoute when option.Data.Length % 4 == 1:
                var addresses = new List<string>();
                for (var at = 1; at + 4 <= option.Data.Length; at += 4) addresses.Add(IpAddress.FromBytes(option.Data.Slice(at, 4)).ToString());
                return FieldText.Invariant($"{string.Join(", ", addresses)} (pointer {option.Data[0]})");
            case Ipv4OptionType.RouterAlert when option.Data.Length == 2:
                return (option.Data[0] | option.Data[1]) == 0 ? "every router shall look at the packet" : FieldText.Bytes(option.Data);
            case Ipv4OptionType.Timestamp when option.Data.Length >= 2:
                return FieldText.Invariant($"{TimestampFlag((uint)option.Data[1] & 0x0F)} (pointer {option.Data[0]})");
            default: return FieldText.Bytes(option.Data);
        }
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "timestamp.flag" => FieldText.Named(TimestampFlag(value), value),
        "timestamp.overflow" => FieldText.Invariant($"{value} routers had no room"),
        // RFC 791 §3.1: milliseconds since midnight UTC, unless the first bit is set.
        "timestamp.timestamp" => (value & 0x8000_0000) != 0 ? FieldText.Hex(value, 8) : FieldText.Invariant($"{value} ms since midnight UTC"),
        "security.classification" => value switch
        {
            0x3D => "top secret (0x3d)",
            0x5A => "secret (0x5a)",
            0x96 => "confidential (0x96)",
            0xAB => "unclassified (0xab)",
            _ => FieldText.Hex(value, 2),
        },
        "quickStart.function" => value switch { 0 => "rate request (0)", 8 => "report of approved rate (8)", _ => null },
        "quickStart.nonce" => FieldText.Hex(value, 8),
        "mtuProbe.mtu" or "mtuReply.mtu" => FieldText.Octets(value),
        _ when name.EndsWith(".address", StringComparison.Ordinal) || name == "traceroute.originator" => FieldText.Address4(value),
        _ => null,
    };

    private static string TimestampFlag(ulong flag) => flag switch
    {
        0 => "timestamps only",
        1 => "each with its address",
        3 => "of the addresses given",
        _ => "unknown",
    };
}
