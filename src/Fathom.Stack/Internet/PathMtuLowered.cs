using Fathom.Stack.Events;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A router told of a link that takes less than was believed (RFC 1191, RFC 8201).</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Destination">Where to.</param>
/// <param name="Before">What was believed, in octets.</param>
/// <param name="Mtu">What is believed now, in octets: what was told, or the floor.</param>
/// <param name="Reporter">Who told.</param>
public sealed record PathMtuLowered(TimeSpan At, IpAddress Destination, int Before, int Mtu, IpAddress Reporter) : StackEvent(At);
