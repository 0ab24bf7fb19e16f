namespace Fathom.Wire.Application.Http;

/// <summary>Decides conditional requests by entity tags (RFC 9110 §13).</summary>
public static class HttpPreconditions
{
    /// <summary>Evaluates If-Match and If-None-Match in the order of §13.2.2; dates are not looked at.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="fields">The request's fields.</param>
    /// <param name="currentTag">The entity tag of the resource as it is now, with its quotes; null when there is no such resource.</param>
    /// <returns>Null to go on; else the status to answer with: 412, or 304 for GET and HEAD.</returns>
    public static int? Evaluate(string method, HttpFields fields, string? currentTag)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(fields);

        // §13.1.1: strong comparison; "*" is true for anything that exists.
        if (fields.Combined("If-Match") is { } match && !Matches(match, currentTag, isWeak: false)) return 412;

        // §13.1.2: weak comparison, and true when nothing matches.
        if (fields.Combined("If-None-Match") is { } none && Matches(none, currentTag, isWeak: true)) return method is "GET" or "HEAD" ? 304 : 412;
        return null;
    }

    /// <summary>True when a list of entity tags, or "*", names the current one (RFC 9110 §8.8.3.2).</summary>
    /// <param name="list">The value of If-Match or If-None-Match.</param>
    /// <param name="currentTag">The current tag with its quotes, or null.</param>
    /// <param name="isWeak">Compare weakly: a "W/" before either does not count.</param>
    public static bool Matches(string list, string? currentTag, bool isWeak)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (currentTag is null) return false;
        if (list.Trim() == "*") return true;
        return HttpSyntax.SplitList(list).Exists(tag => isWeak
            ? Opaque(tag) == Opaque(currentTag)
            : tag == currentTag && !tag.StartsWith("W/", StringComparison.Ordinal));
    }

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
