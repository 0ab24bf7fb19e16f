using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>Percent-encoding by the URL Standard §1.3, always as UTF-8.</summary>
public static class PercentEncoding
{
    /// <summary>Encodes the characters of a set. A '%' stays as it is, unless the set has it: only then can the text be turned back.</summary>
    /// <param name="text">The text. A lone surrogate becomes U+FFFD.</param>
    /// <param name="set">The set.</param>
    /// <returns>ASCII; with <see cref="PercentEncodeSet.FormUrlEncoded"/> a space is '+'.</returns>
    public static string Encode(ReadOnlySpan<char> text, PercentEncodeSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var buffer = new UrlBuffer(stackalloc char[256]);
        buffer.AppendEncoded(text, set);
        var result = buffer.ToString();
        buffer.Dispose();
        return result;
    }

    /// <summary>Decodes to octets. A '%' that no two hexadecimal digits follow stays as it is.</summary>
    /// <param name="text">The text; what is not ASCII counts as its UTF-8.</param>
    public static byte[] DecodeToBytes(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var to = 0;
        for (var from = 0; from < length; from++)
        {
            if (bytes[from] == '%' && from + 2 < length && char.IsAsciiHexDigit((char)bytes[from + 1]) && char.IsAsciiHexDigit((char)bytes[from + 2]))
            {
                bytes[to++] = (byte)((HexValue((char)bytes[from + 1]) << 4) | HexValue((char)bytes[from + 2]));
                from += 2;
            }
            else
            {
                bytes[to++] = bytes[from];
            }
        }

        return bytes[..to];
    }

    /// <summary>Decodes to text, as UTF-8 without a byte order mark; octets that are not UTF-8 become U+FFFD.</summary>
    /// <param name="text">The text.</param>
    public static string Decode(ReadOnlySpan<char> text) => Encoding.UTF8.GetString(DecodeToBytes(text));

    /// <summary>A '%' with two hexadecimal digits stands at this place.</summary>
    internal static bool IsEncodedByte(ReadOnlySpan<char> text, int at)
        => at + 2 < text.Length && text[at] == '%' && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    /// <summary>The value of a hexadecimal digit.</summary>
    internal static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
