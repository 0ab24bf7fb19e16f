namespace Luck;

/// <summary>How a run went.</summary>
/// <param name="Fault">What is wrong; null: nothing.</param>
/// <param name="Kind">How the connection ended, in a word.</param>
/// <param name="Octets">Octets that were read at both ends.</param>
/// <param name="Packets">Packets that were sent.</param>
/// <param name="Lost">Packets that the links lost.</param>
/// <param name="Took">Virtual time until both ends were closed.</param>
internal sealed record RunOutcome(string? Fault, string Kind, long Octets, long Packets, long Lost, TimeSpan Took);
