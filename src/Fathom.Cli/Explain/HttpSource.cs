using System.Globalization;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Explain;

/// <summary>HTTP's status codes, methods and header fields.</summary>
internal sealed class HttpSource : ITermSource
{
    public IEnumerable<string> Terms =>
        [.. HttpStatusRegistry.All.Select(static s => s.Code.ToString(CultureInfo.InvariantCulture)), .. HttpMethodRegistry.All.Select(static m => m.Name), .. HttpFieldRegistry.All.Select(static f => f.Name)];

    public IEnumerable<TermAnswer> Find(string term)
    {
        // "Cache-Control: max-age=60": a field as it was seen, with its value.
        var colon = term.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon < term.Length - 1)
        {
            if (HttpFieldRegistry.TryFind(term.AsSpan(0, colon), out var seen)) yield return Of(seen, term[(colon + 1)..].Trim());
            yield break;
        }

        var words = term.Split(' ');
        var word = words.Length == 2 && words[0].ToUpperInvariant() is "HTTP" or "STATUS" or "METHOD" or "HEADER" or "FIELD" ? words[^1] : term;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && HttpStatusRegistry.TryFind(code, out var status)) yield return Of(status);
        // In capitals it is a method; "link" and "get" in small letters may be words.
        var method = word == term && word.Any(char.IsAsciiLetterLower) ? string.Empty : word.ToUpperInvariant();
        if (HttpMethodRegistry.TryFind(method, out var found)) yield return Of(found);
        if (HttpFieldRegistry.TryFind(word.TrimEnd(':'), out var field)) yield return Of(field);
    }

    private static TermAnswer Of(HttpStatusEntry status) => new("status", $"HTTP status {status.Code}, {status.Phrase}", Join(status.Meaning, status.Advice))
    {
        Facts =
        [
            ("class", status.Class switch
            {
                HttpStatusClass.Informational => "1xx, informational: the final response is still to come",
                HttpStatusClass.Successful => "2xx, successful",
                HttpStatusClass.Redirection => "3xx, redirection: there is more to do",
                HttpStatusClass.ClientError => "4xx, client error: the request cannot be fulfilled as it is",
                _ => "5xx, server error: the request may be right, the server failed",
            }),
            ("ask again", status.Retry switch
            {
                HttpRetry.Unneeded => string.Empty,
                HttpRetry.Changed => "only after something was changed",
                HttpRetry.Later => "later (after Retry-After, if it is there), where the method is idempotent",
                HttpRetry.NewConnection => "at once, on a new connection",
                _ => "of no use",
            }),
            ("layer", "application, OSI 7"),
            ("standard", status.Reference),
        ],
    };

    private static TermAnswer Of(HttpMethodEntry method) => new("method", $"HTTP method {method.Name}", method.Meaning)
    {
        Facts =
        [
            ("safe", method.IsSafe ? "yes: it asks for no change" : "no: it may change something"),
            ("idempotent", method.IsIdempotent ? "yes: twice does the same as once, so it may be repeated after a failure" : "no: twice may do it twice, so a client must not repeat it unasked"),
            ("cacheable", method.Caching switch { HttpMethodCaching.Cacheable => "yes", HttpMethodCaching.ExplicitOnly => "only with explicit freshness", _ => "no" }),
            ("layer", "application, OSI 7"),
            ("standard", method.Reference),
        ],
    };

    private static TermAnswer Of(HttpFieldEntry field, string value)
    {
        var parts = HttpFieldValues.Explain(field.Name, value);
        return Of(field) with { Rows = parts.Count == 0 ? [(value, string.Empty, "how values of this field are made is not known here")] : [.. parts.Select(static p => (p.Text, string.Empty, p.Meaning))] };
    }

    private static TermAnswer Of(HttpFieldEntry field) => new("field", $"HTTP field {field.Name}", field.Meaning)
    {
        Facts =
        [
            ("status", field.Status == HttpFieldStatus.Unknown ? string.Empty : field.Status.ToString().ToLowerInvariant()),
            ("value", field.StructuredType is { } type ? $"structured: {type.ToString().ToLowerInvariant()} (RFC 9651)" : string.Empty),
            ("layer", "application, OSI 7"),
            ("standard", field.Reference),
        ],
    };

    private static string Join(string meaning, string advice) => advice.Length == 0 ? meaning : $"{meaning} {advice}";
}
