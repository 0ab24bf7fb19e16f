using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Packetdrill.Playing;

/// <summary>What a device with segmentation and checksum offload does to a packet before it is on the wire.</summary>
internal static class Segmentation
{
    public static IEnumerable<byte[]> Cut(PacketBuffer frame)
    {
        var packet = frame.Span.ToArray();
        var start = packet.Length - frame.TransportLength;
        if (frame.SegmentSize == 0) return [frame.Checksum == ChecksumState.Partial ? Complete(packet, start) : packet];
        var headers = start + frame.TransportHeaderLength;
        var pieces = new List<byte[]>();
        for (var offset = 0; offset < packet.Length - headers; offset += frame.SegmentSize)
        {
            var length = Math.Min(frame.SegmentSize, packet.Length - headers - offset);
            var isLast = offset + length == packet.Length - headers;
            var piece = new byte[headers + length];
            packet.AsSpan(0, headers).CopyTo(piece);
            packet.AsSpan(headers + offset, length).CopyTo(piece.AsSpan(headers));
            Mend(piece, start, offset, isLast);
            pieces.Add(Complete(piece, start));
        }

        return pieces;
    }

    // Sequence numbers go on; FIN and PSH are the last one's, CWR the first one's (RFC 3168 §6.1.2).
    private static void Mend(Span<byte> piece, int start, int offset, bool isLast)
    {
        var tcp = piece[start..];
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], unchecked(sequence + (uint)offset));
        if (!isLast) tcp[13] &= unchecked((byte)~(byte)(TcpFlags.Fin | TcpFlags.Psh));
        if (offset > 0) tcp[13] &= unchecked((byte)~(byte)TcpFlags.Cwr);
        if (piece[0] >> 4 == 6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(piece[4..], (ushort)(piece.Length - Ipv6Packet.HeaderLength));
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(piece[2..], (ushort)piece.Length);
        piece[10] = piece[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(piece[10..], InternetChecksum.Compute(piece[..((piece[0] & 15) * 4)]));
    }

    private static byte[] Complete(byte[] packet, int start)
    {
        var isV6 = packet[0] >> 4 == 6;
        var source = IpAddress.FromBytes(isV6 ? packet.AsSpan(8, 16) : packet.AsSpan(12, 4));
        var destination = IpAddress.FromBytes(isV6 ? packet.AsSpan(24, 16) : packet.AsSpan(16, 4));
        var protocol = (IpProtocol)(isV6 ? packet[6] : packet[9]);
        var field = packet.AsSpan(start + (protocol == IpProtocol.Udp ? 6 : 16));
        field[0] = field[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(field, InternetChecksum.Compute(packet.AsSpan(start), source, destination, protocol));
        return packet;
    }
}
