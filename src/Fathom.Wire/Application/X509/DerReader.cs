using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.X509;

/// <summary>
/// Walks the elements of DER (X.690) one after another without exceptions: what is no element ends the walk. It goes into nothing by itself, so
/// that its depth is that of the code which uses it.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> der)
{
    private ReadOnlySpan<byte> _rest = der;

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next element's tag, or null at the end and at damage.</summary>
    internal readonly Asn1Tag? Peek
        => AsnDecoder.TryReadEncodedValue(_rest, AsnEncodingRules.DER, out var tag, out _, out _, out _) ? tag : null;

    /// <summary>Takes the next element, whatever it is.</summary>
    internal bool TryTake(out Asn1Tag tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!AsnDecoder.TryReadEncodedValue(_rest, AsnEncodingRules.DER, out tag, out var offset, out var length, out var consumed)) return false;
        content = _rest.Slice(offset, length);
        _rest = _rest[consumed..];
        return true;
    }

    /// <summary>Takes the next element if it has this tag.</summary>
    internal bool TryTake(UniversalTagNumber number, out ReadOnlySpan<byte> content)
    {
        content = default;
        return Peek is { TagClass: TagClass.Universal } tag && tag.TagValue == (int)number && TryTake(out _, out content);
    }

    /// <summary>An object identifier's content in dotted decimal; "?" for one that is none, or that has numbers beyond 64 bits.</summary>
    internal static string Oid(ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder();
        ulong number = 0;
        foreach (var octet in content)
        {
            if (number >> 57 != 0) return "?";
            number = (number << 7) | (uint)(octet & 0x7F);
            if ((octet & 0x80) != 0) continue;
            if (text.Length == 0)
            {
                // X.690 §8.19.4: the first two numbers are one.
                var first = Math.Min(number / 40, 2);
                text.Append(first.ToString(CultureInfo.InvariantCulture));
                number -= 40 * first;
            }

            text.Append('.').Append(number.ToString(CultureInfo.InvariantCulture));
            number = 0;
        }

        return text.Length == 0 || (content[^1] & 0x80) != 0 ? "?" : text.ToString();
    }
}
