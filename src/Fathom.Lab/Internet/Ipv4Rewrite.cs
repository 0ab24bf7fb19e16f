using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>Writes another address and port into an IPv4 packet, with all checksums brought up to date by what has changed (RFC 1624, RFC 3022 §4.1).</summary>
internal static class Ipv4Rewrite
{
    private const int HeaderChecksumAt = 10;
    private const int SourceAt = 12;
    private const int DestinationAt = 16;
    private const int ProtocolAt = 9;

    /// <summary>Rewrites one end of a packet.</summary>
    /// <param name="packet">The packet, from its IP header on; perhaps quoted, and then cut short.</param>
    /// <param name="isSource">The source's end; else the destination's.</param>
    /// <param name="end">The new address and port; for echoes the port is the identifier.</param>
    /// <param name="state">What is in the transport checksum.</param>
    public static void SetEnd(Span<byte> packet, bool isSource, IpEndpoint end, ChecksumState state = ChecksumState.Complete)
    {
        var header = (packet[0] & 0x0F) * 4;
        var upper = packet[header..];
        var protocol = (IpProtocol)packet[ProtocolAt];
        SetAddress(packet, isSource, end.Address, upper, protocol, state);
        switch (protocol)
        {
            case IpProtocol.Tcp or IpProtocol.Udp:
                SetPort(upper, isSource ? 0 : 2, end.Port, ChecksumAt(protocol), protocol, state);
                break;
            case IpProtocol.Icmp:
                SetPort(upper, 4, end.Port, ChecksumAt(protocol), protocol, ChecksumState.Complete);
                break;
        }
    }

    /// <summary>Rewrites an address only.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="isSource">The source; else the destination.</param>
    /// <param name="address">The new address.</param>
    public static void SetAddress(Span<byte> packet, bool isSource, IpAddress address)
        => SetAddress(packet, isSource, address, packet[((packet[0] & 0x0F) * 4)..], (IpProtocol)packet[ProtocolAt], ChecksumState.Complete);

    private static void SetAddress(Span<byte> packet, bool isSource, IpAddress address, Span<byte> upper, IpProtocol protocol, ChecksumState state)
    {
        var at = isSource ? SourceAt : DestinationAt;
        Span<byte> octets = stackalloc byte[4];
        address.WriteTo(octets);
        for (var word = 0; word < 4; word += 2)
        {
            var before = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + word)..]);
            var after = BinaryPrimitives.ReadUInt16BigEndian(octets[word..]);
            Change(packet, HeaderChecksumAt, before, after, false);

            // The pseudo-header has the addresses too: of TCP and UDP.
            if (protocol is IpProtocol.Tcp or IpProtocol.Udp) ChangeTransport(upper, ChecksumAt(protocol), before, after, protocol, state, isPseudo: true);
        }

        octets.CopyTo(packet[at..]);
    }

    private static void SetPort(Span<byte> upper, int at, ushort port, int checksumAt, IpProtocol protocol, ChecksumState state)
    {
        if (upper.Length < at + 2) return;
        ChangeTransport(upper, checksumAt, BinaryPrimitives.ReadUInt16BigEndian(upper[at..]), port, protocol, state, isPseudo: false);
        BinaryPrimitives.WriteUInt16BigEndian(upper[at..], port);
    }

    private static void ChangeTransport(Span<byte> upper, int at, ushort before, ushort after, IpProtocol protocol, ChecksumState state, bool isPseudo)
    {
        if (upper.Length < at + 2) return; // quoted, and cut before it
        var isUdp = protocol == IpProtocol.Udp;
        if (state != ChecksumState.Partial)
        {
            if (isUdp && BinaryPrimitives.ReadUInt16BigEndian(upper[at..]) == 0) return; // RFC 768: none was computed
            Change(upper, at, before, after, isUdp);
            return;
        }

        // The field holds the pseudo-header's sum so far, not its complement.
        if (!isPseudo) return;
        var sum = (ushort)~InternetChecksum.Update((ushort)~BinaryPrimitives.ReadUInt16BigEndian(upper[at..]), before, after);
        BinaryPrimitives.WriteUInt16BigEndian(upper[at..], sum);
    }

    private static void Change(Span<byte> bytes, int at, ushort before, ushort after, bool zeroMeansNone)
    {
        var checksum = InternetChecksum.Update(BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), before, after);
        if (checksum == 0 && zeroMeansNone) checksum = 0xFFFF;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], checksum);
    }

    // RFC 9293 §3.1, RFC 768, RFC 792.
    private static int ChecksumAt(IpProtocol protocol) => protocol switch { IpProtocol.Tcp => 16, IpProtocol.Udp => UdpDatagram.HeaderLength - 2, _ => 2 };
}
