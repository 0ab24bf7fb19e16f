using Fathom.Stack.Events;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport;

/// <summary>A UDP datagram was dropped.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">The sender.</param>
/// <param name="Destination">Where it was going.</param>
public sealed record UdpDropped(TimeSpan At, UdpDropReason Reason, IpEndpoint Source, IpEndpoint Destination) : StackEvent(At);
