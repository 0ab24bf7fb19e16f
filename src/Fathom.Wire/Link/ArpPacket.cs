using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>
/// An ARP packet (RFC 826) for any hardware and protocol. Its IPv4 addresses as values are properties that the floor
/// above adds (<c>ArpAddresses</c>), since this one does not know them.
/// </summary>
public readonly ref struct ArpPacket : IWireView<ArpPacket>
{
    /// <summary>Octets before the addresses.</summary>
    public const int FixedLength = 8;

    /// <summary>Octets of a packet for IPv4 over Ethernet.</summary>
    public const int Ipv4OverEthernetLength = 28;

    /// <summary>The hardware type of Ethernet in the IANA ARP registry.</summary>
    public const ushort EthernetHardware = 1;

    private const string Protocol = "ARP";
    private const int Ipv4AddressLength = 4;

    // The addresses' places hold for IPv4 over Ethernet; the lengths in the packet move them for anything else.
    private static readonly FieldSpec[] Rows =
    [
        new("hardwareType", 0, 16, "RFC 826"),
        new("protocolType", 16, 16, "RFC 826"),
        new("hardwareLength", 32, 8, "RFC 826"),
        new("protocolLength", 40, 8, "RFC 826"),
        new("operation", 48, 16, "RFC 826"),
        new("senderHardwareAddress", 64, 48, "RFC 826"),
        new("senderProtocolAddress", 112, 32, "RFC 826"),
        new("targetHardwareAddress", 144, 48, "RFC 826"),
        new("targetProtocolAddress", 192, 32, "RFC 826"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private ArpPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The fields' places for IPv4 over Ethernet.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Hardware type; 1 is Ethernet.</summary>
    public ushort HardwareType => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The protocol whose addresses are resolved, as an EtherType.</summary>
    public EtherType ProtocolType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Octets in a hardware address.</summary>
    public byte HardwareLength => _bytes[4];

    /// <summary>Octets in a protocol address.</summary>
    public byte ProtocolLength => _bytes[5];

    /// <summary>Request, reply, or another.</summary>
    public ArpOperation Operation => (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The sender's hardware address as it stands.</summary>
    public ReadOnlySpan<byte> SenderHardwareAddress => _bytes.Slice(FixedLength, HardwareLength);

    /// <summary>The sender's protocol address as it stands.</summary>
    public ReadOnlySpan<byte> SenderProtocolAddress => _bytes.Slice(FixedLength + HardwareLength, ProtocolLength);

    /// <summary>The target's hardware address as it stands; without meaning in a request.</summary>
    public ReadOnlySpan<byte> TargetHardwareAddress => _bytes.Slice(FixedLength + HardwareLength + ProtocolLength, HardwareLength);

    /// <summary>The target's protocol address as it stands.</summary>
    public ReadOnlySpan<byte> TargetProtocolAddress => _bytes.Slice(FixedLength + (2 * HardwareLength) + ProtocolLength, ProtocolLength);

    /// <summary>True if hardware addresses are Ethernet's and protocol addresses IPv4's.</summary>
    public bool IsIpv4OverEthernet => HardwareType == EthernetHardware && ProtocolType == EtherType.Ipv4;

    /// <summary>The sender's MAC address, or the default where the hardware is not Ethernet.</summary>
    public MacAddress SenderMac => HardwareType == EthernetHardware ? MacAddress.FromBytes(SenderHardwareAddress) : default;

    /// <summary>The target's MAC address, or the default where the hardware is not Ethernet.</summary>
    public MacAddress TargetMac => HardwareType == EthernetHardware ? MacAddress.FromBytes(TargetHardwareAddress) : default;

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static ArpPacket FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ArpPacket view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < FixedLength)
        {
            error = WireError.TooShort(Protocol, 0, FixedLength, bytes.Length, "header");
            return false;
        }

        var hardwareLength = bytes[4];
        var protocolLength = bytes[5];
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes) == EthernetHardware && hardwareLength != MacAddress.Length)
        {
            error = WireError.BadLength(Protocol, 4, MacAddress.Length, hardwareLength, LengthSource.ElementLength, "hardware length of Ethernet");
            return false;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) == (ushort)EtherType.Ipv4 && protocolLength != Ipv4AddressLength)
        {
            error = WireError.BadLength(Protocol, 5, Ipv4AddressLength, protocolLength, LengthSource.ElementLength, "protocol length of IPv4");
            return false;
        }

        var addresses = 2 * (hardwareLength + protocolLength);
        if (bytes.Length < FixedLength + addresses)
        {
            error = WireError.TooShort(Protocol, FixedLength, addresses, bytes.Length - FixedLength, "addresses");
            return false;
        }

        view = new ArpPacket(bytes[..(FixedLength + addresses)]);
        return true;
    }
}
