namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>PTR (RFC 1035 §3.3.12).</summary>
    /// <param name="Target">The name pointed to.</param>
    public sealed record Ptr(DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Target.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Target);
    }
}
