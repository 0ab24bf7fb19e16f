namespace Fathom.Wire.Application.Http;

/// <summary>One row of the method registry.</summary>
/// <param name="Name">The method; its case counts (RFC 9110 §9.1).</param>
/// <param name="IsSafe">It only reads: the client asks for no change (RFC 9110 §9.2.1).</param>
/// <param name="IsIdempotent">Sent several times, the intended effect is that of once (RFC 9110 §9.2.2): it may be retried.</param>
/// <param name="Caching">Whether its responses may be cached.</param>
/// <param name="Reference">Where it is specified: "RFC 9110 §9.3.1".</param>
/// <param name="Meaning">What it does, in plain words; empty for rare ones.</param>
public sealed record HttpMethodEntry(string Name, bool IsSafe, bool IsIdempotent, HttpMethodCaching Caching, string Reference, string Meaning);
