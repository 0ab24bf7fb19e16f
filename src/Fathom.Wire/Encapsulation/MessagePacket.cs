namespace Fathom.Wire.Encapsulation;

/// <summary>One packet of a message, as a frame on the link.</summary>
/// <param name="Number">From 1, in the order of sending.</param>
/// <param name="Frame">The Ethernet frame, without preamble and frame check sequence.</param>
/// <param name="MessageOffset">The first octet of the message that it carries.</param>
/// <param name="MessageLength">Octets of the message that it carries.</param>
public sealed record MessagePacket(int Number, ReadOnlyMemory<byte> Frame, int MessageOffset, int MessageLength)
{
    /// <summary>The IP packet in the frame.</summary>
    public ReadOnlyMemory<byte> Packet => Frame[Link.EthernetFrame.HeaderLength..];
}
