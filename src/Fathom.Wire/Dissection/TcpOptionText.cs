using System.Globalization;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>TCP options as fields.</summary>
internal static class TcpOptionText
{
    /// <summary>The field's name, clause, number (the option's value where it is one), and text.</summary>
    internal static (string Name, string Spec, ulong? Number, string Text) Describe(TcpOption option)
    {
        var (name, spec) = Name(option.Kind);
        if (option.TryGetMaximumSegmentSize(out var size)) return (name, spec, size, FieldText.Octets(size));
        if (option.TryGetWindowScale(out var shift)) return (name, spec, shift, FieldText.Invariant($"{shift} (multiply by {1UL << Math.Min(shift, (byte)14)})"));
        if (option.TryGetTimestamps(out var stamps)) return (name, spec, null, FieldText.Invariant($"value {stamps.Value}, echo reply {stamps.EchoReply}"));
        if (option.TryGetUserTimeout(out var seconds)) return (name, spec, seconds, FieldText.Seconds(seconds));
        if (option.SackBlockCount > 0) return (name, spec, null, Blocks(option));
        return option.Kind switch
        {
            TcpOptionKind.EndOfList => (name, spec, null, "end of options"),
            TcpOptionKind.NoOperation => (name, spec, null, "no operation"),
            TcpOptionKind.SackPermitted when option.Bytes.Length == 2 => (name, spec, null, "permitted"),
            TcpOptionKind.FastOpen when option.Data.IsEmpty => (name, spec, null, "cookie request"),
            _ => (name, spec, null, name == "option"
                ? FieldText.Invariant($"kind {(byte)option.Kind}: {FieldText.Bytes(option.Data)}")
                : FieldText.Bytes(option.Data)),
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

    private static (string Name, string Spec) Name(TcpOptionKind kind) => kind switch
    {
        TcpOptionKind.EndOfList => ("endOfOptions", "RFC 9293 §3.2"),
        TcpOptionKind.NoOperation => ("noOperation", "RFC 9293 §3.2"),
        TcpOptionKind.MaximumSegmentSize => ("maximumSegmentSize", "RFC 9293 §3.7.1"),
        TcpOptionKind.WindowScale => ("windowScale", "RFC 7323 §2"),
        TcpOptionKind.SackPermitted => ("sackPermitted", "RFC 2018 §2"),
        TcpOptionKind.Sack => ("sack", "RFC 2018 §3"),
        TcpOptionKind.Timestamps => ("timestamps", "RFC 7323 §3"),
        TcpOptionKind.Md5Signature => ("md5Signature", "RFC 2385"),
        TcpOptionKind.QuickStart => ("quickStart", "RFC 4782"),
        TcpOptionKind.UserTimeout => ("userTimeout", "RFC 5482"),
        TcpOptionKind.Authentication => ("authentication", "RFC 5925"),
        TcpOptionKind.MultipathTcp => ("multipathTcp", "RFC 8684"),
        TcpOptionKind.FastOpen => ("fastOpen", "RFC 7413"),
        TcpOptionKind.EncryptionNegotiation => ("encryptionNegotiation", "RFC 8547"),
        TcpOptionKind.AccurateEcn0 or TcpOptionKind.AccurateEcn1 => ("accurateEcn", "RFC 9768"),
        TcpOptionKind.Experiment1 or TcpOptionKind.Experiment2 => ("experiment", "RFC 6994"),
        _ => ("option", "RFC 9293 §3.2"),
    };
}
