namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>MX (RFC 1035 §3.3.9).</summary>
    /// <param name="Preference">Lower is tried first.</param>
    /// <param name="Exchange">The mail host; the root means "no mail" (RFC 7505).</param>
    public sealed record Mx(ushort Preference, DnsName Exchange) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Preference} {Exchange.ToAbsoluteString()}");

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Preference);
            writer.WriteCompressibleName(Exchange);
        }
    }
}
