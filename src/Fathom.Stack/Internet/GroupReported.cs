using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Routers were told of a group.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">On which link.</param>
/// <param name="Group">The group.</param>
/// <param name="Type">What was told: a change to "exclude nobody" joins, one to "include nobody" leaves, the mode answers a query.</param>
public sealed record GroupReported(TimeSpan At, NetworkInterface Interface, IpAddress Group, MulticastRecordType Type) : StackEvent(At);
