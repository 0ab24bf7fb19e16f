using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>Normalization Form C (UAX #15), without ICU: <see cref="string.Normalize()"/> does nothing where globalization is invariant.</summary>
internal static class CanonicalComposition
{
    // Below the first combining mark nothing decomposes away from NFC and nothing composes.
    private const char FirstThatMayChange = '\u0300';

    // Hangul syllables are computed (The Unicode Standard §3.12).
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>The text in NFC. Lone surrogates become U+FFFD.</summary>
    public static string Normalize(string text)
    {
        var mayChange = text.AsSpan().IndexOfAnyInRange(FirstThatMayChange, char.MaxValue) >= 0;
        if (!mayChange) return text;
        var points = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, points);
        Order(points);
        Compose(points);
        var builder = new StringBuilder(points.Count);
        foreach (var point in points) builder.Append(new Rune(point).ToString());
        return builder.ToString();
    }

    private static void Decompose(int point, List<int> into)
    {
        var syllable = point - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            into.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            into.Add(VowelBase + (syllable / TailCount % VowelCount));
            if (syllable % TailCount != 0) into.Add(TailBase + (syllable % TailCount));
        }
        else if (point >= 0x80 && UnicodeTable.Instance.TryDecompose(point, out var parts))
        {
            // Only the first part may decompose further, and no decomposition is deeper than four.
            Decompose(parts.First, into);
            if (parts.Second != 0) into.Add(parts.Second);
        }
        else
        {
            into.Add(point);
        }
    }

    // The canonical ordering algorithm: marks between starters are sorted by class, and equals keep their order.
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count;)
        {
            if (Class(points[start]) == 0)
            {
                start++;
                continue;
            }

            var end = start + 1;
            while (end < points.Count && Class(points[end]) != 0) end++;
            if (end - start > 1)
            {
                var sorted = points[start..end].OrderBy(static p => Class(p)).ToArray();
                for (var i = 0; i < sorted.Length; i++) points[start + i] = sorted[i];
            }

            start = end;
        }
    }

    private static void Compose(List<int> points)
    {
        int starter = -1, last = -1, length = 0;
        for (var at = 0; at < points.Count; at++)
        {
            var point = points[at];
            var current = (int)Class(point);
            // A mark is blocked from the starter by one of its own class or a higher one between them.
            var isAdjacent = starter >= 0 && starter == length - 1;
            if (starter >= 0 && (isAdjacent || last < current) && TryPair(points[starter], point, out var composite))
            {
                points[starter] = composite;
                continue;
            }

            if (current == 0) starter = length;
            last = current;
            points[length++] = point;
        }

        points.RemoveRange(length, points.Count - length);
    }

    private static bool TryPair(int first, int second, out int composite)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            composite = SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
            return true;
        }

        var (syllable, tail) = (first - SyllableBase, second - TailBase);
        if (syllable is >= 0 and < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
        {
            composite = first + tail;
            return true;
        }

        return UnicodeTable.Instance.TryCompose(first, second, out composite);
    }

    private static byte Class(int point) => point < FirstThatMayChange ? (byte)0 : UnicodeTable.Instance[point].CombiningClass;
}
