namespace Fathom.Wire.Encapsulation;

/// <summary>A message as the packets that carry it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Options">Between whom, over which link.</param>
/// <param name="Packets">The packets, in order.</param>
public sealed record PacketizedMessage(ReadOnlyMemory<byte> Message, PacketizerOptions Options, IReadOnlyList<MessagePacket> Packets)
{
    /// <summary>UDP: octets of the datagram before it was cut, header included. TCP: 0.</summary>
    public int DatagramLength { get; init; }

    /// <summary>TCP: octets of data that a segment holds at most. UDP: octets of the datagram that a fragment holds at most.</summary>
    public int Room { get; init; }
}
