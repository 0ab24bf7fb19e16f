using Fathom.Wire.Application.Http;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Http;

/// <summary>One request that was answered, or refused.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Request">The head; null when it could not be read.</param>
/// <param name="Status">The status that was sent.</param>
/// <param name="BodyLength">Octets of the body that was sent, without framing.</param>
/// <param name="Duration">From its first octet to the last of the answer.</param>
/// <param name="Refused">What was wrong with the request, where it could not be read; else null.</param>
public sealed record HttpServed(IpEndpoint Client, HttpRequestHead? Request, int Status, long BodyLength, TimeSpan Duration, HttpError? Refused);
