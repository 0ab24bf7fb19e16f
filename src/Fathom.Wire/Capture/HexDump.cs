using System.Globalization;

namespace Fathom.Wire.Capture;

/// <summary>
/// Reads octets as people paste them: plain hexadecimal with blanks, colons, dashes, commas, "0x" or "\x" between or before the
/// pairs, and the dumps of tcpdump -x and -X, Wireshark, xxd and hexdump -C, whose offsets are checked and whose text columns are left out.
/// </summary>
public static class HexDump
{
    /// <summary>Octets of the longest packet that is read: tcpdump's and Wireshark's largest snap length.</summary>
    public const int MaxPacketLength = 262_144;

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads a text.</summary>
    /// <param name="text">One packet in plain hexadecimal, or a dump in which each offset 0 begins a packet.</param>
    /// <param name="packets">The packets, at least one, or empty.</param>
    /// <param name="reason">What cannot be read, for a person; it may quote the text, unescaped.</param>
    public static bool TryParse(string text, out IReadOnlyList<byte[]> packets, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        reason = string.Empty;
        var lines = text.Split('\n');
        var isDump = lines.Any(static l => TryReadOffset(l, out var offset, out _) && offset == 0);
        packets = isDump ? ReadDump(lines) : ReadPlain(lines, out reason);
        if (packets.Count > 0 && packets.Any(static p => p.Length > MaxPacketLength))
        {
            packets = [];
            reason = Invariant($"a packet has at most {MaxPacketLength} octets");
        }

        if (packets.Count == 0 && reason.Length == 0) reason = "no octets in it";
        return packets.Count > 0;
    }

    private static List<byte[]> ReadDump(string[] lines)
    {
        var packets = new List<List<byte>>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!TryReadOffset(lines[i], out var offset, out var rest)) continue; // a packet's summary line, or the end of hexdump -C
            if (offset == 0) packets.Add([]);
            if (packets.Count == 0 || packets[^1].Count != offset) continue;
            packets[^1].AddRange(ReadRow(lines[i][rest..]));
        }

        return [.. packets.Where(static p => p.Count > 0).Select(static p => p.ToArray())];
    }

    // "0x0010:", "0010", "00000010:", "00000010 ": four to eight digits, then a colon or a blank.
    private static bool TryReadOffset(string line, out int offset, out int rest)
    {
        offset = 0;
        var at = 0;
        while (at < line.Length && line[at] is ' ' or '\t') at++;
        if (line.AsSpan(at).StartsWith("0x", StringComparison.OrdinalIgnoreCase)) at += 2;
        var start = at;
        while (at < line.Length && char.IsAsciiHexDigit(line[at])) at++;
        rest = at;
        if (at - start is < 4 or > 8 || at == line.Length) return false;
        var isColon = line[at] == ':';
        // Without a colon, one blank is what stands between two groups of plain hexadecimal.
        if (!isColon && !line.AsSpan(at).StartsWith("  ", StringComparison.Ordinal) && line[at] != '\t') return false;
        rest = at + 1;
        return int.TryParse(line.AsSpan(start, at - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out offset)
            && (rest >= line.Length || line[rest] is ' ' or '\t');
    }

    private static List<byte> ReadRow(string row)
    {
        const int OctetsInRow = 16;
        var octets = new List<byte>(OctetsInRow);
        var at = 0;
        while (at < row.Length && octets.Count < OctetsInRow)
        {
            var blanks = at;
            while (at < row.Length && row[at] is ' ' or '\t') at++;
            blanks = at - blanks;
            // Two blanks end the octets, save in the middle of hexdump -C's rows, which have their text between bars.
            if (octets.Count > 0 && blanks > 1 && !(octets.Count == OctetsInRow / 2 && blanks == 2 && row.Contains('|'))) break;
            var start = at;
            while (at < row.Length && char.IsAsciiHexDigit(row[at])) at++;
            if (at == start || (at - start) % 2 != 0 || (at < row.Length && row[at] is not (' ' or '\t' or '\r'))) break;
            octets.AddRange(Convert.FromHexString(row.AsSpan(start, at - start)));
        }

        return octets.Count > OctetsInRow ? octets[..OctetsInRow] : octets;
    }

    private static List<byte[]> ReadPlain(string[] lines, out string reason)
    {
        reason = string.Empty;
        var digits = new System.Text.StringBuilder();
        foreach (var word in lines.SelectMany(static l => l.Split([' ', '\t', '\r', ':', '-', ',', ';'], StringSplitOptions.RemoveEmptyEntries)))
        {
            var pure = word.Replace("0x", string.Empty, StringComparison.OrdinalIgnoreCase).Replace("\\x", string.Empty, StringComparison.OrdinalIgnoreCase);
            // A lone digit is an octet that lost its zero ("0:1c:42"); three digits could be anything.
            if (pure.Length == 1) pure = "0" + pure;
            var wrong = pure.AsSpan().IndexOfAnyExcept(Digits);
            if (wrong >= 0 || pure.Length % 2 != 0)
            {
                reason = wrong >= 0 ? $"'{Short(word)}' is not hexadecimal" : $"'{Short(word)}' has an odd number of digits";
                return [];
            }

            digits.Append(pure);
        }

        return digits.Length == 0 ? [] : [Convert.FromHexString(digits.ToString())];
    }

    private static string Short(string word) => word.Length > 20 ? word[..20] + "…" : word;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
