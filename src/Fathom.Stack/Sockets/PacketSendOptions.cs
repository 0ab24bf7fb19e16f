namespace Fathom.Stack.Sockets;

/// <summary>How one datagram or echo request is sent. The default value is what the stack does of itself.</summary>
/// <param name="HopLimit">TTL or hop limit; null: the stack's, or 1 for a group (RFC 1112 §6.1).</param>
/// <param name="DontFragment">It may not be cut on the way; what the path is known not to take is refused at once.</param>
/// <param name="Dscp">Differentiated services code point, 0 to 63.</param>
/// <param name="Ecn">Explicit congestion notification, 0 to 3.</param>
public readonly record struct PacketSendOptions(byte? HopLimit = null, bool DontFragment = false, byte Dscp = 0, byte Ecn = 0);
