namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>NSEC (RFC 4034 §4.1): between the owner and the next name there is nothing.</summary>
    /// <param name="NextName">The next name of the zone, in canonical order.</param>
    /// <param name="Types">The types that the owner has; compared as a set.</param>
    public sealed record NSec(DnsName NextName, IReadOnlyList<DnsType> Types) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => $"{NextName.ToAbsoluteString()}{DnsTypeBitmap.ToText(Types)}";

        /// <inheritdoc/>
        public bool Equals(NSec? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static NSec ReadFrom(ref DnsReader reader) => new(reader.ReadName("next name"), DnsTypeBitmap.Read(ref reader));

        // RFC 4034 §4.1.1: the next name is not compressed.
        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteName(NextName);
            DnsTypeBitmap.Write(writer, Types);
        }
    }
}
