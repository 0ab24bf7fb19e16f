using System.Text;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>TXT (RFC 1035 §3.3.14), and SPF of the same form.</summary>
    /// <param name="Strings">One or more strings of 0 to 255 octets each.</param>
    public sealed record Txt(IReadOnlyList<ReadOnlyMemory<byte>> Strings) : DnsData
    {
        /// <summary>Makes the data from text in UTF-8, cut into strings of at most 255 octets.</summary>
        /// <param name="text">The text.</param>
        public static Txt FromText(string text)
        {
            var octets = Encoding.UTF8.GetBytes(text);
            var strings = new List<ReadOnlyMemory<byte>>();
            for (var at = 0; at < octets.Length || at == 0; at += 255) strings.Add(octets.AsMemory(at, Math.Min(255, octets.Length - at)));
            return new Txt(strings);
        }

        /// <summary>The strings joined, as SPF and DKIM read them (RFC 7208 §3.3). Untrusted octets, shown as Latin-1: escape before showing.</summary>
        public string JoinedText()
        {
            var builder = new StringBuilder();
            foreach (var part in Strings) builder.Append(Encoding.Latin1.GetString(part.Span));
            return builder.ToString();
        }

        /// <inheritdoc/>
        public override string ToPresentation() => string.Join(' ', Strings.Select(static part => DnsText.Quote(part.Span)));

        /// <inheritdoc/>
        public bool Equals(Txt? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static Txt ReadFrom(ref DnsReader reader)
        {
            var strings = new List<ReadOnlyMemory<byte>>();
            do strings.Add(reader.ReadString("TXT string"));
            while (!reader.Failed && reader.Remaining > 0);
            return new Txt(strings);
        }

        internal override void WriteTo(DnsWriter writer)
        {
            if (Strings.Count == 0) throw new InvalidOperationException("A TXT record has at least one string (RFC 1035 §3.3.14).");
            foreach (var part in Strings) writer.WriteString(part.Span);
        }
    }
}
