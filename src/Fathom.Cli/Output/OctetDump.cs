using System.Globalization;
using System.Text;

namespace Fathom.Cli.Output;

/// <summary>Octets as a dump: offset, sixteen octets in hexadecimal, and as ASCII; 75 columns with two blanks in front.</summary>
internal static class OctetDump
{
    private const int PerLine = 16;

    /// <summary>The lines.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="most">How many to show at the most; a last line tells of the rest.</param>
    public static IEnumerable<string> Lines(ReadOnlyMemory<byte> octets, int most = 512)
    {
        for (var at = 0; at < Math.Min(octets.Length, most); at += PerLine)
        {
            var line = new StringBuilder("  ").Append(at.ToString("x4", CultureInfo.InvariantCulture)).Append("  ");
            var part = octets.Span.Slice(at, Math.Min(PerLine, Math.Min(octets.Length, most) - at));
            for (var i = 0; i < PerLine; i++)
            {
                line.Append(i < part.Length ? part[i].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(i == 7 ? "  " : " ");
            }

            line.Append(' ');
            foreach (var octet in part) line.Append(octet is >= 0x20 and <= 0x7E ? (char)octet : '.');
            yield return line.ToString();
        }

        if (octets.Length > most) yield return string.Create(CultureInfo.InvariantCulture, $"  … {octets.Length - most} octets more");
    }
}
