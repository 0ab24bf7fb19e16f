using System.Buffers.Binary;
using Fathom.Hosts.Os.Linux.Internet;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// Fills in a TCP or UDP checksum that the kernel left to the network card (it wrote only the pseudo-header's part), so that a frame is
/// shown as it goes on the link. Whatever is not a plain, unfragmented TCP or UDP packet stays as it is.
/// </summary>
internal static class PendingChecksum
{
    private const int EthernetHeader = 14;
    private const byte ProtocolTcp = 6;
    private const byte ProtocolUdp = 17;

    public static void Fill(Span<byte> frame, bool isEthernet)
    {
        var packet = frame;
        if (isEthernet)
        {
            if (frame.Length < EthernetHeader || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) is not (0x0800 or 0x86DD)) return;
            packet = frame[EthernetHeader..];
        }

        if (packet.Length >= 20 && packet[0] >> 4 == 4) FillV4(packet);
        else if (packet.Length >= 40 && packet[0] >> 4 == 6) FillV6(packet);
    }

    private static void FillV4(Span<byte> packet)
    {
        var headerLength = (packet[0] & 0xF) * 4;
        var total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0; // RFC 791 §3.1: MF and offset
        if (headerLength < 20 || total < headerLength || total > packet.Length || isFragment) return;
        FillTransport(packet[headerLength..total], packet.Slice(12, 8), packet[9]);
    }

    private static void FillV6(Span<byte> packet)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (40 + length > packet.Length) return;
        FillTransport(packet.Slice(40, length), packet.Slice(8, 32), packet[6]);
    }

    // RFC 9293 §3.1, RFC 768, RFC 8200 §8.1: the sum over addresses, protocol, length and segment.
    private static void FillTransport(Span<byte> segment, ReadOnlySpan<byte> addresses, byte protocol)
    {
        var offset = protocol switch
        {
            ProtocolTcp => 16,
            ProtocolUdp => 6,
            _ => -1,
        };
        if (offset < 0 || segment.Length < offset + 2) return;
        var field = segment.Slice(offset, 2);
        field.Clear();
        var checksum = InternetSum.Finish(InternetSum.Add(InternetSum.Add((ulong)protocol + (ulong)segment.Length, addresses), segment));
        if (protocol == ProtocolUdp && checksum == 0) checksum = 0xFFFF; // 0 means "no checksum" (RFC 768)
        BinaryPrimitives.WriteUInt16BigEndian(field, checksum);
    }
}
