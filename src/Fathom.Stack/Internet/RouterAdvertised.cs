using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A router has advertised itself, or is one no more.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">On which link.</param>
/// <param name="Router">Its link-local address.</param>
/// <param name="Lifetime">For how long it offers itself; zero: no longer.</param>
public sealed record RouterAdvertised(TimeSpan At, NetworkInterface Interface, IpAddress Router, TimeSpan Lifetime) : StackEvent(At);
