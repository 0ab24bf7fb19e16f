namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>RP (RFC 1183 §2.2) and MINFO (RFC 1035 §3.3.7): two names.</summary>
    /// <param name="First">The responsible mailbox.</param>
    /// <param name="Second">Where text about the person is (RP), or the mailbox for errors (MINFO).</param>
    /// <param name="IsCompressible">True for MINFO (RFC 3597 §4); it takes part in equality.</param>
    public sealed record TwoNames(DnsName First, DnsName Second, bool IsCompressible = false) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => $"{First.ToAbsoluteString()} {Second.ToAbsoluteString()}";

        internal static TwoNames ReadFrom(ref DnsReader reader, DnsType type)
            => new(reader.ReadName("mailbox"), reader.ReadName("second name"), type == DnsType.MInfo);

        internal override void WriteTo(DnsWriter writer)
        {
            if (IsCompressible)
            {
                writer.WriteCompressibleName(First);
                writer.WriteCompressibleName(Second);
                return;
            }

            writer.WriteName(First);
            writer.WriteName(Second);
        }
    }
}
