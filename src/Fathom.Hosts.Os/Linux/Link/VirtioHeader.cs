using Fathom.Hosts.Os.Linux.Native;
using Fathom.Stack.Buffers;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// struct virtio_net_hdr before each packet of a device with IFF_VNET_HDR (virtio 1.2 §5.1.6, in the machine's own byte order): what is still to be
/// done to the packet. { u8 flags; u8 gso_type; u16 hdr_len; u16 gso_size; u16 csum_start; u16 csum_offset; }
/// </summary>
internal static class VirtioHeader
{
    /// <summary>Octets of it.</summary>
    public const int Length = 10;

    private const byte NeedsChecksum = 1; // VIRTIO_NET_HDR_F_NEEDS_CSUM
    private const byte DataValid = 2; // VIRTIO_NET_HDR_F_DATA_VALID
    private const byte SegmentsV4 = 1; // VIRTIO_NET_HDR_GSO_TCPV4
    private const byte SegmentsV6 = 4; // VIRTIO_NET_HDR_GSO_TCPV6
    private const byte SegmentsEcn = 0x80; // VIRTIO_NET_HDR_GSO_ECN: CWR belongs into the first segment only (RFC 3168 §6.1.2)

    // Within the transport header.
    private const int UdpHeaderLength = 8;
    private const ushort UdpChecksumOffset = 6;
    private const ushort TcpChecksumOffset = 16;
    private const int TcpDataOffset = 12;
    private const int TcpFlags = 13;
    private const byte TcpCwr = 0x80;
    private const int TcpHeaderLength = 20;

    /// <summary>Writes what the packet says of itself.</summary>
    /// <param name="header">Takes <see cref="Length"/> octets.</param>
    /// <param name="frame">The packet, link header included.</param>
    /// <param name="linkLength">Octets of its link header.</param>
    public static void Write(Span<byte> header, PacketBuffer frame, int linkLength)
    {
        header[..Length].Clear();
        if (frame.Checksum != ChecksumState.Partial) return;
        var start = frame.Length - frame.TransportLength;
        header[0] = NeedsChecksum;
        HostOrder.WriteUInt16(header, 6, (ushort)start);
        HostOrder.WriteUInt16(header, 8, frame.TransportHeaderLength == UdpHeaderLength ? UdpChecksumOffset : TcpChecksumOffset);
        if (frame.SegmentSize == 0 || frame.TransportLength - frame.TransportHeaderLength <= frame.SegmentSize) return;
        var bytes = frame.Span;
        header[1] = bytes[linkLength] >> 4 == 6 ? SegmentsV6 : SegmentsV4;
        if ((bytes[start + TcpFlags] & TcpCwr) != 0) header[1] |= SegmentsEcn;
        HostOrder.WriteUInt16(header, 2, (ushort)(start + frame.TransportHeaderLength));
        HostOrder.WriteUInt16(header, 4, (ushort)frame.SegmentSize);
    }

    /// <summary>Reads what the kernel says of a packet. False where it makes no sense: such a packet is dropped.</summary>
    /// <param name="header">The header.</param>
    /// <param name="frame">The packet, without it.</param>
    public static bool TryRead(ReadOnlySpan<byte> header, PacketBuffer frame)
    {
        if ((header[0] & NeedsChecksum) == 0)
        {
            // Large packets come with the sum left open; one without would be nobody's idea of a segment.
            if (header[1] != 0) return false;
            if ((header[0] & DataValid) != 0) frame.Checksum = ChecksumState.Verified;
            return true;
        }

        int start = HostOrder.ReadUInt16(header, 6);
        int offset = HostOrder.ReadUInt16(header, 8);
        if (start + offset + 2 > frame.Length) return false;
        frame.Checksum = ChecksumState.Partial;
        frame.TransportLength = frame.Length - start;
        frame.TransportHeaderLength = offset == UdpChecksumOffset ? UdpHeaderLength : TcpHeaderLength;
        if (offset != TcpChecksumOffset) return header[1] == 0;
        if (frame.TransportLength < TcpHeaderLength) return false;
        frame.TransportHeaderLength = (frame.Span[start + TcpDataOffset] >> 4) * 4;
        if (header[1] == 0) return true;
        if ((header[1] & ~SegmentsEcn) is not (SegmentsV4 or SegmentsV6)) return false;
        frame.SegmentSize = HostOrder.ReadUInt16(header, 4);
        return frame.SegmentSize > 0;
    }
}
