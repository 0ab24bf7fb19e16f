using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A packet was put together of its fragments.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">Where they came in.</param>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Length">Octets of the whole packet.</param>
/// <param name="Fragments">How many there were.</param>
public sealed record PacketReassembled(TimeSpan At, NetworkInterface Interface, IpAddress Source, IpAddress Destination, int Length, int Fragments) : StackEvent(At);
