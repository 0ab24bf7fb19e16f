namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>SRV (RFC 2782).</summary>
    /// <param name="Priority">Lower is tried first.</param>
    /// <param name="Weight">The share among equals in priority.</param>
    /// <param name="Port">The port of the service.</param>
    /// <param name="Target">The host; the root means "not available here".</param>
    public sealed record Srv(ushort Priority, ushort Weight, ushort Port, DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Priority} {Weight} {Port} {Target.ToAbsoluteString()}");

        internal static Srv ReadFrom(ref DnsReader reader) => new(
            reader.ReadUInt16("SRV priority"),
            reader.ReadUInt16("SRV weight"),
            reader.ReadUInt16("SRV port"),
            reader.ReadName("SRV target")); // RFC 3597 §4: compressed here by old senders, so a pointer is followed

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Priority);
            writer.WriteUInt16(Weight);
            writer.WriteUInt16(Port);
            writer.WriteName(Target);
        }
    }
}
