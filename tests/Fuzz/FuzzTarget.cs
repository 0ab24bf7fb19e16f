namespace Fuzz;

/// <summary>One protocol's readers, and what must hold for any octets.</summary>
/// <param name="Name">The protocol; also the folder of its corpus.</param>
/// <param name="Run">Reads the octets. An exception is a find.</param>
/// <param name="Seeds">What a campaign without a corpus begins with.</param>
public sealed record FuzzTarget(string Name, Action<byte[]> Run, IReadOnlyList<byte[]> Seeds);
