using Fathom.Wire.Internet;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>An ICMP or ICMPv6 error that quoted a segment of the connection, with a sequence number in flight (RFC 5927 §4.1).</summary>
/// <param name="Reporter">Who sent it.</param>
/// <param name="Type">The type, ICMP's or ICMPv6's as the reporter's version says.</param>
/// <param name="Code">The code.</param>
/// <param name="NextHopMtu">The MTU that it tells, in octets; 0: none.</param>
public readonly record struct TcpIcmpError(IpAddress Reporter, byte Type, byte Code, int NextHopMtu);
