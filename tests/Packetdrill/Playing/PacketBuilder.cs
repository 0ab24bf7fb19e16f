using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Makes the packets that the peer sends.</summary>
internal static class PacketBuilder
{
    private const byte HopLimit = 64;

    /// <summary>A segment from the peer. Whatever the script does not write is zero or absent; the data are zeros.</summary>
    public static byte[] Tcp(TcpPacketAction action, Flow flow)
    {
        var tcp = action.Tcp;
        var options = WriteOptions(tcp, flow);
        var headerLength = TcpSegment.MinHeaderLength + options.Length;
        var segment = new byte[headerLength + tcp.Sequence.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, flow.Peer.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), flow.Local.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), Flow.ToPeer(tcp.Sequence.First));
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), tcp.Acknowledgment is { } acknowledgment ? flow.ToLocal(acknowledgment) : 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(12), (ushort)(((headerLength / 4) << 12) | (int)FlagsOf(tcp)));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), tcp.Window ?? 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(18), tcp.Urgent ?? 0);
        options.CopyTo(segment, TcpSegment.MinHeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), InternetChecksum.Compute(segment, flow.Peer.Address, flow.Local.Address, IpProtocol.Tcp));
        return Wrap(segment, IpProtocol.Tcp, flow.Peer.Address, flow.Local.Address, action.Ip);
    }

    /// <summary>A datagram from the peer, its data zeros.</summary>
    public static byte[] Udp(UdpPacketAction action, IpEndpoint peer, IpEndpoint local)
    {
        var datagram = new byte[UdpDatagram.HeaderLength + action.Length];
        new UdpHeader(peer.Port, local.Port).WriteTo(datagram, peer.Address, local.Address);
        return Wrap(datagram, IpProtocol.Udp, peer.Address, local.Address, action.Ip);
    }

    /// <summary>Puts an upper layer's packet into IP.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> payload, IpProtocol protocol, IpAddress source, IpAddress destination, IpSpec ip)
    {
        var trafficClass = ip.TrafficClass ?? (byte)(ip.Ecn ?? Ecn.NotCapable);
        var hopLimit = ip.HopLimit ?? HopLimit;
        byte[] packet;
        if (source.IsV4)
        {
            packet = new byte[Ipv4Packet.MinHeaderLength + payload.Length];
            payload.CopyTo(packet.AsSpan(Ipv4Packet.MinHeaderLength));
            var header = new Ipv4Header
            {
                Dscp = (byte)(trafficClass >> 2),
                Ecn = (Ecn)(trafficClass & 3),
                TimeToLive = hopLimit,
                Protocol = protocol,
                Source = source,
                Destination = destination,
            };
            header.WriteTo(packet);
            return packet;
        }

        packet = new byte[Ipv6Packet.HeaderLength + payload.Length];
        payload.CopyTo(packet.AsSpan(Ipv6Packet.HeaderLength));
        new Ipv6Header
        {
            Dscp = (byte)(trafficClass >> 2),
            Ecn = (Ecn)(trafficClass & 3),
            FlowLabel = ip.FlowLabel ?? 0,
            HopLimit = hopLimit,
            NextHeader = protocol,
            Source = source,
            Destination = destination,
        }.WriteTo(packet);
        return packet;
    }

    // RFC 9768 §3.2: the counter's three bits stand where AE, CWR and ECE do.
    public static TcpFlags FlagsOf(TcpSpec tcp) => tcp.AceCounter is not { } counter
        ? tcp.Flags
        : tcp.Flags
            | ((counter & 4) != 0 ? TcpFlags.Ae : TcpFlags.None)
            | ((counter & 2) != 0 ? TcpFlags.Cwr : TcpFlags.None)
            | ((counter & 1) != 0 ? TcpFlags.Ece : TcpFlags.None);

    private static byte[] WriteOptions(TcpSpec tcp, Flow flow)
    {
        var bytes = new List<byte>();
        foreach (var option in tcp.Options)
        {
            switch (option)
            {
                case TcpOptionSpec.NoOperation:
                    bytes.Add((byte)TcpOptionKind.NoOperation);
                    break;
                case TcpOptionSpec.EndOfList:
                    bytes.Add((byte)TcpOptionKind.EndOfList);
                    break;
                case TcpOptionSpec.MaximumSegmentSize(var size):
                    bytes.AddRange([(byte)TcpOptionKind.MaximumSegmentSize, 4, (byte)(size >> 8), (byte)size]);
                    break;
                case TcpOptionSpec.WindowScale(var shift):
                    bytes.AddRange([(byte)TcpOptionKind.WindowScale, 3, shift]);
                    break;
                case TcpOptionSpec.SackPermitted:
                    bytes.AddRange([(byte)TcpOptionKind.SackPermitted, 2]);
                    break;
                case TcpOptionSpec.Sack(var blocks):
                    bytes.AddRange([(byte)TcpOptionKind.Sack, (byte)(2 + (8 * blocks.Count))]);
                    foreach (var (left, right) in blocks)
                    {
                        Add(bytes, flow.ToLocal(left));
                        Add(bytes, flow.ToLocal(right));
                    }

                    break;
                case TcpOptionSpec.Timestamps(var value, var echo):
                    bytes.AddRange([(byte)TcpOptionKind.Timestamps, 10]);
                    Add(bytes, value);
                    Add(bytes, (tcp.Flags & TcpFlags.Ack) != 0 ? flow.ToTimestamp(echo) : echo);
                    break;
                case TcpOptionSpec.Other(var kind, _, var data):
                    bytes.AddRange([kind, (byte)(2 + data.Count)]);
                    bytes.AddRange(data);
                    break;
            }
        }

        while (bytes.Count % 4 != 0) bytes.Add((byte)TcpOptionKind.EndOfList);
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, uint word) => bytes.AddRange([(byte)(word >> 24), (byte)(word >> 16), (byte)(word >> 8), (byte)word]);
}
