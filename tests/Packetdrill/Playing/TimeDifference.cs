namespace Packetdrill.Playing;

/// <summary>Something happened earlier or later than the script says.</summary>
/// <param name="Line">The script's line.</param>
/// <param name="By">By how much: negative for earlier.</param>
/// <param name="Tolerance">What the language allows there.</param>
internal sealed record TimeDifference(int Line, TimeSpan By, TimeSpan Tolerance);
