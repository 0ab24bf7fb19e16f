namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>HINFO (RFC 1035 §3.3.2); also the answer to ANY of servers that give no other (RFC 8482 §4.2).</summary>
    /// <param name="Cpu">At most 255 octets.</param>
    /// <param name="OperatingSystem">At most 255 octets.</param>
    public sealed record HInfo(ReadOnlyMemory<byte> Cpu, ReadOnlyMemory<byte> OperatingSystem) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => $"{DnsText.Quote(Cpu.Span)} {DnsText.Quote(OperatingSystem.Span)}";

        /// <inheritdoc/>
        public bool Equals(HInfo? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteString(Cpu.Span);
            writer.WriteString(OperatingSystem.Span);
        }
    }
}
