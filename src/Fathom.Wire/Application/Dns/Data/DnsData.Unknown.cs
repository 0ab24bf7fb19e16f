namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>Data of a type that has no form of its own here (RFC 3597), or none at all in an update (RFC 2136).</summary>
    /// <param name="Bytes">RDATA as it stands; never holds compressed names (RFC 3597 §4).</param>
    public sealed record Unknown(ReadOnlyMemory<byte> Bytes) : DnsData
    {
        /// <summary>The generic text "\# 3 010203" (RFC 3597 §5).</summary>
        public override string ToPresentation() => DnsText.Generic(Bytes.Span);

        /// <inheritdoc/>
        public bool Equals(Unknown? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal override void WriteTo(DnsWriter writer) => writer.WriteBytes(Bytes.Span);
    }
}
