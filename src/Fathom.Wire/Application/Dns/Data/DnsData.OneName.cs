namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>MB, MG, MR, MD and MF (RFC 1035 §3.3.3 to §3.3.8): one name. They are read because they may be compressed.</summary>
    /// <param name="Name">The name.</param>
    public sealed record OneName(DnsName Name) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Name.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Name);
    }
}
