using System.Globalization;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// GREASE (RFC 8701): values without a meaning that clients mix into their lists, so that servers which choke on the unknown are found early.
/// </summary>
public static class TlsGrease
{
    /// <summary>True for the sixteen values 0x0A0A, 0x1A1A … 0xFAFA (RFC 8701 §2).</summary>
    /// <param name="number">The number, as on the wire.</param>
    public static bool IsGrease(int number) => (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);

    internal static string ToText(int number) => string.Create(CultureInfo.InvariantCulture, $"GREASE 0x{number:x4}");
}
