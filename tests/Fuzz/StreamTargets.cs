using System.Text;
using Fathom.Wire.Dissection;
using Fathom.Wire.Dissection.Filtering;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fuzz;

/// <summary>Whole conversations, which a dissector that remembers puts together; and the filters that choose packets.</summary>
internal static class StreamTargets
{
    private static readonly byte[] Frame = PacketTargets.V4(IpProtocol.Udp, PacketTargets.Hex("9C40 0035 000C 0000 01020304"));

    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("conversation", Converse,
            [
                Pieces(80, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"u8.ToArray()), Pieces(53, MessageSeeds.OverTcp(MessageSeeds.DnsResponse), MessageSeeds.OverTcp(MessageSeeds.DnsResponse)),
                Pieces(443, MessageSeeds.ClientHello, MessageSeeds.ServerFlight),
            ]),
        new("filter", ReadFilter,
            [
                "tcp port 80 and (src host 192.0.2.1 or dst net 10.0.0.0/8) and not icmp6"u8.ToArray(), "udp portrange 50-60"u8.ToArray(), "ether host 02:00:00:00:00:0a"u8.ToArray(), "ip proto 17 && less 100 || greater 1"u8.ToArray(),
                "ip6 net 2001:db8::/32 or ether broadcast or ip multicast or arp"u8.ToArray(),
            ]),
    ];

    // The first octet chooses the server's port. Each piece: direction and disorder, length, octets. A list and a whole reading agree with themselves.
    private static void Converse(byte[] bytes)
    {
        ushort[] ports = [80, 53, 443, 9999];
        if (bytes.Length == 0) return;
        var port = ports[bytes[0] % ports.Length];
        var dissector = new CaptureDissector();
        var list = new CaptureDissector();
        uint[] next = [1, 1];
        var number = 0;
        for (var at = 1; at + 2 <= bytes.Length && number < 64;)
        {
            var isServer = (bytes[at] & 1) != 0;
            var length = Math.Min((int)bytes[at + 1], bytes.Length - at - 2);
            var data = bytes.AsSpan(at + 2, length);
            var side = isServer ? 1 : 0;
            // A few octets earlier: again; later: a gap.
            var sequence = (uint)(next[side] + ((bytes[at] & 2) != 0 ? -(bytes[at] >> 4) : (bytes[at] & 4) != 0 ? bytes[at] >> 4 : 0));
            var flags = TcpFlags.Ack | ((bytes[at] & 8) != 0 ? (bytes[at] & 0x10) != 0 ? TcpFlags.Fin : (bytes[at] & 0x20) != 0 ? TcpFlags.Rst : TcpFlags.Syn : TcpFlags.None);
            var header = new TcpHeader
            {
                SourcePort = isServer ? port : (ushort)40000,
                DestinationPort = isServer ? (ushort)40000 : port,
                SequenceNumber = new SequenceNumber(sequence),
                Flags = flags,
                Window = 1000,
            };
            var (source, destination) = isServer ? (PacketTargets.V4B, PacketTargets.V4A) : (PacketTargets.V4A, PacketTargets.V4B);
            var packet = FrameBuilder.Packet(
                new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Tcp, Source = source, Destination = destination }, FrameBuilder.Segment(header, data, source, destination));
            number++;
            PacketCheck.Check(dissector.Dissect(LinkType.RawIp, packet, number, TimeSpan.FromSeconds(number)), packet.Length);
            list.WriteSummary(LinkType.RawIp, packet, number, TimeSpan.FromSeconds(number), new System.Buffers.ArrayBufferWriter<byte>());
            next[side] = Math.Max(next[side], sequence + (uint)length);
            at += 2 + length;
        }
    }

    private static void ReadFilter(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 1024));
        if (PacketFilter.TryParse(text, out var filter, out var reason)) _ = filter.Matches(LinkType.RawIp, Frame, Frame.Length);
        else FuzzException.ThrowUnless(reason.Length > 0, "a filter that is refused says why");
    }

    private static byte[] Pieces(ushort port, byte[] client, byte[] server)
    {
        List<byte> bytes = [(byte)(port == 80 ? 0 : port == 53 ? 1 : 2)];
        foreach (var (direction, message) in new[] { ((byte)0, client), ((byte)1, server) })
        {
            foreach (var part in message.Chunk(100))
            {
                bytes.Add(direction);
                bytes.Add((byte)part.Length);
                bytes.AddRange(part);
            }
        }

        return [.. bytes];
    }
}
