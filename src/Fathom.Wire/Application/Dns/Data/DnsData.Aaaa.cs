using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>AAAA (RFC 3596 §2.1).</summary>
    /// <param name="Address">An IPv6 address; its zone is not written.</param>
    public sealed record Aaaa(IpAddress Address) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Address.WithZone(0).ToString();

        internal static DnsData ReadFrom(ref DnsReader reader)
        {
            var octets = reader.ReadSpan(16, "IPv6 address");
            return reader.Failed ? Empty : new Aaaa(IpAddress.FromBytes(octets));
        }

        internal override void WriteTo(DnsWriter writer) => writer.WriteBytes(RequireVersion(Address, IpVersion.V6).ToBytes());
    }
}
