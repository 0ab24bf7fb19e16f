using Fathom.Wire.Internet;

namespace Fathom.Cli.Input;

/// <summary>Reads prefixes from arguments, or from standard input where the only argument is "-".</summary>
internal static class PrefixInput
{
    // A table of the whole Internet's routes has 1.3 million; memory is finite.
    private const int Most = 10_000_000;

    /// <summary>Reads one prefix, or says why it is none. An address alone is the prefix of that one address.</summary>
    public static bool TryRead(string text, out IpPrefix prefix, out string problem)
    {
        problem = string.Empty;
        if (!text.Contains('/') && IpAddress.TryParse(text, out var address))
        {
            prefix = new IpPrefix(address, address.BitLength);
            return true;
        }

        if (IpPrefix.TryParse(text, out prefix, out var error)) return true;
        problem = error.ToString();
        return false;
    }

    /// <summary>Reads all, in order; null where one is wrong, and then the reason.</summary>
    /// <param name="arguments">The arguments; "-" alone stands for the lines of standard input, whose first word counts.</param>
    /// <param name="problem">The reason for a person.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static List<IpPrefix>? ReadAll(IReadOnlyList<string> arguments, out string problem, CancellationToken cancellation)
    {
        problem = string.Empty;
        var prefixes = new List<IpPrefix>();
        var fromInput = arguments is ["-"];
        var texts = fromInput ? InputLines.Read(StandardInput.OpenLines(), cancellation) : arguments.Select((a, i) => (Number: i + 1, Text: a));
        foreach (var (number, text) in texts)
        {
            var word = fromInput ? text.Split((char[]?)null, 2)[0] : text;
            if (prefixes.Count == Most) problem = $"more than {Most:N0} prefixes";
            else if (!TryRead(word, out var prefix, out var reason)) problem = $"'{word}': {reason}";
            else prefixes.Add(prefix);
            if (problem.Length == 0) continue;
            if (fromInput) problem = $"line {number}: {problem}";
            return null;
        }

        if (prefixes.Count > 0) return prefixes;
        problem = "no prefix was given; expected some, as in 192.0.2.0/24";
        return null;
    }
}
