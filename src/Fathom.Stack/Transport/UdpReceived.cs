using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport;

/// <summary>A datagram that arrived, or an error about one that was sent.</summary>
/// <param name="Peer">Who sent it; for an error, whom the datagram was for.</param>
/// <param name="Destination">Which address of this host, or group, it was sent to; for an error, the address that the datagram went from.</param>
/// <param name="Interface">Where it came in; null for an error.</param>
/// <param name="Length">Octets of the payload; of an error, of what it quotes of the payload. More than were copied if the destination was too small.</param>
/// <param name="HopLimit">TTL or hop limit that was left; 0 of the stack's own errors.</param>
/// <param name="Dscp">Differentiated services code point, 0 to 63.</param>
/// <param name="Ecn">Explicit congestion notification, 0 to 3.</param>
/// <param name="At">When it came, in the driver's time.</param>
/// <param name="Error">The error; null for a datagram.</param>
public readonly record struct UdpReceived(
    IpEndpoint Peer, IpAddress Destination, NetworkInterface? Interface, int Length, byte HopLimit, byte Dscp, byte Ecn, TimeSpan At, DeliveryError? Error);
