namespace Fathom.Wire.Application.Cookies;

/// <summary>Reads a request's Cookie field (RFC 6265bis §4.2.1): what a server sees of the jar, names and values and nothing else.</summary>
public static class CookieField
{
    /// <summary>The cookies, in order. One without "=" is a value without a name; blanks around both are taken off.</summary>
    /// <param name="field">The field's value, or null.</param>
    public static IEnumerable<(string Name, string Value)> Read(string? field)
    {
        foreach (var part in (field ?? string.Empty).Split(';'))
        {
            var pair = part.Trim(' ', '\t');
            if (pair.Length == 0) continue;
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (string.Empty, pair) : (pair[..equals].TrimEnd(' ', '\t'), pair[(equals + 1)..].TrimStart(' ', '\t'));
        }
    }

    /// <summary>The value of the first cookie of a name; null where there is none. Names are compared with their case.</summary>
    /// <param name="field">The field's value, or null.</param>
    /// <param name="name">The name.</param>
    public static string? Find(string? field, string name)
    {
        foreach (var cookie in Read(field))
        {
            if (cookie.Name == name) return cookie.Value;
        }

        return null;
    }
}
