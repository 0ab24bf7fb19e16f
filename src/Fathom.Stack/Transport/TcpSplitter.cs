using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport;

/// <summary>Cuts TCP packets that came through a device's receive offload and leave through one that takes segments only.</summary>
internal sealed class TcpSplitter : ISegmenter
{
    private const int SequenceAt = 4;
    private const int FlagsAt = 13;
    private const int ChecksumAt = 16;

    public IpProtocol Protocol => IpProtocol.Tcp;

    public PacketBuffer? Next(PacketBuffer packet, int headerLength, ref int at, PacketPool pool)
    {
        var bytes = packet.Span;
        if (!TcpSegment.TryRead(bytes[headerLength..], out var segment, out _) || packet.SegmentSize <= 0) return null;
        var headers = headerLength + segment.HeaderLength;
        var payload = bytes[headers..];
        if (at >= payload.Length) return null;
        var length = Math.Min(packet.SegmentSize, payload.Length - at);
        var piece = pool.Rent(headers + length);
        var octets = piece.Append(headers + length);
        bytes[..headers].CopyTo(octets);
        payload.Slice(at, length).CopyTo(octets[headers..]);

        var transport = octets[headerLength..];
        BinaryPrimitives.WriteUInt32BigEndian(transport[SequenceAt..], BinaryPrimitives.ReadUInt32BigEndian(transport[SequenceAt..]) + (uint)at);

        // FIN and PSH belong to the end of the data, CWR to its beginning (RFC 3168 §6.1.2).
        var isLast = at + length == payload.Length;
        if (!isLast) transport[FlagsAt] &= unchecked((byte)~(byte)(TcpFlags.Fin | TcpFlags.Psh));
        if (at > 0) transport[FlagsAt] &= unchecked((byte)~(byte)TcpFlags.Cwr);
        WriteIpLength(octets, at / packet.SegmentSize);
        transport[ChecksumAt] = transport[ChecksumAt + 1] = 0;
        var (source, destination) = Ends(octets);
        BinaryPrimitives.WriteUInt16BigEndian(transport[ChecksumAt..], InternetChecksum.Compute(transport, source, destination, IpProtocol.Tcp));
        at += length;
        return piece;
    }

    private static (IpAddress Source, IpAddress Destination) Ends(ReadOnlySpan<byte> packet) => packet[0] >> 4 == 6
        ? (IpAddress.FromBytes(packet.Slice(8, 16)), IpAddress.FromBytes(packet.Slice(24, 16)))
        : (IpAddress.FromBytes(packet.Slice(12, 4)), IpAddress.FromBytes(packet.Slice(16, 4)));

    // Each packet has its own length, and over IPv4 its own identification.
    private static void WriteIpLength(Span<byte> packet, int index)
    {
        if (packet[0] >> 4 == 6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - Ipv6Packet.HeaderLength));
            return;
        }

        var header = packet[..((packet[0] & 0x0F) * 4)];
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(header[4..]) + index));
        header[10] = header[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Compute(header));
    }
}
