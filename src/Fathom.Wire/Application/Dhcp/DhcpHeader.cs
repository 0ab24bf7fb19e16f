using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Application.Dhcp;

/// <summary>A DHCPv4 message to send (RFC 2131 §2), over Ethernet. It is padded to the 300 octets that old relays and servers want.</summary>
public sealed record DhcpHeader : IWireHeader
{
    // RFC 1542 §2.1: BOOTP messages shall not be shorter, since some programs drop them.
    private const int MinimumLength = 300;

    private const byte Ethernet = 1;

    /// <summary>Who the message is from.</summary>
    public DhcpOperation Operation { get; init; } = DhcpOperation.Request;

    /// <summary>Relays that passed it on.</summary>
    public byte Hops { get; init; }

    /// <summary>Ties answers to the question.</summary>
    public uint TransactionId { get; init; }

    /// <summary>Seconds since the client began.</summary>
    public ushort Seconds { get; init; }

    /// <summary>The client cannot take unicast before it has its address.</summary>
    public bool Broadcast { get; init; }

    /// <summary>ciaddr: the address that the client has and answers for.</summary>
    public IpAddress ClientAddress { get; init; } = IpAddress.AnyV4;

    /// <summary>yiaddr: the address that the client gets.</summary>
    public IpAddress YourAddress { get; init; } = IpAddress.AnyV4;

    /// <summary>siaddr: the server to boot from.</summary>
    public IpAddress ServerAddress { get; init; } = IpAddress.AnyV4;

    /// <summary>giaddr: the relay that the message came through.</summary>
    public IpAddress RelayAddress { get; init; } = IpAddress.AnyV4;

    /// <summary>chaddr.</summary>
    public MacAddress ClientMac { get; init; }

    /// <summary>The options, without the end.</summary>
    public DhcpOptionList Options { get; init; } = new();

    /// <summary>Octets of the whole message, padding included.</summary>
    public int Length => Math.Max(MinimumLength, DhcpMessage.OptionsOffset + Options.Length + 1);

    /// <inheritdoc/>
    public int WriteTo(Span<byte> destination)
    {
        var message = destination[..Length];
        message.Clear();
        message[0] = (byte)Operation;
        message[1] = Ethernet;
        message[2] = MacAddress.Length;
        message[3] = Hops;
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], TransactionId);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], Seconds);
        if (Broadcast) message[10] = 0x80;
        WriteAddress(message[12..], ClientAddress);
        WriteAddress(message[16..], YourAddress);
        WriteAddress(message[20..], ServerAddress);
        WriteAddress(message[24..], RelayAddress);
        ClientMac.WriteTo(message[28..]);
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.FixedLength..], DhcpMessage.MagicCookie);
        Options.CopyTo(message[DhcpMessage.OptionsOffset..]);
        message[DhcpMessage.OptionsOffset + Options.Length] = (byte)DhcpOptionCode.End;
        return Length;
    }

    private static void WriteAddress(Span<byte> destination, IpAddress address)
    {
        if (!address.IsV4) throw new InvalidOperationException("A DHCPv4 message holds IPv4 addresses.");
        address.ToBytes().CopyTo(destination);
    }
}
