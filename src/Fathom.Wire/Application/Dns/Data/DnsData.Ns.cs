namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>NS (RFC 1035 §3.3.11).</summary>
    /// <param name="Host">The name server.</param>
    public sealed record Ns(DnsName Host) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Host.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Host);
    }
}
