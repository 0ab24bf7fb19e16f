using Fathom.Stack.Events;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>This host sent an ICMP or ICMPv6 error.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Source">From which of its addresses; its version says which protocol.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Type">Type.</param>
/// <param name="Code">Code.</param>
public sealed record IcmpErrorSent(TimeSpan At, IpAddress Source, IpAddress Destination, byte Type, byte Code) : StackEvent(At);
