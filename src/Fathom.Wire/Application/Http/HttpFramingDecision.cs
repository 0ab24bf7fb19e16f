namespace Fathom.Wire.Application.Http;

/// <summary>What follows a head.</summary>
/// <param name="Framing">What ends the body.</param>
/// <param name="Length">Octets, with <see cref="HttpFraming.ContentLength"/>.</param>
/// <param name="AnotherHead">The head was informational: the next head follows at once.</param>
internal readonly record struct HttpFramingDecision(HttpFraming Framing, long Length = 0, bool AnotherHead = false);
