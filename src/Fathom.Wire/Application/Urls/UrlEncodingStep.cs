namespace Fathom.Wire.Application.Urls;

/// <summary>One character that the parser percent-encoded.</summary>
/// <param name="Position">Where it stands, in UTF-16 code units of the text that was given.</param>
/// <param name="Length">How many code units it has.</param>
/// <param name="Text">The character; U+FFFD for a lone surrogate.</param>
/// <param name="Encoded">What became of it, "%C3%BC".</param>
/// <param name="Set">The set that has it.</param>
public readonly record struct UrlEncodingStep(int Position, int Length, string Text, string Encoded, PercentEncodeSet Set);
