namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>NAPTR (RFC 3403 §4.1).</summary>
    /// <param name="Order">Lower is done first, and nothing of a higher one after a match.</param>
    /// <param name="Preference">Lower is preferred among equals in order.</param>
    /// <param name="Flags">What comes next, as letters: "U" a URI, "S" an SRV, "A" an address; at most 255 octets.</param>
    /// <param name="Services">What the rule is for; at most 255 octets.</param>
    /// <param name="RegularExpression">A substitution; at most 255 octets.</param>
    /// <param name="Replacement">The next name, where there is no expression.</param>
    public sealed record Naptr(
        ushort Order,
        ushort Preference,
        ReadOnlyMemory<byte> Flags,
        ReadOnlyMemory<byte> Services,
        ReadOnlyMemory<byte> RegularExpression,
        DnsName Replacement) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line(
            $"{Order} {Preference} {DnsText.Quote(Flags.Span)} {DnsText.Quote(Services.Span)} {DnsText.Quote(RegularExpression.Span)} {Replacement.ToAbsoluteString()}");

        /// <inheritdoc/>
        public bool Equals(Naptr? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static Naptr ReadFrom(ref DnsReader reader) => new(
            reader.ReadUInt16("order"),
            reader.ReadUInt16("preference"),
            reader.ReadString("flags"),
            reader.ReadString("services"),
            reader.ReadString("regular expression"),
            reader.ReadName("replacement"));

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Order);
            writer.WriteUInt16(Preference);
            writer.WriteString(Flags.Span);
            writer.WriteString(Services.Span);
            writer.WriteString(RegularExpression.Span);
            writer.WriteName(Replacement);
        }
    }
}
