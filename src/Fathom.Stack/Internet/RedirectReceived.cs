using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A router told of a better first hop.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">Where it came in.</param>
/// <param name="Router">Who told.</param>
/// <param name="Destination">For which destination.</param>
/// <param name="Target">The better first hop.</param>
/// <param name="IsTaken">It was followed; else it did not come from the destination's first hop, or does not name a neighbor.</param>
public sealed record RedirectReceived(TimeSpan At, NetworkInterface Interface, IpAddress Router, IpAddress Destination, IpAddress Target, bool IsTaken) : StackEvent(At);
