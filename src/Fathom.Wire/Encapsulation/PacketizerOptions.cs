using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Encapsulation;

/// <summary>Between whom a <see cref="Packetizer"/> sends, and over which link.</summary>
public sealed record PacketizerOptions
{
    // A dynamic port (RFC 6335 §6) on both sides, so that no dissector takes the message for a protocol.
    private const ushort SenderPort = 50000;
    private const ushort ReceiverPort = 60000;

    /// <summary>TCP or UDP.</summary>
    public IpProtocol Transport { get; init; } = IpProtocol.Udp;

    /// <summary>Octets that the link carries, IP header included. Ethernet's is 1,500.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>The sender. By default an address for documentation (RFC 5737).</summary>
    public IpEndpoint Source { get; init; } = new(IpAddress.FromV4(0xC000_0201), SenderPort);

    /// <summary>The receiver, of the same version.</summary>
    public IpEndpoint Destination { get; init; } = new(IpAddress.FromV4(0xC000_0202), ReceiverPort);

    /// <summary>The sender's hardware address.</summary>
    public MacAddress SourceMac { get; init; } = MacAddress.FromValue(0x0200_0000_0001);

    /// <summary>The receiver's hardware address.</summary>
    public MacAddress DestinationMac { get; init; } = MacAddress.FromValue(0x0200_0000_0002);

    /// <summary>Routers that may forward the packets.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>Ties the fragments of the first datagram together.</summary>
    public uint Identification { get; init; } = 0x4D2;

    /// <summary>TCP: the number of the sender's SYN. A real one is not to be guessed (RFC 6528); a drawing wants a round one.</summary>
    public SequenceNumber InitialSequence { get; init; } = new(1000);

    /// <summary>TCP: the number of the receiver's SYN.</summary>
    public SequenceNumber PeerInitialSequence { get; init; } = new(5000);

    /// <summary>The same between two IPv6 addresses for documentation (RFC 3849).</summary>
    public static PacketizerOptions ForIpv6() => new()
    {
        Source = new(IpAddress.FromV6(Documentation(1)), SenderPort),
        Destination = new(IpAddress.FromV6(Documentation(2)), ReceiverPort),
    };

    private static UInt128 Documentation(ulong host) => new(0x2001_0DB8_0000_0000, host);
}
