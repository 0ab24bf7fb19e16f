using System.Globalization;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>TCP options as fields.</summary>
internal static class TcpOptionText
{
    /// <summary>Adds an option, and the fields that it is made of where they are several.</summary>
    /// <param name="layer">The TCP layer.</param>
    /// <param name="option">The option.</param>
    internal static void Add(LayerWriter layer, TcpOption option)
    {
        var layout = TcpOptionLayouts.Of(option);
        var (number, words) = Describe(option, layout);
        layer.AddElement(layout, TcpSegment.MinHeaderLength + option.Offset, option.Bytes, number, words, Format);
    }

    /// <summary>The option's value where it is one number, and its text.</summary>
    private static (ulong? Number, FieldWords Words) Describe(TcpOption option, ElementLayout layout)
    {
        if (option.TryGetMaximumSegmentSize(out var size)) return (size, FieldText.Octets(size));
        if (option.TryGetWindowScale(out var shift)) return (shift, FieldText.Invariant($"{shift} (multiply by {1UL << Math.Min(shift, (byte)14)})"));
        if (option.TryGetTimestamps(out var stamps)) return (null, FieldText.Invariant($"value {stamps.Value}, echo reply {stamps.EchoReply}"));
        if (option.TryGetUserTimeout(out var seconds)) return (seconds, FieldText.Seconds(seconds));
        if (option.SackBlockCount > 0) return (null, Blocks(option));
        if (option.TryGetMultipathSubtype(out var subtype)) return ((byte)subtype, Subtype((byte)subtype));
        if (option.TryGetAuthentication(out var key, out var next, out var mac))
            return (null, FieldText.Invariant($"key {key}, next key {next}, MAC {FieldText.Bytes(mac)}"));
        return option.Kind switch
        {
            TcpOptionKind.EndOfList => (null, "end of options"),
            TcpOptionKind.NoOperation => (null, "no operation"),
            TcpOptionKind.SackPermitted when option.Bytes.Length == 2 => (null, "permitted"),
            TcpOptionKind.FastOpen when option.Data.IsEmpty => (null, "cookie request"),
            TcpOptionKind.AccurateEcn0 or TcpOptionKind.AccurateEcn1 => (null, Counters(option, layout)),
            TcpOptionKind.Experiment1 or TcpOptionKind.Experiment2 when TcpExperiment.TryRead(option.Data, out var id, out var length) =>
                (id, $"{TcpExperiment.Describe(id) ?? "experiment " + FieldText.Hex(id, 4)}: {FieldText.Bytes(option.Data[length..])}"),
            _ when layout.Name == "option" => (null, FieldText.Invariant($"kind {(byte)option.Kind}: {FieldText.Bytes(option.Data)}")),
            _ => (null, FieldText.Bytes(option.Data)),
        };
    }

    private static string Blocks(TcpOption option)
    {
        var blocks = new string[option.SackBlockCount];
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = option.GetSackBlock(i);
            blocks[i] = string.Create(CultureInfo.InvariantCulture, $"{block.Left}-{block.Right}");
        }

        return string.Join(", ", blocks);
    }

    // RFC 9768 §3.2.3: the counters' lowest 24 bits, each named by its row.
    private static string Counters(TcpOption option, ElementLayout layout)
    {
        var counters = new List<string>();
        foreach (var row in layout.Fields[2..])
            counters.Add(FieldText.Invariant($"{row.Name} {BitField.Read(option.Bytes, row.BitOffset, row.BitLength)}"));
        return counters.Count == 0 ? "no counters" : string.Join(", ", counters);
    }

    private static string Subtype(ulong subtype) => (MultipathSubtype)subtype switch
    {
        MultipathSubtype.Capable => "capable",
        MultipathSubtype.Join => "join",
        MultipathSubtype.DataSequence => "data sequence signal",
        MultipathSubtype.AddAddress => "add address",
        MultipathSubtype.RemoveAddress => "remove address",
        MultipathSubtype.Priority => "change priority",
        MultipathSubtype.Fail => "fallback",
        MultipathSubtype.FastClose => "fast close",
        MultipathSubtype.Reset => "reset",
        MultipathSubtype.Experiment => "experiment",
        _ => FieldText.Invariant($"subtype {subtype}"),
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "multipathTcp.subtype" => FieldText.Named(Subtype(value), value),
        "multipathTcp.senderKey" or "multipathTcp.receiverKey" or "multipathTcp.truncatedHmac" or "multipathTcp.senderTruncatedHmac" => FieldText.Hex(value, 16),
        "multipathTcp.receiverToken" or "multipathTcp.senderNonce" or "quickStart.nonce" => FieldText.Hex(value, 8),
        "multipathTcp.checksum" => FieldText.Hex(value, 4),
        "multipathTcp.address" => FieldText.Address4(value),
        "multipathTcp.dataLevelLength" => FieldText.Octets(value),
        // RFC 8684 §3.6.
        "multipathTcp.reason" => FieldText.Named(
            value switch
            {
                0 => "unspecified",
                1 => "MPTCP-specific error",
                2 => "lack of resources",
                3 => "administratively prohibited",
                4 => "too much outstanding data",
                5 => "unacceptable performance",
                6 => "middlebox interference",
                _ => "reason",
            },
            value),
        "experiment.experimentId" => $"{TcpExperiment.Describe((uint)value) ?? "unknown"} ({FieldText.Hex(value, 4)})",
        _ => null,
    };
}
