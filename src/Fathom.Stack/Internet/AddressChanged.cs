using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>An address of the host has come, gone, or is good for something else.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">Whose.</param>
/// <param name="Address">Which.</param>
/// <param name="Before">The state before; null for a new one.</param>
/// <param name="After">The state now; null for one that is gone.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record AddressChanged(TimeSpan At, NetworkInterface Interface, IpAddress Address, AddressState? Before, AddressState? After, AddressOrigin Origin) : StackEvent(At);
