using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Dns;

/// <summary>Pieces of master-file text (RFC 1035 §5.1), safe for a terminal.</summary>
internal static class DnsText
{
    /// <summary>A character-string in quotes; a quote and a backslash escaped, all but printable ASCII as \DDD.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var octet in text)
        {
            if (octet is < 0x20 or > 0x7E)
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
                continue;
            }

            if (octet is (byte)'"' or (byte)'\\') builder.Append('\\');
            builder.Append((char)octet);
        }

        return builder.Append('"').ToString();
    }

    /// <summary>Hexadecimal digits in upper case, or "-" for nothing (RFC 5155 §3.3 writes an empty salt so).</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "-" : Convert.ToHexString(bytes);

    /// <summary>Base 32 with the extended hexadecimal alphabet, without padding (RFC 4648 §7, RFC 5155 §3.3).</summary>
    public static string Base32Hex(ReadOnlySpan<byte> bytes)
    {
        const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
        var builder = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var octet in bytes)
        {
            buffer = ((buffer << 8) | octet) & 0xFFF; // at most 4 bits are left from before
            for (bits += 8; bits >= 5; bits -= 5) builder.Append(Alphabet[(buffer >> (bits - 5)) & 0x1F]);
        }

        if (bits > 0) builder.Append(Alphabet[(buffer << (5 - bits)) & 0x1F]);
        return builder.ToString();
    }

    /// <summary>The generic text of data: "\# 3 010203" (RFC 3597 §5).</summary>
    public static string Generic(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? "\\# 0"
        : string.Create(CultureInfo.InvariantCulture, $"\\# {bytes.Length} {Convert.ToHexString(bytes)}");

    /// <summary>Formats with the invariant culture.</summary>
    public static string Line(FormattableString text) => FormattableString.Invariant(text);
}
