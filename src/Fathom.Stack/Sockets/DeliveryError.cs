using Fathom.Wire.Internet;

namespace Fathom.Stack.Sockets;

/// <summary>An ICMP or ICMPv6 error about something that a socket has sent.</summary>
/// <param name="Reporter">Who says so; an address of this host where the stack itself does.</param>
/// <param name="Type">ICMP or ICMPv6 type; which of the two, the reporter's version says.</param>
/// <param name="Code">The code.</param>
/// <param name="NextHopMtu">The MTU that "too big" tells, in octets; 0: none.</param>
/// <param name="IsLocal">The stack itself says so: no neighbor answered, no route leads there.</param>
public readonly record struct DeliveryError(IpAddress Reporter, byte Type, byte Code, int NextHopMtu, bool IsLocal);
