using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>An echo reply, or an error about a request.</summary>
/// <param name="Peer">Who replied; for an error, whom the request was for.</param>
/// <param name="SequenceNumber">Which request.</param>
/// <param name="Length">Octets of the echoed data; of an error, of what it quotes of them. More than were copied if the destination was too small.</param>
/// <param name="HopLimit">TTL or hop limit that was left of the reply or of the error; 0 of the stack's own.</param>
/// <param name="At">When it came, in the driver's time.</param>
/// <param name="Error">The error; null for a reply.</param>
public readonly record struct EchoReceived(IpAddress Peer, ushort SequenceNumber, int Length, byte HopLimit, TimeSpan At, DeliveryError? Error);
