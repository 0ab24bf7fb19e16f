namespace Fathom.Wire.Explanation;

/// <summary>A word of the field that is no protocol.</summary>
/// <param name="Term">The word: "MTU".</param>
/// <param name="FullName">In full, or empty.</param>
/// <param name="Layer">Its layer in the TCP/IP model; null if it belongs to all.</param>
/// <param name="Standard">Where it is defined.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Aliases">Other words for it.</param>
public sealed record TermEntry(string Term, string FullName, ModelLayer? Layer, string Standard, string Meaning, params string[] Aliases)
{
    /// <summary>How it stands on the wire, where it is an option or another element; to be drawn.</summary>
    public IReadOnlyList<HeaderLayout> Headers { get; init; } = [];

    /// <summary>True if the word is this term.</summary>
    /// <param name="word">The word.</param>
    public bool IsCalled(string word)
        => string.Equals(Term, word, StringComparison.OrdinalIgnoreCase) || string.Equals(FullName, word, StringComparison.OrdinalIgnoreCase)
        || Aliases.Contains(word, StringComparer.OrdinalIgnoreCase);
}
