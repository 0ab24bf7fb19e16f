using System.Globalization;

namespace Fathom.Wire.Application.Cookies;

public sealed partial record SetCookie
{
    // RFC 6265bis §5.6: of an attribute that comes twice, the last counts; one that cannot be read is as if absent.
    private static SetCookie WithAttributes(SetCookie cookie, string attributes, DateTimeOffset now)
    {
        for (var rest = attributes.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf(';');
            var attribute = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = attribute.IndexOf('=');
            var name = (equals < 0 ? attribute : attribute[..equals]).Trim(" \t");
            var value = equals < 0 ? default : attribute[(equals + 1)..].Trim(" \t");
            if (value.Length <= MaximumAttributeLength) cookie = WithAttribute(cookie, name, value);
        }

        return WithExpiry(cookie, now);
    }

    private static SetCookie WithAttribute(SetCookie cookie, ReadOnlySpan<char> name, ReadOnlySpan<char> value) => name.Length switch
    {
        7 when Is(name, "Expires") => CookieDate.TryParse(value, out var date) ? cookie with { Expires = date } : cookie,
        7 when Is(name, "Max-Age") => TryMaxAge(value, out var seconds) ? cookie with { MaxAge = seconds } : cookie,
        6 when Is(name, "Domain") => cookie with { Domain = ToDomain(value) },
        4 when Is(name, "Path") => cookie with { Path = value.StartsWith('/') ? value.ToString() : null },
        6 when Is(name, "Secure") => cookie with { Secure = true },
        8 when Is(name, "HttpOnly") => cookie with { HttpOnly = true },
        8 when Is(name, "SameSite") => cookie with { SameSite = ToSameSite(value) },
        11 when Is(name, "Partitioned") => cookie with { Partitioned = true },
        _ => cookie,
    };

    // §5.7: Max-Age before Expires; §5.6.1 and §5.6.2: neither beyond the limit of §5.5.
    private static SetCookie WithExpiry(SetCookie cookie, DateTimeOffset now)
    {
        var limit = now <= DateTimeOffset.MaxValue - MaximumAge ? now + MaximumAge : DateTimeOffset.MaxValue;
        var expiresAt = cookie switch
        {
            // §5.6.2: zero and less mean the earliest time there is.
            { MaxAge: <= 0 } => DateTimeOffset.MinValue,
            { MaxAge: { } seconds } => seconds < (limit - now).TotalSeconds ? now.AddSeconds(seconds) : limit,
            { Expires: { } date } => date < limit ? date : limit,
            _ => (DateTimeOffset?)null,
        };
        return cookie with { ExpiresAt = expiresAt, IsExpired = expiresAt <= now };
    }

    // §5.6.2: a digit, or "-" and a digit; then only digits.
    private static bool TryMaxAge(ReadOnlySpan<char> value, out long seconds)
    {
        seconds = 0;
        var isNegative = value.StartsWith('-');
        var digits = isNegative ? value[1..] : value;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return false;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)) seconds = long.MaxValue;
        if (isNegative) seconds = -seconds;
        return true;
    }

    // §5.6.3: one leading dot goes, letters become lower case.
    private static string? ToDomain(ReadOnlySpan<char> value)
    {
        if (value.StartsWith('.')) value = value[1..];
        return value.IsEmpty ? null : value.ToString().ToLowerInvariant();
    }

    // §5.6.7.
    private static SameSite ToSameSite(ReadOnlySpan<char> value)
    {
        if (Is(value, "None")) return SameSite.None;
        if (Is(value, "Lax")) return SameSite.Lax;
        return Is(value, "Strict") ? SameSite.Strict : SameSite.Default;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
