namespace Fathom.Wire.Internet;

/// <summary>A packet whose fragments did not all come in time.</summary>
/// <param name="Id">Which packet.</param>
/// <param name="Missing">The holes that were left.</param>
/// <param name="FirstFragment">
/// The fragment with offset 0, which a "reassembly time exceeded" message quotes; null if it never came, and then no message is sent
/// (RFC 792, RFC 8200 §4.5).
/// </param>
/// <param name="Fragments">Fragments that did come.</param>
public sealed record AbandonedDatagram(DatagramId Id, IReadOnlyList<MissingRange> Missing, ReadOnlyMemory<byte>? FirstFragment, int Fragments);
