using System.Buffers.Binary;
using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>An ARP packet for IPv4 over Ethernet to send (RFC 826).</summary>
/// <param name="Operation">Request or reply.</param>
/// <param name="SenderMac">The sender's MAC address.</param>
/// <param name="SenderAddress">The sender's IPv4 address; 0.0.0.0 in a probe (RFC 5227 §2.1.1).</param>
/// <param name="TargetMac">The target's MAC address; zero in a request.</param>
/// <param name="TargetAddress">The IPv4 address asked for, or answered to.</param>
public readonly record struct ArpHeader(
    ArpOperation Operation, MacAddress SenderMac, IpAddress SenderAddress, MacAddress TargetMac, IpAddress TargetAddress) : IWireHeader
{
    /// <summary>Octets that <see cref="WriteTo"/> writes: 28.</summary>
    public int Length => ArpPacket.Ipv4OverEthernetLength;

    /// <summary>Asks who has an address.</summary>
    /// <param name="senderMac">The asker's MAC address.</param>
    /// <param name="sender">The asker's IPv4 address.</param>
    /// <param name="target">The address asked for.</param>
    public static ArpHeader Request(MacAddress senderMac, IpAddress sender, IpAddress target)
        => new(ArpOperation.Request, senderMac, sender, default, target);

    /// <summary>Writes the packet.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">An address is not IPv4.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (!SenderAddress.IsV4 || !TargetAddress.IsV4) throw new InvalidOperationException("ARP resolves IPv4 addresses.");
        BinaryPrimitives.WriteUInt16BigEndian(destination, ArpPacket.EthernetHardware);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)EtherType.Ipv4);
        destination[4] = MacAddress.Length;
        destination[5] = 4; // octets in an IPv4 address
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)Operation);
        SenderMac.WriteTo(destination[8..]);
        SenderAddress.WriteTo(destination[14..]);
        TargetMac.WriteTo(destination[18..]);
        TargetAddress.WriteTo(destination[24..]);
        return ArpPacket.Ipv4OverEthernetLength;
    }
}
