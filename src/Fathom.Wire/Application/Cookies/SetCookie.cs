using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Cookies;

/// <summary>
/// One Set-Cookie field, read as browsers read it (RFC 6265bis §5.6). Whether a host may set it is not decided here: see
/// <see cref="CookieAudit"/>. Text of the peer: escape it before showing.
/// </summary>
public sealed partial record SetCookie
{
    /// <summary>Octets that name and value may have together (RFC 6265bis §5.6 step 5).</summary>
    public const int MaximumNameValueLength = 4096;

    /// <summary>Octets that an attribute's value may have (RFC 6265bis §5.6); a longer attribute is ignored.</summary>
    public const int MaximumAttributeLength = 1024;

    /// <summary>The longest life of a cookie (RFC 6265bis §5.5): 400 days.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromDays(400);

    /// <summary>The name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>The value; may be empty, not together with the name.</summary>
    public required string Value { get; init; }

    /// <summary>Domain without a leading dot, in lower case; null when absent or empty: for the setting host alone.</summary>
    public string? Domain { get; init; }

    /// <summary>Path; null when absent or not beginning with "/": the default path of the request counts.</summary>
    public string? Path { get; init; }

    /// <summary>Expires as stated, or null. <see cref="MaxAge"/> overrules it.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Max-Age in seconds as stated (held to what 64 bits take), or null.</summary>
    public long? MaxAge { get; init; }

    /// <summary>When the cookie ends, capped at <see cref="MaximumAge"/> from when it was read; null for the end of the session.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>It was over when it was read: the server deletes a cookie of this name.</summary>
    public bool IsExpired { get; init; }

    /// <summary>Secure: sent over secure channels only.</summary>
    public bool Secure { get; init; }

    /// <summary>HttpOnly: hidden from scripts.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>SameSite.</summary>
    public SameSite SameSite { get; init; }

    /// <summary>Partitioned: kept apart for each top-level site (CHIPS).</summary>
    public bool Partitioned { get; init; }

    /// <summary>True when it outlives the session.</summary>
    public bool IsPersistent => ExpiresAt is not null;

    /// <summary>The name begins with "__Secure-", in any case (RFC 6265bis §5.4).</summary>
    public bool HasSecurePrefix => Name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name begins with "__Host-", in any case (RFC 6265bis §5.4).</summary>
    public bool HasHostPrefix => Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the value of one Set-Cookie field.</summary>
    /// <param name="field">The field's value; a character for each octet.</param>
    /// <param name="now">The present, for Max-Age and expiry.</param>
    /// <param name="cookie">The cookie, or null.</param>
    /// <param name="reason">Why browsers ignore the whole field, as a phrase for a person; empty on success.</param>
    public static bool TryParse(string field, DateTimeOffset now, [NotNullWhen(true)] out SetCookie? cookie, out string reason)
    {
        ArgumentNullException.ThrowIfNull(field);
        cookie = null;

        // Step 1: control characters except HTAB.
        if (field.AsSpan().IndexOfAnyInRange('\0', '\x08') >= 0 || field.AsSpan().IndexOfAnyInRange('\x0A', '\x1F') >= 0 || field.Contains('\x7F', StringComparison.Ordinal))
            return Refuse("the field holds a control character (RFC 6265bis §5.6 step 1)", out reason);

        // Steps 2 and 3: up to the first ";"; without "=" it is all value.
        var end = field.IndexOf(';', StringComparison.Ordinal);
        var pair = end < 0 ? field : field[..end];
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : Trim(pair[..equals]);
        var value = Trim(pair[(equals + 1)..]);

        // Step 5.
        if (name.Length + value.Length > MaximumNameValueLength) return Refuse("name and value together exceed 4,096 octets (RFC 6265bis §5.6 step 5)", out reason);

        // §5.7 step 4.
        if (name.Length == 0 && value.Length == 0) return Refuse("name and value are both empty (RFC 6265bis §5.7)", out reason);
        cookie = WithAttributes(new SetCookie { Name = name, Value = value }, end < 0 ? "" : field[(end + 1)..], now);
        reason = "";
        return true;
    }

    /// <summary>Name and value as one safe line.</summary>
    public override string ToString() => TextSanitizer.Escape($"{Name}={Value}");

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }

    // WSP is SP and HTAB.
    private static string Trim(string text) => text.Trim(' ', '\t');
}
