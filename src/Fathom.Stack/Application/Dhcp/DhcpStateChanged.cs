using Fathom.Stack.Events;
using Fathom.Stack.Link;

namespace Fathom.Stack.Application.Dhcp;

/// <summary>A DHCP client went from one state to another.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Interface">Whose client.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state now.</param>
/// <param name="Reason">Why.</param>
public sealed record DhcpStateChanged(TimeSpan At, NetworkInterface Interface, DhcpState Before, DhcpState After, DhcpReason Reason) : StackEvent(At);
