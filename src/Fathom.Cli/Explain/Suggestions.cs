namespace Fathom.Cli.Explain;

/// <summary>The known terms that are closest to one that is not known.</summary>
internal static class Suggestions
{
    private const int MostShown = 3;

    // Edit distance is quadratic; no term is longer than this.
    private const int LongestTerm = 60;

    /// <summary>Up to three, closest first; none that is far away.</summary>
    public static IReadOnlyList<string> For(string term, IEnumerable<string> known)
    {
        if (term.Length > LongestTerm) return [];
        var limit = Math.Max(1, term.Length / 3);
        return
        [
            .. known.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(k => (Term: k, Distance: k.StartsWith(term, StringComparison.OrdinalIgnoreCase) && term.Length > 2 ? 1 : Distance(term.ToUpperInvariant(), k.ToUpperInvariant())))
                .Where(c => c.Distance <= limit).OrderBy(static c => c.Distance).ThenBy(static c => c.Term, StringComparer.Ordinal).Take(MostShown).Select(static c => c.Term),
        ];
    }

    // Edit distance with swapped neighbors as one edit (optimal string alignment): "tpc" is one slip from "tcp".
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) table[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var change = table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), change);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[one.Length, other.Length];
    }
}
