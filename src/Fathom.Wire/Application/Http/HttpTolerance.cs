namespace Fathom.Wire.Application.Http;

/// <summary>One kind of fault that was tolerated, where it first occurred.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Offset">Octets from the first one that the reader was given.</param>
public readonly record struct HttpTolerance(HttpToleranceKind Kind, long Offset);
