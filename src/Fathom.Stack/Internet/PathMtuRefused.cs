using Fathom.Stack.Events;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Somebody told of a small link, quoting a packet that this host has not sent: not believed (RFC 5927 §4).</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Destination">Where the packet would have gone.</param>
/// <param name="Mtu">What was told, in octets.</param>
/// <param name="Reporter">Who told.</param>
public sealed record PathMtuRefused(TimeSpan At, IpAddress Destination, int Mtu, IpAddress Reporter) : StackEvent(At);
