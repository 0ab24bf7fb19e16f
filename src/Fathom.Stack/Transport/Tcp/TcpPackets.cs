using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>Puts a TCP header before data that is in place.</summary>
internal static class TcpPackets
{
    // Where the checksum stands in the header (RFC 9293 §3.1).
    private const int ChecksumOffset = 16;

    public static void Write(PacketBuffer packet, in TcpHeader header, IpPath path)
    {
        var length = header.Length;
        header.WriteTo(packet.Prepend(length));
        packet.TransportHeaderLength = length;
        packet.TransportLength = packet.Length;
        var checksum = default(InternetChecksum);
        checksum.AddPseudoHeader(path.Source, path.Destination, IpProtocol.Tcp, packet.Length);
        if ((path.Interface.Offloads & InterfaceOffloads.Checksum) != 0)
        {
            // The device adds the rest: it wants the sum, not its complement.
            packet.Checksum = ChecksumState.Partial;
            BinaryPrimitives.WriteUInt16BigEndian(packet.Span[ChecksumOffset..], (ushort)~checksum.Value);
            return;
        }

        checksum.Add(packet.Span);
        BinaryPrimitives.WriteUInt16BigEndian(packet.Span[ChecksumOffset..], checksum.Value);
    }
}
