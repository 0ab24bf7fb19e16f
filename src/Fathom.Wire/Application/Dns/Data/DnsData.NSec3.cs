namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>NSEC3 (RFC 5155 §3.1): between the owner's hash and the next hash there is nothing.</summary>
    /// <param name="HashAlgorithm">1: SHA-1.</param>
    /// <param name="Flags">0x01: opt-out.</param>
    /// <param name="Iterations">Further rounds of the hash; 0 is best (RFC 9276 §3.1).</param>
    /// <param name="Salt">The salt, at most 255 octets; none is best.</param>
    /// <param name="NextHashedOwner">The next hash, 1 to 255 octets.</param>
    /// <param name="Types">The types that the name with the owner's hash has; compared as a set.</param>
    public sealed record NSec3(
        byte HashAlgorithm,
        byte Flags,
        ushort Iterations,
        ReadOnlyMemory<byte> Salt,
        ReadOnlyMemory<byte> NextHashedOwner,
        IReadOnlyList<DnsType> Types) : DnsData
    {
        /// <summary>Opt-out: names below that are not signed may be missing from the chain.</summary>
        public bool IsOptOut => (Flags & 0x01) != 0;

        /// <inheritdoc/>
        public override string ToPresentation()
            => DnsText.Line($"{HashAlgorithm} {Flags} {Iterations} {DnsText.Hex(Salt.Span)} {DnsText.Base32Hex(NextHashedOwner.Span)}{DnsTypeBitmap.ToText(Types)}");

        /// <inheritdoc/>
        public bool Equals(NSec3? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static NSec3 ReadFrom(ref DnsReader reader)
        {
            var algorithm = reader.ReadByte("hash algorithm");
            var flags = reader.ReadByte("flags");
            var iterations = reader.ReadUInt16("iterations");
            var salt = reader.ReadString("salt");
            var next = reader.ReadString("next hashed owner");
            if (!reader.Failed && next.Length == 0) reader.FailValue("NSEC3: the next hashed owner is empty (RFC 5155 §3.1.7)");
            return new NSec3(algorithm, flags, iterations, salt, next, DnsTypeBitmap.Read(ref reader));
        }

        internal override void WriteTo(DnsWriter writer)
        {
            if (NextHashedOwner.IsEmpty) throw new InvalidOperationException("The next hashed owner of an NSEC3 record has at least one octet (RFC 5155 §3.1.7).");
            writer.WriteByte(HashAlgorithm);
            writer.WriteByte(Flags);
            writer.WriteUInt16(Iterations);
            writer.WriteString(Salt.Span);
            writer.WriteString(NextHashedOwner.Span);
            DnsTypeBitmap.Write(writer, Types);
        }
    }
}
