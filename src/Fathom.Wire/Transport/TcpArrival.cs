namespace Fathom.Wire.Transport;

/// <summary>What a segment brought to a <see cref="TcpStreamAssembler"/>.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="NewOctets">Octets that were not there before, and were kept.</param>
/// <param name="RepeatedOctets">Octets that were there already; the ones that came first stay.</param>
/// <param name="Released">Octets that became readable by it, its own and those that waited behind the gap it closed.</param>
public readonly record struct TcpArrival(TcpArrivalKind Kind, int NewOctets, int RepeatedOctets, int Released);
