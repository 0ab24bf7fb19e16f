namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>DS (RFC 4034 §5.1), and CDS of the same form (RFC 7344).</summary>
    /// <param name="KeyTag">The tag of the key that the digest is of.</param>
    /// <param name="Algorithm">The key's algorithm (IANA "DNSSEC Algorithm Numbers").</param>
    /// <param name="DigestType">1 SHA-1, 2 SHA-256, 4 SHA-384.</param>
    /// <param name="Digest">The digest.</param>
    public sealed record Ds(ushort KeyTag, byte Algorithm, byte DigestType, ReadOnlyMemory<byte> Digest) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{KeyTag} {Algorithm} {DigestType} {Convert.ToHexString(Digest.Span)}");

        /// <inheritdoc/>
        public bool Equals(Ds? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static Ds ReadFrom(ref DnsReader reader) => new(
            reader.ReadUInt16("key tag"),
            reader.ReadByte("algorithm"),
            reader.ReadByte("digest type"),
            reader.ReadRest());

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(KeyTag);
            writer.WriteByte(Algorithm);
            writer.WriteByte(DigestType);
            writer.WriteBytes(Digest.Span);
        }
    }
}
