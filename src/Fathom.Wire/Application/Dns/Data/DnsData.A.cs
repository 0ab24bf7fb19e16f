using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>A (RFC 1035 §3.4.1).</summary>
    /// <param name="Address">An IPv4 address.</param>
    public sealed record A(IpAddress Address) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Address.ToString();

        internal static DnsData ReadFrom(ref DnsReader reader)
        {
            var octets = reader.ReadSpan(4, "IPv4 address");
            return reader.Failed ? Empty : new A(IpAddress.FromBytes(octets));
        }

        internal override void WriteTo(DnsWriter writer) => writer.WriteBytes(RequireVersion(Address, IpVersion.V4).ToBytes());
    }
}
