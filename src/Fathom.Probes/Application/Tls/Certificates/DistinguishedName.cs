using System.Formats.Asn1;
using System.Text;
using Fathom.Wire.Application.X509;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Names of subjects and issuers (RFC 5280 §4.1.2.4), kept in DER.</summary>
internal static class DistinguishedName
{
    /// <summary>The name in the order of the encoding, as OpenSSL shows it: "C=US, O=Example, CN=R3".</summary>
    /// <param name="der">The Name. Octets that are none give "(unreadable name)".</param>
    public static string ToText(ReadOnlyMemory<byte> der)
    {
        var attributes = ReadAttributes(der);
        if (attributes is null) return "(unreadable name)";
        var text = new StringBuilder();
        foreach (var (oid, value, _) in attributes)
        {
            if (text.Length > 0) text.Append(", ");
            text.Append(AttributeText.Label(oid)).Append('=').Append(SafeText.Escape(value));
        }

        return text.ToString();
    }

    /// <summary>True when both are the same name by RFC 5280 §7.1: case and spacing of strings do not count.</summary>
    public static bool AreEqual(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
        => left.Span.SequenceEqual(right.Span) || (CanonicalKey(left) is { } key && key == CanonicalKey(right));

    /// <summary>A text that is equal for equal names; null for octets that are no name.</summary>
    public static string? CanonicalKey(ReadOnlyMemory<byte> der)
    {
        var attributes = ReadAttributes(der);
        if (attributes is null) return null;
        return string.Join('\n', attributes.Select(attribute => $"{attribute.Rdn}:{attribute.Oid}={Fold(attribute.Value)}"));
    }

    /// <summary>True when <paramref name="name"/> begins with all relative names of <paramref name="subtree"/> (RFC 5280 §4.2.1.10).</summary>
    public static bool IsWithin(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> subtree)
    {
        var inner = CanonicalKey(name);
        var outer = CanonicalKey(subtree);
        return inner is not null && outer is not null && (outer.Length == 0 || inner == outer || inner.StartsWith(outer + "\n", StringComparison.Ordinal));
    }

    /// <summary>The values of an attribute, unescaped.</summary>
    /// <param name="der">The name.</param>
    /// <param name="oid">The attribute's type.</param>
    public static IEnumerable<string> Values(ReadOnlyMemory<byte> der, string oid)
        => (ReadAttributes(der) ?? []).Where(attribute => attribute.Oid == oid).Select(attribute => attribute.Value);

    /// <summary>The values of an attribute, folded for comparison.</summary>
    /// <param name="der">The name.</param>
    /// <param name="oid">The attribute's type.</param>
    public static IEnumerable<string> FoldedValues(ReadOnlyMemory<byte> der, string oid) => Values(der, oid).Select(Fold);

    private static List<(string Oid, string Value, int Rdn)>? ReadAttributes(ReadOnlyMemory<byte> der)
    {
        var attributes = new List<(string, string, int)>();
        if (der.IsEmpty) return attributes;
        try
        {
            var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            for (var rdn = 0; sequence.HasData; rdn++)
            {
                var set = sequence.ReadSetOf(skipSortOrderValidation: true); // OpenSSL lets unsorted sets pass
                while (set.HasData)
                {
                    var pair = set.ReadSequence();
                    attributes.Add((pair.ReadObjectIdentifier(), ReadValue(pair.ReadEncodedValue().Span), rdn));
                }
            }
        }
        catch (AsnContentException)
        {
            return null;
        }

        return attributes;
    }

    private static string ReadValue(ReadOnlySpan<byte> encoded)
    {
        var tag = AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        var content = encoded.Slice(offset, length);
        return tag.TagClass != TagClass.Universal ? "#" + Convert.ToHexStringLower(encoded) : (UniversalTagNumber)tag.TagValue switch
        {
            UniversalTagNumber.UTF8String => Encoding.UTF8.GetString(content),
            UniversalTagNumber.BMPString => Encoding.BigEndianUnicode.GetString(content),
            UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
                or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString => Encoding.Latin1.GetString(content),
            _ => "#" + Convert.ToHexStringLower(encoded),
        };
    }

    // RFC 5280 §7.1 refers to the string preparation of RFC 4518; for names in use that is: case, and runs of spaces.
    private static string Fold(string value)
        => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}
