namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>URI (RFC 7553 §4).</summary>
    /// <param name="Priority">Lower is tried first.</param>
    /// <param name="Weight">The share among equals in priority.</param>
    /// <param name="Target">The URI, at least one octet.</param>
    public sealed record Uri(ushort Priority, ushort Weight, ReadOnlyMemory<byte> Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Priority} {Weight} {DnsText.Quote(Target.Span)}");

        /// <inheritdoc/>
        public bool Equals(Uri? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static Uri ReadFrom(ref DnsReader reader)
        {
            var uri = new Uri(reader.ReadUInt16("URI priority"), reader.ReadUInt16("URI weight"), reader.ReadRest());
            if (!reader.Failed && uri.Target.IsEmpty) reader.FailValue("URI: the target is empty (RFC 7553 §4.4)");
            return uri;
        }

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Priority);
            writer.WriteUInt16(Weight);
            writer.WriteBytes(Target.Span);
        }
    }
}
