using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.X509;

/// <summary>
/// What a person wants to know of a certificate at a glance (RFC 5280 §4.1): read leniently, judged in no way. Text in it is escaped.
/// </summary>
/// <param name="Subject">"CN=example.com, O=Example".</param>
/// <param name="Issuer">The same of who signed it.</param>
/// <param name="NotBefore">The first moment of validity as it stands, in UTC; null where it cannot be read.</param>
/// <param name="NotAfter">The last moment of validity as it stands, in UTC; null where it cannot be read.</param>
/// <param name="Names">The DNS names and addresses for which it is (subjectAltName), the first ones.</param>
public sealed record CertificateGlance(string Subject, string Issuer, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, IReadOnlyList<string> Names)
{
    /// <summary>Names that are kept; some certificates have a hundred.</summary>
    public const int MaximumNames = 8;

    private const int MaximumAttributes = 16;
    private const int MaximumText = 256;

    // 2.5.29.17
    private static ReadOnlySpan<byte> SubjectAltNameOid => [0x55, 0x1D, 0x11];

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">Its octets.</param>
    /// <returns>The facts, or null if the octets have not a certificate's form.</returns>
    public static CertificateGlance? Read(ReadOnlySpan<byte> der)
    {
        var outer = new DerReader(der);
        if (!outer.TryTake(UniversalTagNumber.Sequence, out var certificate)) return null;
        var parts = new DerReader(certificate);
        if (!parts.TryTake(UniversalTagNumber.Sequence, out var body)) return null;
        var fields = new DerReader(body);
        if (fields.Peek is { TagClass: TagClass.ContextSpecific }) fields.TryTake(out _, out _); // version
        if (!fields.TryTake(UniversalTagNumber.Integer, out _) || !fields.TryTake(UniversalTagNumber.Sequence, out _)) return null; // serial number, algorithm
        if (!fields.TryTake(UniversalTagNumber.Sequence, out var issuer)
            || !fields.TryTake(UniversalTagNumber.Sequence, out var validity)
            || !fields.TryTake(UniversalTagNumber.Sequence, out var subject))
            return null;
        var times = new DerReader(validity);
        var notBefore = ReadTime(ref times);
        return new CertificateGlance(ReadName(subject), ReadName(issuer), notBefore, ReadTime(ref times), ReadAltNames(fields));
    }

    /// <summary>"CN=example.com, issued by CN=R3, valid 2026-01-01 to 2026-03-31, for example.com, www.example.com".</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Subject.Length == 0 ? "no subject" : Subject);
        text.Append(Subject == Issuer ? ", issued by itself" : $", issued by {Issuer}");
        if (NotBefore is { } from && NotAfter is { } to) text.Append(CultureInfo.InvariantCulture, $", valid {from:yyyy-MM-dd} to {to:yyyy-MM-dd}");
        if (Names.Count > 0) text.Append(", for ").AppendJoin(", ", Names);
        return text.ToString();
    }

    private static DateTimeOffset? ReadTime(ref DerReader times)
    {
        if (!times.TryTake(out var tag, out var content)) return null;

        // RFC 5280 §4.1.2.5: YYMMDDHHMMSSZ, in which 50 to 99 are of the last century, or YYYYMMDDHHMMSSZ.
        Span<char> text = stackalloc char[15];
        var century = "";
        if (tag.TagValue == (int)UniversalTagNumber.UtcTime && content.Length == 13) century = content[0] >= '5' ? "19" : "20";
        else if (tag.TagValue != (int)UniversalTagNumber.GeneralizedTime || content.Length != 15) return null;
        century.CopyTo(text);
        for (var i = 0; i < content.Length; i++) text[century.Length + i] = (char)content[i];
        return DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static string ReadName(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder();
        var sets = new DerReader(name);
        for (var i = 0; i < MaximumAttributes && sets.TryTake(UniversalTagNumber.Set, out var set); i++)
        {
            var pairs = new DerReader(set);
            while (pairs.TryTake(UniversalTagNumber.Sequence, out var pair))
            {
                var parts = new DerReader(pair);
                if (!parts.TryTake(UniversalTagNumber.ObjectIdentifier, out var oid) || !parts.TryTake(out var tag, out var value)) break;
                if (text.Length > MaximumText) return text.Append('…').ToString();
                text.Append(text.Length > 0 ? ", " : "").Append(AttributeText.Label(DerReader.Oid(oid))).Append('=').Append(Decode(tag, value));
            }
        }

        return text.ToString();
    }

    private static string Decode(Asn1Tag tag, ReadOnlySpan<byte> value)
    {
        var cut = value[..Math.Min(value.Length, MaximumText)];
        return (UniversalTagNumber)tag.TagValue switch
        {
            _ when tag.TagClass != TagClass.Universal => "#" + Convert.ToHexStringLower(cut),
            UniversalTagNumber.UTF8String => TextSanitizer.Escape(Encoding.UTF8.GetString(cut)),
            UniversalTagNumber.BMPString => TextSanitizer.Escape(Encoding.BigEndianUnicode.GetString(cut)),
            UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
                or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString => TextSanitizer.Escape(Encoding.Latin1.GetString(cut)),
            _ => "#" + Convert.ToHexStringLower(cut),
        };
    }

    private static List<string> ReadAltNames(DerReader fields)
    {
        var names = new List<string>();

        // The public key, and behind it up to two identifiers and the extensions, [3] (RFC 5280 §4.1).
        while (fields.TryTake(out var tag, out var content))
        {
            if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue != 3) continue;
            var wrapped = new DerReader(content);
            if (!wrapped.TryTake(UniversalTagNumber.Sequence, out var list)) break;
            var extensions = new DerReader(list);
            while (extensions.TryTake(UniversalTagNumber.Sequence, out var extension))
            {
                var parts = new DerReader(extension);
                if (!parts.TryTake(UniversalTagNumber.ObjectIdentifier, out var oid) || !oid.SequenceEqual(SubjectAltNameOid)) continue;
                parts.TryTake(UniversalTagNumber.Boolean, out _);
                if (parts.TryTake(UniversalTagNumber.OctetString, out var value)) AddNames(names, value);
            }
        }

        return names;
    }

    private static void AddNames(List<string> names, ReadOnlySpan<byte> value)
    {
        const int DnsName = 2, Address = 7; // RFC 5280 §4.2.1.6
        var outer = new DerReader(value);
        if (!outer.TryTake(UniversalTagNumber.Sequence, out var list)) return;
        var entries = new DerReader(list);
        while (names.Count < MaximumNames && entries.TryTake(out var tag, out var name))
        {
            if (tag.TagValue == DnsName) names.Add(TextSanitizer.EscapeOctets(name[..Math.Min(name.Length, MaximumText)]));
            else if (tag.TagValue == Address && name.Length is 4 or 16) names.Add(IpAddress.FromBytes(name).ToString());
        }
    }
}
