using System.Globalization;

namespace Fathom.Diagnosis;

/// <summary>Figures as text, alike everywhere.</summary>
internal static class Text
{
    /// <summary>"12.1 ms".</summary>
    public static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>"4 s".</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";

    /// <summary>"1 packet", "2 packets".</summary>
    public static string Count(long count, string one, string? many = null)
        => count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many ?? one + "s");
}
