using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A packet was dropped.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">Where it came in or was to go out; null where that was not known.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Its source; unspecified where it could not be read.</param>
/// <param name="Destination">Its destination; unspecified where it could not be read.</param>
public sealed record PacketDropped(TimeSpan At, NetworkInterface? Interface, DropReason Reason, IpAddress Source, IpAddress Destination) : StackEvent(At);
