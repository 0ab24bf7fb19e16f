namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>AFSDB (RFC 1183 §1), RT (RFC 1183 §3.3) and KX (RFC 2230): a number and a name.</summary>
    /// <param name="Number">The subtype or preference.</param>
    /// <param name="Name">The host.</param>
    public sealed record NumberedName(ushort Number, DnsName Name) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Number} {Name.ToAbsoluteString()}");

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Number);
            writer.WriteName(Name);
        }
    }
}
