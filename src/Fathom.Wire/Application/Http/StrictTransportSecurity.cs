using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fathom.Wire.Application.Http;

/// <summary>The Strict-Transport-Security field (RFC 6797 §6.1).</summary>
/// <param name="MaxAge">Seconds that browsers hold to HTTPS; 0 makes them forget.</param>
/// <param name="IncludeSubDomains">It holds for the hosts below, too.</param>
/// <param name="Preload">The site asks for the browsers' built-in lists; no part of the RFC.</param>
public sealed record StrictTransportSecurity(long MaxAge, bool IncludeSubDomains, bool Preload)
{
    /// <summary>Reads the value of the field's first line; browsers ignore the others (RFC 6797 §8.1).</summary>
    /// <param name="value">The value.</param>
    /// <param name="policy">The policy, or null.</param>
    /// <returns>False when max-age is missing or no number, a directive is repeated, or the syntax is broken.</returns>
    public static bool TryParse(string value, [NotNullWhen(true)] out StrictTransportSecurity? policy)
    {
        policy = null;
        long? maxAge = null;
        bool includeSubDomains = false, preload = false;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var directive in value.Split(';', StringSplitOptions.TrimEntries))
        {
            if (directive.Length == 0) continue; // the grammar allows empty ones
            var equals = directive.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? directive : directive[..equals].TrimEnd();
            if (!HttpSyntax.IsToken(name) || !seen.Add(name)) return false;
            if (name.Equals("includeSubDomains", StringComparison.OrdinalIgnoreCase)) includeSubDomains = true;
            else if (name.Equals("preload", StringComparison.OrdinalIgnoreCase)) preload = true;
            else if (name.Equals("max-age", StringComparison.OrdinalIgnoreCase))
            {
                if (equals < 0 || !TryDeltaSeconds(directive[(equals + 1)..].Trim(), out var seconds)) return false;
                maxAge = seconds;
            }
        }

        if (maxAge is null) return false; // §6.1.1: required
        policy = new StrictTransportSecurity(maxAge.Value, includeSubDomains, preload);
        return true;
    }

    // §6.1.1: delta-seconds, as a token or a quoted string; more than 64 bits take counts as the most.
    private static bool TryDeltaSeconds(string text, out long seconds)
    {
        seconds = 0;
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)) seconds = long.MaxValue;
        return true;
    }
}
