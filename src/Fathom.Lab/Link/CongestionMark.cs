using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Lab.Link;

/// <summary>Marks a packet with congestion experienced, as a router that would otherwise drop it (RFC 3168 §5).</summary>
internal static class CongestionMark
{
    /// <summary>Marks it, if its sender understands marks.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isEthernet">It has an Ethernet header.</param>
    public static bool TryPut(PacketBuffer frame, bool isEthernet)
    {
        var packet = frame.Span;
        if (isEthernet)
        {
            if (packet.Length < EthernetFrame.HeaderLength) return false;
            packet = packet[EthernetFrame.HeaderLength..];
        }

        if (packet.Length >= Ipv4Packet.MinHeaderLength && packet[0] >> 4 == 4) return TryMarkV4(packet);
        return packet.Length >= Ipv6Packet.HeaderLength && packet[0] >> 4 == 6 && TryMarkV6(packet);
    }

    private static bool TryMarkV4(Span<byte> packet)
    {
        if ((packet[1] & 3) == (byte)Ecn.NotCapable) return false;
        var before = BinaryPrimitives.ReadUInt16BigEndian(packet);
        packet[1] |= (byte)Ecn.CongestionExperienced;
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], InternetChecksum.Update(checksum, before, BinaryPrimitives.ReadUInt16BigEndian(packet)));
        return true;
    }

    private static bool TryMarkV6(Span<byte> packet)
    {
        // The traffic class lies across the first two octets; ECN is its low two bits: bits 4 and 5 of the second.
        if ((packet[1] & 0x30) == 0) return false;
        packet[1] |= 0x30;
        return true;
    }
}
