namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>SOA (RFC 1035 §3.3.13).</summary>
    /// <param name="PrimaryServer">MNAME: the primary name server.</param>
    /// <param name="Mailbox">RNAME: who is responsible; the first label is what stands before the "@".</param>
    /// <param name="Serial">The version of the zone (RFC 1982 arithmetic).</param>
    /// <param name="Refresh">Seconds between a secondary's checks.</param>
    /// <param name="Retry">Seconds before a failed check is tried again.</param>
    /// <param name="Expire">Seconds after which a secondary that cannot check stops to answer.</param>
    /// <param name="Minimum">Seconds that a negative answer is kept, at most (RFC 2308 §4).</param>
    public sealed record Soa(DnsName PrimaryServer, DnsName Mailbox, uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation()
            => DnsText.Line($"{PrimaryServer.ToAbsoluteString()} {Mailbox.ToAbsoluteString()} {Serial} {Refresh} {Retry} {Expire} {Minimum}");

        internal static Soa ReadFrom(ref DnsReader reader) => new(
            reader.ReadName("MNAME"),
            reader.ReadName("RNAME"),
            reader.ReadUInt32("SERIAL"),
            reader.ReadUInt32("REFRESH"),
            reader.ReadUInt32("RETRY"),
            reader.ReadUInt32("EXPIRE"),
            reader.ReadUInt32("MINIMUM"));

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteCompressibleName(PrimaryServer);
            writer.WriteCompressibleName(Mailbox);
            writer.WriteUInt32(Serial);
            writer.WriteUInt32(Refresh);
            writer.WriteUInt32(Retry);
            writer.WriteUInt32(Expire);
            writer.WriteUInt32(Minimum);
        }
    }
}
