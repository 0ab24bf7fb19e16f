namespace Fathom.Wire.Dissection;

/// <summary>Octets that one side of a conversation said, in their order.</summary>
/// <param name="IsFromFirst">True where <see cref="ConversationFollower.First"/> said them.</param>
/// <param name="Packet">The number of the packet by which they came into order.</param>
/// <param name="Missing">Octets before them that the capture does not hold.</param>
/// <param name="Bytes">The octets; empty where only something is missing at the end.</param>
public readonly record struct ConversationPiece(bool IsFromFirst, int Packet, long Missing, ReadOnlyMemory<byte> Bytes);
