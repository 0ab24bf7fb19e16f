using System.Text;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>CAA (RFC 8659 §4.1).</summary>
    /// <param name="Flags">0x80 is "critical": who does not know the tag must not issue.</param>
    /// <param name="Tag">The property: "issue", "issuewild", "iodef". ASCII letters and digits, 1 to 255.</param>
    /// <param name="Value">The property's value, in no set character set.</param>
    public sealed record Caa(byte Flags, string Tag, ReadOnlyMemory<byte> Value) : DnsData
    {
        /// <summary>True when an authority that does not know the tag must not issue.</summary>
        public bool IsCritical => (Flags & 0x80) != 0;

        /// <inheritdoc/>
        public override string ToPresentation() => DnsText.Line($"{Flags} {Tag} {DnsText.Quote(Value.Span)}");

        /// <inheritdoc/>
        public bool Equals(Caa? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static DnsData ReadFrom(ref DnsReader reader)
        {
            var flags = reader.ReadByte("CAA flags");
            var tag = reader.ReadString("CAA tag");
            if (!reader.Failed && !IsTag(tag)) reader.FailValue("CAA tag is empty or holds other than ASCII letters and digits (RFC 8659 §4.1)");
            return new Caa(flags, Encoding.ASCII.GetString(tag), reader.ReadRest());
        }

        internal override void WriteTo(DnsWriter writer)
        {
            var tag = Encoding.ASCII.GetBytes(Tag);
            if (!IsTag(tag)) throw new InvalidOperationException("A CAA tag is 1 to 255 ASCII letters and digits (RFC 8659 §4.1).");
            writer.WriteByte(Flags);
            writer.WriteString(tag);
            writer.WriteBytes(Value.Span);
        }

        private static bool IsTag(ReadOnlySpan<byte> tag)
        {
            foreach (var octet in tag)
            {
                if (!char.IsAsciiLetterOrDigit((char)octet)) return false;
            }

            return tag.Length is > 0 and <= 255;
        }
    }
}
