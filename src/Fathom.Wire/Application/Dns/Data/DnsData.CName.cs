namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>CNAME (RFC 1035 §3.3.1).</summary>
    /// <param name="Target">The canonical name of the alias.</param>
    public sealed record CName(DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Target.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Target);
    }
}
