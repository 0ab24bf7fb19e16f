namespace Fathom.Wire.Application.Http;

/// <summary>Reads Transfer-Encoding (RFC 9112 §6.1, §7).</summary>
internal static class HttpTransferEncoding
{
    /// <param name="value">All lines of the field, joined with commas.</param>
    /// <param name="endsInChunked">The last coding is "chunked": the message says where it ends.</param>
    /// <returns>False when it is no list of codings, or names "chunked" twice or with parameters.</returns>
    public static bool TryParse(string value, out bool endsInChunked)
    {
        endsInChunked = false;
        var seenChunked = false;
        foreach (var member in HttpSyntax.SplitList(value))
        {
            // RFC 9110 §5.6.1.2: empty members of a list are passed over; here they would hide a coding from another reader.
            var semicolon = member.IndexOf(';', StringComparison.Ordinal);
            var name = semicolon < 0 ? member : member[..semicolon].TrimEnd(' ', '\t');
            if (!HttpSyntax.IsToken(name)) return false;

            // RFC 9112 §7.1: "chunked" defines no parameters, and their presence is an error.
            if (semicolon >= 0 && IsChunked(name)) return false;

            // RFC 9112 §6.1: "a sender MUST NOT apply the chunked transfer coding more than once".
            endsInChunked = IsChunked(member);
            if (endsInChunked && seenChunked) return false;
            seenChunked |= endsInChunked;
        }

        return true;
    }

    private static bool IsChunked(string coding) => string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase);
}
