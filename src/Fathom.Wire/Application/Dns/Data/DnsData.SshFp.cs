namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>SSHFP (RFC 4255 §3.1).</summary>
    /// <param name="Algorithm">1 RSA, 2 DSA, 3 ECDSA, 4 Ed25519.</param>
    /// <param name="FingerprintType">1 SHA-1, 2 SHA-256.</param>
    /// <param name="Fingerprint">The fingerprint of the host's key.</param>
    public sealed record SshFp(byte Algorithm, byte FingerprintType, ReadOnlyMemory<byte> Fingerprint) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Algorithm} {FingerprintType} {Convert.ToHexString(Fingerprint.Span)}");

        /// <inheritdoc/>
        public bool Equals(SshFp? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static SshFp ReadFrom(ref DnsReader reader)
            => new(reader.ReadByte("algorithm"), reader.ReadByte("fingerprint type"), reader.ReadRest());

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteByte(Algorithm);
            writer.WriteByte(FingerprintType);
            writer.WriteBytes(Fingerprint.Span);
        }
    }
}
