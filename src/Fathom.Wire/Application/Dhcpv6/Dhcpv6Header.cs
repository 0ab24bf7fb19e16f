using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>A DHCPv6 message of a client or server to send (RFC 8415 §8).</summary>
/// <param name="Type">What the message is.</param>
/// <param name="TransactionId">Ties the answer to the question: 24 bits.</param>
/// <param name="Options">The options.</param>
public sealed record Dhcpv6Header(Dhcpv6MessageType Type, uint TransactionId, Dhcpv6OptionList Options) : IWireHeader
{
    /// <summary>Octets of the whole message.</summary>
    public int Length => Dhcpv6Message.HeaderLength + Options.Length;

    /// <inheritdoc/>
    public int WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, ((uint)Type << 24) | (TransactionId & 0xFF_FFFF));
        Options.CopyTo(destination[Dhcpv6Message.HeaderLength..]);
        return Length;
    }
}
