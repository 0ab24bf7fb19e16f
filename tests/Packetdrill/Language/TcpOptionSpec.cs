using System.Globalization;

namespace Packetdrill.Language;

/// <summary>A TCP option as a script writes it.</summary>
internal abstract record TcpOptionSpec
{
    private TcpOptionSpec()
    {
    }

    internal sealed record NoOperation : TcpOptionSpec
    {
        public override string ToString() => "nop";
    }

    internal sealed record EndOfList : TcpOptionSpec
    {
        public override string ToString() => "eol";
    }

    internal sealed record MaximumSegmentSize(ushort Size) : TcpOptionSpec
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"mss {Size}");
    }

    internal sealed record WindowScale(byte Shift) : TcpOptionSpec
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"wscale {Shift}");
    }

    internal sealed record SackPermitted : TcpOptionSpec
    {
        public override string ToString() => "sackOK";
    }

    internal sealed record Sack(IReadOnlyList<(uint Left, uint Right)> Blocks) : TcpOptionSpec
    {
        public override string ToString() => "sack " + string.Join(' ', Blocks.Select(static b => string.Create(CultureInfo.InvariantCulture, $"{b.Left}:{b.Right}")));
    }

    internal sealed record Timestamps(uint Value, uint Echo) : TcpOptionSpec
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"TS val {Value} ecr {Echo}");
    }

    /// <summary>Any other option, by its kind and its data.</summary>
    internal sealed record Other(byte Kind, string Name, IReadOnlyList<byte> Data) : TcpOptionSpec
    {
        public override string ToString() => Data.Count == 0 ? Name : Name + " " + Convert.ToHexStringLower([.. Data]);
    }
}
