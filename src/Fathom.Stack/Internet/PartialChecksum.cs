using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Completes a checksum of which only the pseudo-header's part was computed, for devices that do not.</summary>
internal static class PartialChecksum
{
    /// <summary>Fills the checksum in. Nothing happens to a packet that is complete.</summary>
    /// <param name="packet">A packet, from any header on; its transport header is where it says.</param>
    /// <param name="protocol">The transport.</param>
    /// <returns>False if the packet is too short to have that field.</returns>
    public static bool Complete(PacketBuffer packet, IpProtocol protocol)
    {
        if (packet.Checksum != ChecksumState.Partial) return true;
        packet.Checksum = ChecksumState.Complete;
        var offset = protocol switch { IpProtocol.Tcp => 16, IpProtocol.Udp => 6, IpProtocol.Icmpv6 => 2, _ => -1 };
        if (offset < 0 || packet.TransportLength > packet.Length || packet.TransportLength < offset + 2) return false;
        var transport = packet.Span[^packet.TransportLength..];

        // The field holds the folded sum of the pseudo-header, not its complement, so that it is summed with the rest.
        var checksum = InternetChecksum.Compute(transport);
        if (protocol == IpProtocol.Udp && checksum == 0) checksum = 0xFFFF; // RFC 768: zero would mean none
        BinaryPrimitives.WriteUInt16BigEndian(transport[offset..], checksum);
        return true;
    }
}
