namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>DNSKEY (RFC 4034 §2.1), and CDNSKEY and KEY of the same form.</summary>
    /// <param name="Flags">0x0100 zone key, 0x0080 revoked (RFC 5011 §7), 0x0001 secure entry point.</param>
    /// <param name="Protocol">3.</param>
    /// <param name="Algorithm">The key's algorithm (IANA "DNSSEC Algorithm Numbers").</param>
    /// <param name="PublicKey">The key, in the algorithm's own form.</param>
    public sealed record DnsKey(ushort Flags, byte Protocol, byte Algorithm, ReadOnlyMemory<byte> PublicKey) : DnsData
    {
        /// <summary>ZONE: it signs the zone's records.</summary>
        public bool IsZoneKey => (Flags & 0x0100) != 0;

        /// <summary>SEP: meant as the start of a chain of trust.</summary>
        public bool IsSecureEntryPoint => (Flags & 0x0001) != 0;

        /// <summary>REVOKE (RFC 5011 §7).</summary>
        public bool IsRevoked => (Flags & 0x0080) != 0;

        /// <summary>The key's tag, as DS and RRSIG name it (RFC 4034 appendix B).</summary>
        public ushort KeyTag
        {
            get
            {
                // Appendix B.1: of an RSA/MD5 key, octets 3 and 2 from the end of the modulus, which the key ends in.
                var key = PublicKey.Span;
                if (Algorithm == 1) return key.Length < 3 ? (ushort)0 : (ushort)((key[^3] << 8) | key[^2]);
                uint sum = 0;
                var bytes = ToBytes();
                for (var i = 0; i < bytes.Length; i++) sum += (i & 1) != 0 ? bytes[i] : (uint)bytes[i] << 8;
                return (ushort)(sum + (sum >> 16));
            }
        }

        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Flags} {Protocol} {Algorithm} {Convert.ToBase64String(PublicKey.Span)}");

        /// <inheritdoc/>
        public bool Equals(DnsKey? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static DnsKey ReadFrom(ref DnsReader reader) => new(
            reader.ReadUInt16("flags"),
            reader.ReadByte("protocol"),
            reader.ReadByte("algorithm"),
            reader.ReadRest());

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Flags);
            writer.WriteByte(Protocol);
            writer.WriteByte(Algorithm);
            writer.WriteBytes(PublicKey.Span);
        }
    }
}
