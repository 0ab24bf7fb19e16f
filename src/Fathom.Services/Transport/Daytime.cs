using System.Globalization;
using System.Text;

namespace Fathom.Services.Transport;

/// <summary>Date and time as one line, in one of the two forms that RFC 867 suggests.</summary>
internal static class Daytime
{
    /// <summary>"Tuesday, February 22, 1982 17:37:43-UTC".</summary>
    public static byte[] Long(TimeProvider time)
        => Encoding.ASCII.GetBytes(time.GetUtcNow().ToString("dddd, MMMM d, yyyy HH:mm:ss'-UTC\r\n'", CultureInfo.InvariantCulture));

    /// <summary>"22 FEB 82 17:37:43 UTC".</summary>
    public static byte[] Short(TimeProvider time)
        => Encoding.ASCII.GetBytes(time.GetUtcNow().ToString("dd MMM yy HH:mm:ss 'UTC\r\n'", CultureInfo.InvariantCulture).ToUpperInvariant());
}
