using System.Text;

namespace Fathom.Wire.Explanation;

/// <summary>Draws a header as the RFCs do, 32 bits a line, from its layout table alone.</summary>
public static class HeaderDrawing
{
    private const int Width = 32;

    // A field of more octets, BOOTP's names, is drawn in the lines that this many take, as RFC 2131 draws them: its size stands in it.
    private const int LongestDrawn = 32;

    // A cell of n bits is 2n-1 characters wide, as in the RFCs.
    private const int PerBit = 2;

    /// <summary>Draws.</summary>
    /// <param name="layout">The header.</param>
    /// <returns>The lines, up to 65 characters each, ASCII only.</returns>
    public static IReadOnlyList<string> Draw(HeaderLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var total = layout.Fields.Count == 0 ? 0 : layout.Fields.Max(static f => f.BitOffset + f.BitLength);
        var lines = new List<string> { Ruler(tens: true), Ruler(tens: false) };
        for (var row = 0; row < total; row += Width)
        {
            if (IsLeftOut(layout, row)) continue;
            lines.Add(Border(layout, row, total));
            lines.AddRange(Cells(layout, row, total));
        }

        lines.Add(Border(layout, (total + Width - 1) / Width * Width, total, bottom: true));
        if (layout.Rest is not { } rest) return lines;
        lines.Add("|" + Center(rest, (PerBit * Width) - 1) + "|");
        lines.Add("+" + string.Concat(Enumerable.Repeat("~+", Width)));
        return lines;
    }

    private static string Ruler(bool tens)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < Width; bit++) text.Append(' ').Append(tens ? (bit % 10 == 0 ? (char)('0' + (bit / 10)) : ' ') : (char)('0' + (bit % 10)));
        return text.ToString().TrimEnd();
    }

    private static bool IsLeftOut(HeaderLayout layout, int row)
        => At(layout, row) is { } field && field.BitLength > 8 * LongestDrawn && row - field.BitOffset >= Width && row + Width <= field.BitOffset + field.BitLength - Width;

    private static FieldSpec? At(HeaderLayout layout, int bit)
    {
        foreach (var field in layout.Fields)
        {
            if (bit >= field.BitOffset && bit < field.BitOffset + field.BitLength) return field;
        }

        return null;
    }

    // A field that goes on in the next row has no line between its rows.
    private static string Border(HeaderLayout layout, int row, int total, bool bottom = false)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < Width; bit++)
        {
            var above = row == 0 ? null : At(layout, row - Width + bit);
            var below = bottom ? null : At(layout, row + bit);
            if (above is null && below is null && !(bottom && layout.Rest is not null)) break;
            var goesOn = above is not null && above == below && row + bit < total;
            var joined = goesOn && bit > 0 && above == At(layout, row - Width + bit - 1) && below == At(layout, row + bit - 1);
            text.Append(joined ? ' ' : '+').Append(goesOn ? ' ' : '-');
        }

        return text.Append('+').ToString();
    }

    private static List<string> Cells(HeaderLayout layout, int row, int total)
    {
        var cells = new List<(int Bits, IReadOnlyList<string> Text)>();
        for (var bit = row; bit < Math.Min(row + Width, total);)
        {
            var field = At(layout, bit);
            var end = Math.Min(row + Width, field is { } f ? f.BitOffset + f.BitLength : NextField(layout, bit, total));
            var isFirst = field is null || bit == field.Value.BitOffset;
            cells.Add((end - bit, field is { } named && isFirst ? Fit(named, (PerBit * (end - bit)) - 1) : []));
            bit = end;
        }

        var lines = new List<string>();
        for (var i = 0; i < Math.Max(1, cells.Max(static c => c.Text.Count)); i++)
        {
            var text = new StringBuilder("|");
            foreach (var (bits, words) in cells) text.Append(Center(i < words.Count ? words[i] : string.Empty, (PerBit * bits) - 1)).Append('|');
            lines.Add(text.ToString());
        }

        return lines;
    }

    private static int NextField(HeaderLayout layout, int bit, int total)
    {
        while (bit < total && At(layout, bit) is null) bit++;
        return bit;
    }

    private static IReadOnlyList<string> Fit(FieldSpec field, int width)
    {
        var words = Words(field.Name);
        if (field.BitLength > 8 * LongestDrawn) words += string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({field.BitLength / 8} octets)");
        if (words.Length <= width) return [words];
        var parts = words.Split(' ');
        if (parts.All(p => p.Length <= width)) return parts;
        // One letter below the other, as RFC 9293 writes its control bits.
        var initials = parts.Length > 1 ? string.Concat(parts.Select(static p => p[0])) : parts[0][..Math.Min(3, parts[0].Length)];
        initials = initials.ToUpperInvariant();
        return initials.Length <= width ? [initials] : [.. initials.Select(static c => c.ToString())];
    }

    /// <summary>"totalLength" as "total length".</summary>
    internal static string Words(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c)) text.Append(' ').Append(char.ToLowerInvariant(c));
            else text.Append(c);
        }

        return text.ToString();
    }

    private static string Center(string text, int width)
    {
        if (text.Length >= width) return text[..width];
        var left = (width - text.Length) / 2;
        return new string(' ', left) + text + new string(' ', width - text.Length - left);
    }
}
