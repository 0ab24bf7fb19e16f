using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>
/// The IPv4 addresses of an ARP packet as values. They stand here because an ARP packet belongs to the link,
/// which does not know IP addresses.
/// </summary>
public static class ArpAddresses
{
    extension(ArpPacket packet)
    {
        /// <summary>The sender's IPv4 address; 0.0.0.0 in a probe (RFC 5227 §2.1.1), and where the protocol is not IPv4.</summary>
        public IpAddress SenderAddress
            => packet.ProtocolType == EtherType.Ipv4 ? IpAddress.FromBytes(packet.SenderProtocolAddress) : default;

        /// <summary>The target's IPv4 address; 0.0.0.0 where the protocol is not IPv4.</summary>
        public IpAddress TargetAddress
            => packet.ProtocolType == EtherType.Ipv4 ? IpAddress.FromBytes(packet.TargetProtocolAddress) : default;
    }
}
