using System.Globalization;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>The text of LOC data (RFC 1876 §3), read.</summary>
internal static class DnsLocationText
{
    private const uint Origin = 0x8000_0000;

    // Centimeters below the spheroid at which the altitude's scale begins (§2): 100,000 m.
    private const long AltitudeOrigin = 10_000_000;

    public static DnsData.Loc Read(DnsTokenReader reader)
    {
        var latitude = ReadAngle(reader, 90, 'N', 'S');
        var longitude = ReadAngle(reader, 180, 'E', 'W');
        var altitude = ReadCentimeters(reader, "the altitude") + AltitudeOrigin;
        if (altitude is < 0 or > uint.MaxValue) reader.Fail("the altitude is not between -100000 m and 42849672.95 m (RFC 1876 §2)");

        // §3: the defaults are 1 m, 10,000 m and 10 m.
        var size = ReadExtent(reader, 0x12);
        var horizontal = ReadExtent(reader, 0x16);
        var vertical = ReadExtent(reader, 0x13);
        return new DnsData.Loc(size, horizontal, vertical, latitude, longitude, (uint)altitude);
    }

    // Degrees, and if wanted minutes and seconds with a fraction, then the direction.
    private static uint ReadAngle(DnsTokenReader reader, int most, char positive, char negative)
    {
        decimal thousandths = 0;
        decimal[] factors = [3_600_000, 60_000, 1000];
        for (var part = 0; !reader.Failed; part++)
        {
            var word = reader.ReadWord("the direction");
            if (word.Length == 1 && char.ToUpperInvariant(word[0]) is var c && (c == positive || c == negative) && part > 0)
            {
                if (thousandths > most * 3_600_000m) reader.Fail($"more than {most} degrees");
                return c == positive ? Origin + (uint)thousandths : Origin - (uint)thousandths;
            }

            var style = part == 2 ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            if (part > 2 || !decimal.TryParse(word, style, CultureInfo.InvariantCulture, out var value) || value >= (part == 0 ? most + 1 : 60))
                reader.Fail($"\"{word}\": expected degrees, minutes, seconds and then {positive} or {negative} (RFC 1876 §3)");
            else thousandths += Math.Round(value * factors[part]);
        }

        return Origin;
    }

    private static long ReadCentimeters(DnsTokenReader reader, string what)
    {
        var word = reader.ReadWord(what);
        if (reader.Failed) return 0;
        var number = word.EndsWith('m') || word.EndsWith('M') ? word[..^1] : word;
        if (decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var meters) && Math.Abs(meters) < 100_000_000)
            return (long)Math.Round(meters * 100);
        reader.Fail($"{what} \"{word}\" is not a length in meters below 100000000");
        return 0;
    }

    // One digit and a power of ten, four bits each (§2): what has more digits is cut.
    private static byte ReadExtent(DnsTokenReader reader, byte standard)
    {
        if (reader.Failed || reader.AtEnd) return standard;
        var centimeters = ReadCentimeters(reader, "a size or precision");
        if (centimeters is < 0 or > 9_000_000_000) reader.Fail("a size or precision is not between 0 and 90000000 m");
        var exponent = 0;
        for (; centimeters > 9; centimeters /= 10) exponent++;
        return (byte)((centimeters << 4) | (uint)exponent);
    }
}
