namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>NSEC3PARAM (RFC 5155 §4.1).</summary>
    /// <param name="HashAlgorithm">1: SHA-1.</param>
    /// <param name="Flags">0.</param>
    /// <param name="Iterations">Further rounds of the hash.</param>
    /// <param name="Salt">The salt, at most 255 octets.</param>
    public sealed record NSec3Param(byte HashAlgorithm, byte Flags, ushort Iterations, ReadOnlyMemory<byte> Salt) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{HashAlgorithm} {Flags} {Iterations} {DnsText.Hex(Salt.Span)}");

        /// <inheritdoc/>
        public bool Equals(NSec3Param? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static NSec3Param ReadFrom(ref DnsReader reader)
            => new(reader.ReadByte("hash algorithm"), reader.ReadByte("flags"), reader.ReadUInt16("iterations"), reader.ReadString("salt"));

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteByte(HashAlgorithm);
            writer.WriteByte(Flags);
            writer.WriteUInt16(Iterations);
            writer.WriteString(Salt.Span);
        }
    }
}
