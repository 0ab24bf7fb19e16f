using System.Globalization;

namespace Packetdrill.Playing;

/// <summary>Values as a script writes them.</summary>
internal static class ScriptText
{
    /// <summary>A time in seconds, to the microsecond.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>A difference in milliseconds, with its sign.</summary>
    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture) + " ms";
}
