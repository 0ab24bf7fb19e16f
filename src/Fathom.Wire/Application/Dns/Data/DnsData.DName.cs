namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>DNAME (RFC 6672 §2.1).</summary>
    /// <param name="Target">The name that takes the owner's place at the end of every name below it.</param>
    public sealed record DName(DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Target.ToAbsoluteString();

        // RFC 6672 §2.5: "MUST NOT be sent out in compressed form".
        internal override void WriteTo(DnsWriter writer) => writer.WriteName(Target);
    }
}
