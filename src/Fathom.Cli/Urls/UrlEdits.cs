using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary>Changes to a URL, in the order parts, query set, query append, query delete.</summary>
internal sealed class UrlEdits
{
    /// <summary>The parts that --set takes.</summary>
    public const string PartNames = "href, protocol, username, password, host, hostname, port, pathname, search, hash";

    private readonly List<(string Text, Func<Url, Url> Apply)> _edits = [];

    /// <summary>There is nothing to change.</summary>
    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Reads the options.</summary>
    /// <param name="set">PART=VALUE.</param>
    /// <param name="querySet">NAME=VALUE.</param>
    /// <param name="queryAppend">NAME=VALUE.</param>
    /// <param name="queryDelete">NAME or NAME=VALUE.</param>
    /// <param name="edits">The changes.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryRead(string[] set, string[] querySet, string[] queryAppend, string[] queryDelete, out UrlEdits edits, out string reason)
    {
        edits = new UrlEdits();
        reason = "";
        foreach (var text in set)
        {
            if (!TrySplit(text, out var name, out var value) || !TryPart(name, out var part))
            {
                reason = $"--set {text}: expected PART=VALUE, the part one of {PartNames}";
                return false;
            }

            edits.Add($"--set {text}", url => url.With(part, value));
        }

        foreach (var (texts, option, change) in new (string[], string, Action<UrlQuery, string, string>)[]
        {
            (querySet, "--query-set", static (q, n, v) => q.Set(n, v)),
            (queryAppend, "--query-append", static (q, n, v) => q.Append(n, v)),
        })
        {
            foreach (var text in texts)
            {
                if (!TrySplit(text, out var name, out var value))
                {
                    reason = $"{option} {text}: expected NAME=VALUE";
                    return false;
                }

                edits.Add($"{option} {text}", url => ChangeQuery(url, q => change(q, name, value)));
            }
        }

        foreach (var text in queryDelete)
        {
            var (name, value) = TrySplit(text, out var n, out var v) ? (n, v) : (text, null);
            // To delete what is not there is no failure: afterwards it is not there.
            edits.Add("", url => url.Query is { } query && UrlQuery.Parse(query).Has(name, value) ? ChangeQuery(url, q => q.Delete(name, value)) : url);
        }

        return true;
    }

    /// <summary>Makes the changes.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="ignored">The options that changed nothing because the standard refuses the value.</param>
    public Url Apply(Url url, out IReadOnlyList<string> ignored)
    {
        var refused = new List<string>();
        foreach (var (text, apply) in _edits)
        {
            var changed = apply(url);
            if (ReferenceEquals(changed, url) && text.Length > 0) refused.Add(text);
            url = changed;
        }

        ignored = refused;
        return url;
    }

    private void Add(string text, Func<Url, Url> apply) => _edits.Add((text, apply));

    private static Url ChangeQuery(Url url, Action<UrlQuery> change)
    {
        var query = UrlQuery.Parse(url.Query ?? "");
        change(query);
        return url.WithQuery(query);
    }

    private static bool TrySplit(string text, out string name, out string value)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        (name, value) = equals < 0 ? ("", "") : (text[..equals], text[(equals + 1)..]);
        return equals >= 0;
    }

    private static bool TryPart(string name, out UrlPart part)
        => Enum.TryParse(name, true, out part) && name.Length > 0 && char.IsAsciiLetter(name[0]);
}
