using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Cookies;

/// <summary>
/// The Netscape cookie file, "cookies.txt", as curl and wget read and write it: seven fields a line, separated by tabs: domain, TRUE for all its hosts, path, TRUE
/// for Secure, the end in seconds since 1970 (0: the session's), name, value. A domain after "#HttpOnly_" is HttpOnly. The format has no place for SameSite: it
/// stands in a comment before the line, which others skip.
/// </summary>
public static class CookieFile
{
    private const string HttpOnlyMark = "#HttpOnly_";
    private const string SameSiteMark = "# SameSite=";
    private const int Fields = 7;

    // 9999-12-31, the last day that the type holds.
    private const long LastSecond = 253402300799;

    /// <summary>Reads a file. Lines that cannot be read are left out and told.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="now">What creation and last use are set to: the format has neither.</param>
    /// <param name="problems">A sentence for each line that was left out.</param>
    public static IReadOnlyList<StoredCookie> Read(string text, DateTimeOffset now, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cookies = new List<StoredCookie>();
        var wrong = new List<string>();
        var number = 0;
        var sameSite = SameSite.Default;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            if (raw.StartsWith(SameSiteMark, StringComparison.Ordinal))
            {
                sameSite = ReadSameSite(raw[SameSiteMark.Length..]);
                continue;
            }

            var isHttpOnly = raw.StartsWith(HttpOnlyMark, StringComparison.Ordinal);
            var line = isHttpOnly ? raw[HttpOnlyMark.Length..] : raw;
            if (line.Trim().IsEmpty || line[0] == '#') continue;
            if (TryLine(line, isHttpOnly, now, out var cookie, out var reason)) cookies.Add(cookie with { SameSite = sameSite });
            else wrong.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {reason}"));
            sameSite = SameSite.Default;
        }

        problems = wrong;
        return cookies;
    }

    /// <summary>Writes a file that curl reads.</summary>
    /// <param name="cookies">The cookies.</param>
    public static string Write(IEnumerable<StoredCookie> cookies)
    {
        ArgumentNullException.ThrowIfNull(cookies);
        var text = new StringBuilder("# Netscape HTTP Cookie File\n# Written by Fathom; curl -b reads it.\n\n");
        foreach (var cookie in cookies)
        {
            // A tab would shift the fields, and curl takes none in a cookie either.
            if ($"{cookie.Domain}{cookie.Path}{cookie.Name}{cookie.Value}".Contains('\t', StringComparison.Ordinal)) continue;
            if (cookie.SameSite != SameSite.Default) text.Append(SameSiteMark).Append(cookie.SameSite).Append('\n');
            if (cookie.HttpOnly) text.Append(HttpOnlyMark);
            if (!cookie.HostOnly) text.Append('.');
            text.Append(CultureInfo.InvariantCulture, $"{cookie.Domain}\t{Word(!cookie.HostOnly)}\t{cookie.Path}\t{Word(cookie.Secure)}\t");
            text.Append(CultureInfo.InvariantCulture, $"{cookie.ExpiresAt?.ToUnixTimeSeconds() ?? 0}\t{cookie.Name}\t{cookie.Value}\n");
        }

        return text.ToString();
    }

    private static SameSite ReadSameSite(ReadOnlySpan<char> word) => word switch
    {
        "Strict" => SameSite.Strict,
        "Lax" => SameSite.Lax,
        "None" => SameSite.None,
        _ => SameSite.Default,
    };

    private static bool TryLine(ReadOnlySpan<char> line, bool isHttpOnly, DateTimeOffset now, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StoredCookie? cookie, out string reason)
    {
        cookie = null;
        var parts = new List<string>(Fields);
        foreach (var range in line.Split('\t')) parts.Add(line[range].ToString());

        // curl writes an empty value as a line that ends after the name.
        if (parts.Count == Fields - 1) parts.Add(string.Empty);
        reason = $"{parts.Count} fields; expected {Fields}, separated by tabs: domain, subdomains, path, secure, expires, name, value";
        if (parts.Count != Fields) return false;
        reason = "expected TRUE or FALSE in the second and fourth field";
        if (!TryWord(parts[1], out var includesHosts) || !TryWord(parts[3], out var isSecure)) return false;
        reason = "expected seconds since 1970 in the fifth field, 0 for the session";
        if (!long.TryParse(parts[4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) return false;
        reason = "expected a domain in the first field";
        var domain = CookieHost.Canonicalize(parts[0].StartsWith('.') ? parts[0][1..] : parts[0]);
        if (domain.Length == 0) return false;
        cookie = new StoredCookie(parts[5], parts[6], domain, parts[2].StartsWith('/') ? parts[2] : "/")
        {
            CreatedAt = now,
            LastAccessAt = now,
            ExpiresAt = seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, LastSecond)),
            HostOnly = !includesHosts,
            Secure = isSecure,
            HttpOnly = isHttpOnly,
        };
        reason = string.Empty;
        return true;
    }

    private static bool TryWord(string text, out bool value)
    {
        value = text.Equals("TRUE", StringComparison.OrdinalIgnoreCase);
        return value || text.Equals("FALSE", StringComparison.OrdinalIgnoreCase);
    }

    private static string Word(bool value) => value ? "TRUE" : "FALSE";
}
