using Fathom.Stack.Events;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>This host would have sent an ICMP error, and its rate limit did not allow it (RFC 4443 §2.4f).</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Kind">What it would have said.</param>
public sealed record IcmpErrorSuppressed(TimeSpan At, IpAddress Destination, string Kind) : StackEvent(At);
