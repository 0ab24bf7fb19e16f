using System.Globalization;

namespace Fathom.Cli.Sockets;

/// <summary>Counts and times for people.</summary>
internal static class Amount
{
    /// <summary>"1 octet", "2 octets", "1,000 octets".</summary>
    public static string Octets(long count) => Count(count, "octet", "octets");

    /// <summary>"1 client", "2 clients".</summary>
    public static string Count(long count, string one, string many)
        => count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);

    /// <summary>"0.041 ms", "12.3 ms", "2.5 s".</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds >= 1
        ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : Milliseconds(time) + " ms";

    /// <summary>"0.041", "12.300".</summary>
    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A number in decimal.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
