using System.Globalization;

namespace Fathom.Wire.Application.Http;

/// <summary>Reads Content-Length (RFC 9110 §8.6, RFC 9112 §6.3).</summary>
internal static class HttpContentLength
{
    /// <param name="value">All lines of the field, joined with commas.</param>
    /// <param name="length">The number that every member states.</param>
    /// <param name="kind">What is wrong, where the answer is false.</param>
    public static bool TryParse(string value, out long length, out HttpErrorKind kind)
    {
        length = -1;
        kind = HttpErrorKind.BadContentLength;
        foreach (var member in HttpSyntax.SplitList(value))
        {
            // Digits only: no sign, no space, nothing beyond 2^63 - 1.
            if (!long.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;

            // RFC 9112 §6.3 item 5: a list of the same valid number counts as that number; anything else is unrecoverable.
            if (length >= 0 && number != length)
            {
                kind = HttpErrorKind.ConflictingLengths;
                return false;
            }

            length = number;
        }

        return true;
    }
}
