using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Application;

/// <summary>
/// The Public Suffix List: below which names anyone may register ("com", "co.uk", "github.io"), and what is a site of its own
/// therefore. Names may have A-labels or, where the list has the rule, Unicode labels; what comes back has the same. The list that is
/// embedded is covered by the Mozilla Public License 2.0 (Registries/Data/public_suffix_list.txt).
/// </summary>
public sealed class PublicSuffixList
{
    private static readonly Lazy<PublicSuffixList> Embedded = new(static () => Parse(RegistryTable.Lines("public_suffix_list.txt")));

    // The value tells whether the rule stands in the private section.
    private readonly Dictionary<string, bool> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _wildcards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _exceptions = new(StringComparer.Ordinal);

    private PublicSuffixList()
    {
    }

    /// <summary>The list that is embedded; read at its first use.</summary>
    public static PublicSuffixList Default => Embedded.Value;

    /// <summary>How many rules it has.</summary>
    public int Count => _names.Count + _wildcards.Count + _exceptions.Count;

    /// <summary>Reads rules, one a line: "com", "*.ck", "!www.ck"; a private one begins with "~". Comments ("//") and what follows a blank are left out.</summary>
    /// <param name="lines">The lines.</param>
    public static PublicSuffixList Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var list = new PublicSuffixList();
        foreach (var line in lines)
        {
            var rule = line.AsSpan().Trim();
            if (rule.IndexOfAny(' ', '\t') is var blank and >= 0) rule = rule[..blank];
            if (rule.IsEmpty || rule.StartsWith("//")) continue;
            var isPrivate = rule[0] == '~';
            if (isPrivate) rule = rule[1..];
            if (rule.StartsWith("!")) list._exceptions[rule[1..].ToString()] = isPrivate;
            else if (rule.StartsWith("*.")) list._wildcards[rule[2..].ToString()] = isPrivate;
            else list._names[rule.ToString()] = isPrivate;
        }

        return list;
    }

    /// <summary>Finds the public suffix of a name.</summary>
    /// <param name="host">The name; case does not matter, one trailing dot is ignored.</param>
    /// <returns>Null for an address, an empty name, and one with an empty label.</returns>
    public PublicSuffix? Find(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host.EndsWith('.') ? host[..^1] : host;
        if (name.Length == 0 || name[0] == '.' || name.Contains("..", StringComparison.Ordinal) || IpAddress.TryParse(name.Trim('[', ']'), out _)) return null;
        name = name.ToLower(CultureInfo.InvariantCulture);
        var names = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        var wildcards = _wildcards.GetAlternateLookup<ReadOnlySpan<char>>();
        var exceptions = _exceptions.GetAlternateLookup<ReadOnlySpan<char>>();

        // From the longest candidate down: the longest rule prevails, and an exception over the wildcard of the same length.
        for (var start = 0; ;)
        {
            var candidate = name.AsSpan(start);
            var dot = candidate.IndexOf('.');
            if (dot >= 0 && exceptions.TryGetValue(candidate, out var isPrivate)) return Make(name, start + dot + 1, $"!{candidate}", isPrivate);
            if (names.TryGetValue(candidate, out isPrivate)) return Make(name, start, candidate.ToString(), isPrivate);
            if (dot >= 0 && wildcards.TryGetValue(candidate[(dot + 1)..], out isPrivate)) return Make(name, start, $"*.{candidate[(dot + 1)..]}", isPrivate);
            if (dot < 0) return Make(name, start, "*", isPrivate: false);
            start += dot + 1;
        }
    }

    /// <summary>The name is a public suffix itself. A name of one label that no rule is for is one ("*").</summary>
    /// <param name="host">The name.</param>
    public bool IsPublicSuffix(string host) => Find(host) is { RegistrableDomain: null };

    /// <summary>The suffix and one label more: "example.co.uk" of "www.example.co.uk".</summary>
    /// <param name="host">The name.</param>
    /// <returns>Null for a public suffix, an address, or what is no name.</returns>
    public string? RegistrableDomain(string host) => Find(host)?.RegistrableDomain;

    private static PublicSuffix Make(string name, int start, string rule, bool isPrivate)
    {
        string? registrable = null;
        if (start > 0)
        {
            var before = start > 1 ? name.LastIndexOf('.', start - 2) : -1;
            registrable = name[(before + 1)..];
        }

        return new PublicSuffix(name[start..], rule, isPrivate, registrable);
    }
}
