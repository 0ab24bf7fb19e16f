using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A fragment was dropped, and perhaps all that waited with it.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">Where it came in.</param>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Fault">Why.</param>
public sealed record FragmentDropped(TimeSpan At, NetworkInterface Interface, IpAddress Source, IpAddress Destination, ReassemblyFault Fault) : StackEvent(At);
