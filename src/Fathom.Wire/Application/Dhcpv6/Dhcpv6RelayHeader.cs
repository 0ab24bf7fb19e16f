using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>A DHCPv6 relay's message to send (RFC 8415 §9).</summary>
/// <param name="Type">Forward or reply.</param>
/// <param name="HopCount">Relays that the message has passed before.</param>
/// <param name="LinkAddress">An address of the link on which the client is.</param>
/// <param name="PeerAddress">Whom the relay had the message from.</param>
/// <param name="Options">The options, the relayed message among them.</param>
public sealed record Dhcpv6RelayHeader(Dhcpv6MessageType Type, byte HopCount, IpAddress LinkAddress, IpAddress PeerAddress, Dhcpv6OptionList Options) : IWireHeader
{
    /// <summary>Octets of the whole message.</summary>
    public int Length => Dhcpv6RelayMessage.HeaderLength + Options.Length;

    /// <inheritdoc/>
    public int WriteTo(Span<byte> destination)
    {
        if (LinkAddress.IsV4 || PeerAddress.IsV4) throw new InvalidOperationException("A DHCPv6 message holds IPv6 addresses.");
        destination[0] = (byte)Type;
        destination[1] = HopCount;
        LinkAddress.ToBytes().CopyTo(destination[2..]);
        PeerAddress.ToBytes().CopyTo(destination[18..]);
        Options.CopyTo(destination[Dhcpv6RelayMessage.HeaderLength..]);
        return Length;
    }
}
