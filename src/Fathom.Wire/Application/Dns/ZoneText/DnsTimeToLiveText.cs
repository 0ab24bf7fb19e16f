using System.Globalization;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>Seconds as master files write them: "3600", or with the units that every server reads, "1h", "1d12h".</summary>
public static class DnsTimeToLiveText
{
    /// <summary>Parses.</summary>
    /// <param name="text">Digits, or numbers each before one of w, d, h, m, s.</param>
    /// <param name="seconds">The seconds, or 0.</param>
    /// <returns>False for anything else, or above 4,294,967,295.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out uint seconds)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)) return true;
        ulong total = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !uint.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            var unit = char.ToLowerInvariant(text[digits]) switch { 'w' => 604800u, 'd' => 86400u, 'h' => 3600u, 'm' => 60u, 's' => 1u, _ => 0u };
            total += (ulong)number * unit;
            if (unit == 0 || total > uint.MaxValue) return false;
            text = text[(digits + 1)..];
        }

        seconds = (uint)total;
        return total > 0;
    }

    /// <summary>The seconds in words for a person: "1 h 30 min", "2 d".</summary>
    /// <param name="seconds">The seconds.</param>
    public static string InWords(uint seconds)
    {
        if (seconds < 60) return string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
        (uint Size, string Unit)[] units = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")];
        var parts = new List<string>();
        foreach (var (size, unit) in units)
        {
            if (seconds / size > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds / size} {unit}"));
            seconds %= size;
        }

        return string.Join(' ', parts);
    }
}
