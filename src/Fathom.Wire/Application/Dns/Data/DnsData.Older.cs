namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>HINFO (RFC 1035 §3.3.2); also the answer to ANY of servers that give no other (RFC 8482 §4.2).</summary>
    /// <param name="Cpu">At most 255 octets.</param>
    /// <param name="OperatingSystem">At most 255 octets.</param>
    public sealed record HInfo(ReadOnlyMemory<byte> Cpu, ReadOnlyMemory<byte> OperatingSystem) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => $"{DnsText.Quote(Cpu.Span)} {DnsText.Quote(OperatingSystem.Span)}";

        /// <inheritdoc/>
        public bool Equals(HInfo? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteString(Cpu.Span);
            writer.WriteString(OperatingSystem.Span);
        }
    }

    /// <summary>MB, MG, MR, MD and MF (RFC 1035 §3.3.3 to §3.3.8): one name. They are read because they may be compressed.</summary>
    /// <param name="Name">The name.</param>
    public sealed record OneName(DnsName Name) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Name.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Name);
    }

    /// <summary>RP (RFC 1183 §2.2) and MINFO (RFC 1035 §3.3.7): two names.</summary>
    /// <param name="First">The responsible mailbox.</param>
    /// <param name="Second">Where text about the person is (RP), or the mailbox for errors (MINFO).</param>
    /// <param name="IsCompressible">True for MINFO (RFC 3597 §4); it takes part in equality.</param>
    public sealed record TwoNames(DnsName First, DnsName Second, bool IsCompressible = false) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => $"{First.ToAbsoluteString()} {Second.ToAbsoluteString()}";

        internal static TwoNames ReadFrom(ref DnsReader reader, DnsType type)
            => new(reader.ReadName("mailbox"), reader.ReadName("second name"), type == DnsType.MInfo);

        internal override void WriteTo(DnsWriter writer)
        {
            if (IsCompressible)
            {
                writer.WriteCompressibleName(First);
                writer.WriteCompressibleName(Second);
                return;
            }

            writer.WriteName(First);
            writer.WriteName(Second);
        }
    }

    /// <summary>AFSDB (RFC 1183 §1), RT (RFC 1183 §3.3) and KX (RFC 2230): a number and a name.</summary>
    /// <param name="Number">The subtype or preference.</param>
    /// <param name="Name">The host.</param>
    public sealed record NumberedName(ushort Number, DnsName Name) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Number} {Name.ToAbsoluteString()}");

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Number);
            writer.WriteName(Name);
        }
    }
}
