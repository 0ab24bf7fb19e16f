namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>CNAME (RFC 1035 §3.3.1).</summary>
    /// <param name="Target">The canonical name of the alias.</param>
    public sealed record CName(DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Target.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Target);
    }

    /// <summary>NS (RFC 1035 §3.3.11).</summary>
    /// <param name="Host">The name server.</param>
    public sealed record Ns(DnsName Host) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Host.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Host);
    }

    /// <summary>PTR (RFC 1035 §3.3.12).</summary>
    /// <param name="Target">The name pointed to.</param>
    public sealed record Ptr(DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Target.ToAbsoluteString();

        internal override void WriteTo(DnsWriter writer) => writer.WriteCompressibleName(Target);
    }

    /// <summary>DNAME (RFC 6672 §2.1).</summary>
    /// <param name="Target">The name that takes the owner's place at the end of every name below it.</param>
    public sealed record DName(DnsName Target) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => Target.ToAbsoluteString();

        // RFC 6672 §2.5: "MUST NOT be sent out in compressed form".
        internal override void WriteTo(DnsWriter writer) => writer.WriteName(Target);
    }

    /// <summary>MX (RFC 1035 §3.3.9).</summary>
    /// <param name="Preference">Lower is tried first.</param>
    /// <param name="Exchange">The mail host; the root means "no mail" (RFC 7505).</param>
    public sealed record Mx(ushort Preference, DnsName Exchange) : DnsData
    {
        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Preference} {Exchange.ToAbsoluteString()}");

        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Preference);
            writer.WriteCompressibleName(Exchange);
        }
    }
}
