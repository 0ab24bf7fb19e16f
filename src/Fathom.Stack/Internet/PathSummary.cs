using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>How the stack would send to a destination now.</summary>
/// <param name="Interface">Where a packet would leave.</param>
/// <param name="NextHop">Whose neighbor it would go to: a router, or the destination.</param>
/// <param name="Source">The address that it would come from.</param>
/// <param name="Mtu">The largest packet believed to pass, in octets.</param>
/// <param name="IsBroadcast">The destination is a broadcast of the link.</param>
public sealed record PathSummary(NetworkInterface Interface, IpAddress NextHop, IpAddress Source, int Mtu, bool IsBroadcast);
