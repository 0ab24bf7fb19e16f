using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Internet;

/// <summary>Another host has an address of this one's (RFC 4862 §5.4, RFC 5227).</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">On which link.</param>
/// <param name="Address">Which address.</param>
/// <param name="Other">The other's MAC address; null where it was not told.</param>
/// <param name="Action">What is done about it.</param>
public sealed record AddressConflict(TimeSpan At, NetworkInterface Interface, IpAddress Address, MacAddress? Other, AddressConflictAction Action) : StackEvent(At);
