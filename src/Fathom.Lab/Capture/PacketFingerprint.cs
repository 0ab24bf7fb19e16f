using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Lab.Capture;

/// <summary>
/// What stays of an IP packet on its way through routers and address translation: its protocol, its length, and what it carries but for ports and checksums. It tells which packet that
/// leaves a router is the one that has arrived there.
/// </summary>
internal static class PacketFingerprint
{
    // FNV-1a, 64 bits.
    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    // What the quoted part of an ICMP error has in common before and after translation is not worth looking for: type and code.
    private const int IcmpHead = 2;

    /// <summary>The fingerprint; 0 for what is not an IP packet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isEthernet">It begins with an Ethernet header, else with the packet.</param>
    public static ulong Of(ReadOnlySpan<byte> frame, bool isEthernet)
    {
        var packet = frame;
        if (isEthernet)
        {
            if (!EthernetFrame.TryRead(frame, out var ethernet, out _)) return 0;
            packet = ethernet.Payload;
        }

        if (Ipv4Packet.TryRead(packet, out var v4, out _))
        {
            var hash = Add(Add(Basis, 4), (byte)v4.Protocol);
            if (v4.FragmentOffset > 0 || v4.MoreFragments) return Add(Add(Add(hash, (byte)(v4.FragmentOffset >> 8)), (byte)v4.FragmentOffset), v4.Payload);
            return Add(hash, v4.Protocol, v4.Payload);
        }

        if (!Ipv6Packet.TryRead(packet, out var v6, out _)) return 0;
        return v6.TryReadUpperLayer(out var upper, out _) && !upper.IsFragment
            ? Add(Add(Add(Basis, 6), (byte)upper.Protocol), upper.Protocol, upper.Bytes)
            : Add(Add(Basis, 6), v6.Payload);
    }

    private static ulong Add(ulong hash, IpProtocol protocol, ReadOnlySpan<byte> segment)
    {
        hash = Add(Add(hash, (byte)(segment.Length >> 8)), (byte)segment.Length);
        return protocol switch
        {
            // Without ports and checksum (RFC 9293 §3.1, RFC 768); options may have been changed too, by an MSS clamp.
            IpProtocol.Tcp when segment.Length >= 20 => Add(Add(hash, segment[4..16]), segment[Math.Min(segment.Length, (segment[12] >> 4) * 4)..]),
            IpProtocol.Udp when segment.Length >= 8 => Add(hash, segment[8..]),

            // An echo's identifier is translated, its number and data are not (RFC 5508 §3.1).
            IpProtocol.Icmp or IpProtocol.Icmpv6 when segment is [0 or 8 or 128 or 129, _, _, _, _, _, _, _, ..] => Add(Add(hash, segment[0]), segment[6..]),
            IpProtocol.Icmp or IpProtocol.Icmpv6 when segment.Length >= IcmpHead => Add(hash, segment[..IcmpHead]),
            _ => Add(hash, segment),
        };
    }

    private static ulong Add(ulong hash, byte octet) => (hash ^ octet) * Prime;

    private static ulong Add(ulong hash, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets) hash = Add(hash, octet);
        return hash;
    }
}
