namespace Fathom.Probes.Application.Tls;

/// <summary>How the words before TLS went.</summary>
/// <param name="Lines">What was said, each line as it was, in order. From the network: escape it before showing.</param>
/// <param name="Failure">Why there will be no TLS, as one phrase that is safe to show; null when the server waits for the ClientHello.</param>
public sealed record StartTlsOutcome(IReadOnlyList<StartTlsLine> Lines, string? Failure);
