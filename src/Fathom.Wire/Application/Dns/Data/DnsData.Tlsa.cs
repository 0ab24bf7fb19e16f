namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>TLSA (RFC 6698 §2.1), and SMIMEA of the same form (RFC 8162).</summary>
    /// <param name="Usage">0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE (RFC 7218).</param>
    /// <param name="Selector">0 the whole certificate, 1 its public key.</param>
    /// <param name="MatchingType">0 the octets themselves, 1 SHA-256, 2 SHA-512.</param>
    /// <param name="AssociationData">What the certificate or key is compared with.</param>
    public sealed record Tlsa(byte Usage, byte Selector, byte MatchingType, ReadOnlyMemory<byte> AssociationData) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Usage} {Selector} {MatchingType} {Convert.ToHexString(AssociationData.Span)}");

        /// <inheritdoc/>
        public bool Equals(Tlsa? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static Tlsa ReadFrom(ref DnsReader reader)
            => new(reader.ReadByte("certificate usage"), reader.ReadByte("selector"), reader.ReadByte("matching type"), reader.ReadRest());

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteByte(Usage);
            writer.WriteByte(Selector);
            writer.WriteByte(MatchingType);
            writer.WriteBytes(AssociationData.Span);
        }
    }
}
