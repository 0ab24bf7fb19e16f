using Fathom.Stack.Events;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>What is known of a neighbor has changed.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">On which link.</param>
/// <param name="Address">The neighbor.</param>
/// <param name="HardwareAddress">Its MAC address; null where it is not known.</param>
/// <param name="Before">The state before; null for one that was not known.</param>
/// <param name="After">The state now; null for one that was forgotten.</param>
/// <param name="Reason">Why.</param>
public sealed record NeighborChanged(
    TimeSpan At, NetworkInterface Interface, IpAddress Address, MacAddress? HardwareAddress, ReachabilityState? Before, ReachabilityState? After, NeighborReason Reason) : StackEvent(At);
