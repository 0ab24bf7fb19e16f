using System.Globalization;

namespace Fathom.Cli.Labs;

/// <summary>Times as people write them for a lab: "1.5s", "200ms", "50us", "2m".</summary>
internal static class LabTimeText
{
    // A lab that is asked to pass more is asked by mistake.
    private static readonly TimeSpan Most = TimeSpan.FromDays(30);

    private static readonly (string Unit, long Ticks)[] Units = [("us", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour)];

    /// <summary>Reads one; a number without a unit is not a time.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = default;
        foreach (var (unit, ticks) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal) || !decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) continue;
            if (value > Most.Ticks / ticks) return false;
            time = TimeSpan.FromTicks((long)(value * ticks));
            return true;
        }

        return false;
    }

    /// <summary>Writes one to the microsecond: "12.345678 s".</summary>
    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000000} s");
}
