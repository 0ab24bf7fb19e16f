using System.Globalization;
using System.Text;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>Octets and bits for people.</summary>
internal static class PacketHex
{
    private const int OctetsInRow = 16;

    /// <summary>Octets that a field's cell shows: a MAC address, a whole port or sequence number.</summary>
    private const int ShownOctets = 6;

    /// <summary>"02 00 00 00 00 01".</summary>
    public static string Of(ReadOnlySpan<byte> bytes, int limit = int.MaxValue)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(bytes.Length, limit); i++) text.Append(i == 0 ? "" : " ").Append(bytes[i].ToString("x2", CultureInfo.InvariantCulture));
        return bytes.Length > limit ? text.Append(" …").ToString() : text.ToString();
    }

    /// <summary>A field's octets; of one that is not made of whole octets, its bits and dots for the others': "..1. ....".</summary>
    public static string Of(DissectedField field, ReadOnlySpan<byte> frame)
    {
        var first = field.BitOffset / 8;
        var last = (field.BitOffset + field.BitLength - 1) / 8;
        if (last >= frame.Length) return string.Empty;
        if (field.BitOffset % 8 == 0 && field.BitLength % 8 == 0) return Of(frame[first..(last + 1)], ShownOctets);
        var text = new StringBuilder();
        for (var bit = 8 * first; bit < 8 * (last + 1); bit++)
        {
            if (bit > 8 * first && bit % 4 == 0) text.Append(' ');
            var isOurs = bit >= field.BitOffset && bit < field.BitOffset + field.BitLength;
            text.Append(!isOurs ? '.' : (frame[bit / 8] >> (7 - (bit % 8)) & 1) == 1 ? '1' : '0');
        }

        return text.Length > (3 * ShownOctets) + 2 ? Of(frame[first..(last + 1)], ShownOctets) : text.ToString();
    }

    /// <summary>"12–13", or "14" for a field within one octet.</summary>
    public static string Range(DissectedField field)
    {
        var first = field.BitOffset / 8;
        var last = (field.BitOffset + field.BitLength - 1) / 8;
        return first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}–{last}");
    }

    /// <summary>A dump, sixteen octets a row, with the printable ones beside.</summary>
    /// <param name="bytes">The octets.</param>
    /// <param name="paint">Marks up one octet's text by its offset.</param>
    /// <param name="mark">The character before an octet, and behind a row's last one; null for blanks.</param>
    public static IEnumerable<string> Dump(ReadOnlyMemory<byte> bytes, Func<int, string, string> paint, Func<int, char>? mark = null)
    {
        for (var row = 0; row < bytes.Length; row += OctetsInRow)
        {
            var text = new StringBuilder(row.ToString("x4", CultureInfo.InvariantCulture)).Append(' ');
            for (var i = row; i < row + OctetsInRow; i++)
            {
                if (i == row + (OctetsInRow / 2)) text.Append(' ');
                text.Append(i <= bytes.Length ? Between(i, row) : " ").Append(i < bytes.Length ? paint(i, bytes.Span[i].ToString("x2", CultureInfo.InvariantCulture)) : "  ");
            }

            text.Append(row + OctetsInRow <= bytes.Length ? Behind(row + OctetsInRow) : " ").Append(' ');
            for (var i = row; i < Math.Min(row + OctetsInRow, bytes.Length); i++)
                text.Append(paint(i, bytes.Span[i] is >= 0x20 and <= 0x7E ? ((char)bytes.Span[i]).ToString() : "."));
            yield return text.ToString();
        }

        // A range that goes on over a row's end opens again in the next, and what was closed behind the row's last octet is not closed twice.
        string Between(int i, int row) => mark?.Invoke(i) switch { '[' => "[[", ']' when i > row => "]]", _ => " " };
        string Behind(int i) => mark?.Invoke(i) == ']' ? "]]" : " ";
    }
}
