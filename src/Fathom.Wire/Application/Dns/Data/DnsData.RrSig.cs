using System.Globalization;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>RRSIG (RFC 4034 §3.1), and SIG of the same form (RFC 2931).</summary>
    /// <param name="TypeCovered">The type of the records that are signed.</param>
    /// <param name="Algorithm">The key's algorithm (IANA "DNSSEC Algorithm Numbers").</param>
    /// <param name="Labels">Labels of the owner that was signed; fewer than the owner's mean a wildcard (§3.1.3).</param>
    /// <param name="OriginalTimeToLive">The TTL in the zone, in seconds.</param>
    /// <param name="Expiration">The end of its validity: seconds since 1970, modulo 2^32 (§3.1.5).</param>
    /// <param name="Inception">The begin of its validity, likewise.</param>
    /// <param name="KeyTag">The tag of the key.</param>
    /// <param name="Signer">The zone whose key it is.</param>
    /// <param name="Signature">The signature.</param>
    public sealed record RrSig(
        DnsType TypeCovered,
        byte Algorithm,
        byte Labels,
        uint OriginalTimeToLive,
        uint Expiration,
        uint Inception,
        ushort KeyTag,
        DnsName Signer,
        ReadOnlyMemory<byte> Signature) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line(
            $"{TypeCovered.ToText()} {Algorithm} {Labels} {OriginalTimeToLive} {Time(Expiration)} {Time(Inception)} {KeyTag} {Signer.ToAbsoluteString()} {Convert.ToBase64String(Signature.Span)}");

        /// <inheritdoc/>
        public bool Equals(RrSig? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static RrSig ReadFrom(ref DnsReader reader) => new(
            (DnsType)reader.ReadUInt16("type covered"),
            reader.ReadByte("algorithm"),
            reader.ReadByte("labels"),
            reader.ReadUInt32("original TTL"),
            reader.ReadUInt32("expiration"),
            reader.ReadUInt32("inception"),
            reader.ReadUInt16("key tag"),
            reader.ReadName("signer's name"),
            reader.ReadRest());

        // RFC 4034 §3.1.7: the signer's name is not compressed.
        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16((ushort)TypeCovered);
            writer.WriteByte(Algorithm);
            writer.WriteByte(Labels);
            writer.WriteUInt32(OriginalTimeToLive);
            writer.WriteUInt32(Expiration);
            writer.WriteUInt32(Inception);
            writer.WriteUInt16(KeyTag);
            writer.WriteName(Signer);
            writer.WriteBytes(Signature.Span);
        }

        // RFC 4034 §3.2: YYYYMMDDHHmmSS in UTC. 2^32 seconds reach into 2106; the second round will need a present to count from.
        private static string Time(uint seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
    }
}
