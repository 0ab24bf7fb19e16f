using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>Punycode (RFC 3492): Unicode text as letters, digits and hyphens. Without the prefix "xn--".</summary>
public static class Punycode
{
    /// <summary>
    /// The longest text that is coded, in code points. A label of the DNS has at most 63 octets; a longer one can still stand in a URL,
    /// but the work grows with the square of its length.
    /// </summary>
    public const int MaximumLength = 4096;

    // RFC 3492 §5.
    private const int Base = 36, TMin = 1, TMax = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialN = 128;

    /// <summary>Encodes text (RFC 3492 §6.3).</summary>
    /// <param name="text">The text. A lone surrogate counts as U+FFFD.</param>
    /// <param name="encoded">ASCII: the text's own ASCII characters, a hyphen if there are any, then the others as numbers. Empty when refused.</param>
    /// <returns>False for text of more than <see cref="MaximumLength"/> code points.</returns>
    public static bool TryEncode(ReadOnlySpan<char> text, out string encoded)
    {
        encoded = "";
        if (text.Length > MaximumLength * 2) return false;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) points.Add(rune.Value);
        if (points.Count > MaximumLength) return false;
        var output = new StringBuilder(points.Count + 16);
        foreach (var point in points)
        {
            if (point < InitialN) output.Append((char)point);
        }

        int basic = output.Length, handled = basic, n = InitialN, bias = InitialBias;
        long delta = 0;
        if (basic > 0) output.Append('-');
        while (handled < points.Count)
        {
            var next = int.MaxValue;
            foreach (var point in points)
            {
                if (point >= n && point < next) next = point;
            }

            delta += (long)(next - n) * (handled + 1);
            n = next;
            foreach (var point in points)
            {
                if (point < n) delta++;
                if (point != n) continue;
                var q = delta;
                for (var k = Base; ; k += Base)
                {
                    var t = Threshold(k, bias);
                    if (q < t) break;
                    output.Append(Digit((int)(t + ((q - t) % (Base - t)))));
                    q = (q - t) / (Base - t);
                }

                output.Append(Digit((int)q));
                bias = Adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled++;
            }

            delta++;
            n++;
        }

        encoded = output.ToString();
        return true;
    }

    /// <summary>Decodes text (RFC 3492 §6.2).</summary>
    /// <param name="encoded">ASCII, in upper or lower case.</param>
    /// <param name="text">The text, or empty when refused.</param>
    /// <returns>False where it is not Punycode, has a number above U+10FFFF or of a surrogate, or more than <see cref="MaximumLength"/> characters.</returns>
    public static bool TryDecode(ReadOnlySpan<char> encoded, out string text)
    {
        text = "";
        if (encoded.Length > MaximumLength) return false;
        var basic = Math.Max(encoded.LastIndexOf('-'), 0);
        var points = new List<int>(encoded.Length);
        foreach (var c in encoded[..basic])
        {
            if (!char.IsAscii(c)) return false;
            points.Add(c);
        }

        int n = InitialN, bias = InitialBias;
        long i = 0;
        for (var at = basic > 0 ? basic + 1 : 0; at < encoded.Length;)
        {
            var (previous, weight) = (i, 1L);
            for (var k = Base; ; k += Base)
            {
                if (at >= encoded.Length || Value(encoded[at++]) is not (>= 0 and var digit)) return false;
                i += digit * weight;
                if (i > int.MaxValue) return false;
                var t = Threshold(k, bias);
                if (digit < t) break;
                weight *= Base - t;
                if (weight > int.MaxValue) return false;
            }

            bias = Adapt(i - previous, points.Count + 1, previous == 0);
            n += (int)(i / (points.Count + 1));
            i %= points.Count + 1;
            if (!Rune.IsValid(n)) return false;
            points.Insert((int)i++, n);
        }

        var builder = new StringBuilder(points.Count);
        foreach (var point in points) builder.Append(new Rune(point).ToString());
        text = builder.ToString();
        return true;
    }

    private static int Threshold(int k, int bias) => Math.Clamp(k - bias, TMin, TMax);

    // RFC 3492 §6.1.
    private static int Adapt(long delta, int points, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / points;
        var k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base) delta /= Base - TMin;
        return k + (int)((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int Value(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };
}
