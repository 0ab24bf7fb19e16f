using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Encapsulation;

/// <summary>
/// Shows how a message becomes packets on a link: over UDP one datagram that IP cuts into fragments, over TCP a stream that TCP itself
/// cuts into segments. Real headers, real checksums; nothing is sent.
/// </summary>
public static class Packetizer
{
    /// <summary>Octets of the longest message that is cut for TCP: a million; it is for looking at, not for transfer.</summary>
    public const int MaxMessageLength = 1_000_000;

    /// <summary>Cuts a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">Between whom, over which link.</param>
    /// <param name="packetized">The packets, or null.</param>
    /// <param name="reason">Why not, for a person.</param>
    public static bool TryPacketize(
        ReadOnlyMemory<byte> message, PacketizerOptions options, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PacketizedMessage? packetized, out string reason)
    {
        ArgumentNullException.ThrowIfNull(options);
        packetized = null;
        var isV6 = options.Source.Address.IsV6;
        var smallest = isV6 ? Ipv6Packet.MinMtu : Ipv4Fragmenter.MinMtu;
        reason = string.Empty;
        if (options.Transport is not (IpProtocol.Tcp or IpProtocol.Udp)) reason = "the transport is neither TCP nor UDP";
        else if (isV6 != options.Destination.Address.IsV6) reason = "source and destination are of different IP versions";
        else if (options.Mtu < smallest) reason = Say($"every IPv{(isV6 ? 6 : 4)} link carries at least {smallest} octets ({(isV6 ? "RFC 8200 §5" : "RFC 791 §3.2")}), and the MTU is {options.Mtu}");
        else if (options.Mtu > 65535) reason = Say($"an IP packet has at most 65,535 octets, and the MTU is {options.Mtu}");
        if (reason.Length > 0) return false;
        packetized = options.Transport == IpProtocol.Udp ? ByUdp(message, options, out reason) : ByTcp(message, options, out reason);
        return packetized is not null;
    }

    /// <summary>The frame of one TCP segment between the two hosts.</summary>
    /// <param name="options">Between whom.</param>
    /// <param name="header">The segment's header; its ports say which way it goes.</param>
    /// <param name="data">The data.</param>
    /// <param name="identification">IPv4's identification.</param>
    internal static byte[] SegmentFrame(PacketizerOptions options, TcpHeader header, ReadOnlySpan<byte> data, ushort identification)
    {
        var forward = header.SourcePort == options.Source.Port;
        var (source, destination) = forward ? (options.Source.Address, options.Destination.Address) : (options.Destination.Address, options.Source.Address);
        // RFC 1191 §3: TCP finds the path's MTU, so its packets may not be fragmented.
        return Enclose(options, forward, WrapIp(options, source, destination, IpProtocol.Tcp, FrameBuilder.Segment(header, data, source, destination), identification, dontFragment: true));
    }

    /// <summary>Puts an IP packet into a frame.</summary>
    internal static byte[] Enclose(PacketizerOptions options, bool forward, ReadOnlySpan<byte> packet)
    {
        var type = options.Source.Address.IsV6 ? EtherType.Ipv6 : EtherType.Ipv4;
        return FrameBuilder.Frame(
            forward ? new EthernetHeader(options.DestinationMac, options.SourceMac, type) : new EthernetHeader(options.SourceMac, options.DestinationMac, type), packet);
    }

    internal static byte[] WrapIp(
        PacketizerOptions options, IpAddress source, IpAddress destination, IpProtocol protocol, ReadOnlySpan<byte> payload, ushort identification, bool dontFragment = false)
        => source.IsV6
            ? FrameBuilder.Packet(new Ipv6Header { NextHeader = protocol, HopLimit = options.HopLimit, Source = source, Destination = destination }, payload)
            : FrameBuilder.Packet(
                new Ipv4Header
                {
                    Identification = identification,
                    DontFragment = dontFragment,
                    TimeToLive = options.HopLimit,
                    Protocol = protocol,
                    Source = source,
                    Destination = destination,
                },
                payload);

    private static PacketizedMessage? ByUdp(ReadOnlyMemory<byte> message, PacketizerOptions options, out string reason)
    {
        var isV6 = options.Source.Address.IsV6;
        var longest = (isV6 ? Ipv6Header.MaxPayloadLength : Ipv4Header.MaxPayloadLength) - UdpDatagram.HeaderLength;
        if (message.Length > longest)
        {
            reason = Say($"a UDP datagram over IPv{(isV6 ? 6 : 4)} carries at most {longest} octets, and the message has {message.Length}: an application must cut it, or use TCP");
            return null;
        }

        var datagram = FrameBuilder.Datagram(options.Source, options.Destination, message.Span);
        var whole = WrapIp(options, options.Source.Address, options.Destination.Address, IpProtocol.Udp, datagram, (ushort)options.Identification);
        var refusal = FragmentationRefusal.None;
        var cut = isV6
            ? Ipv6Fragmenter.TryFragment(whole, options.Mtu, options.Identification, out var fragments, out refusal)
            : Ipv4Fragmenter.TryFragment(whole, options.Mtu, out fragments, out refusal);
        reason = cut ? string.Empty : Say($"the packet cannot be cut: {refusal}");
        if (!cut) return null;

        var packets = new List<MessagePacket>(fragments.Count);
        var at = 0;
        foreach (var fragment in fragments)
        {
            var length = fragment.Length - Overhead(isV6, fragments.Count > 1);
            var from = Math.Max(at, UdpDatagram.HeaderLength);
            packets.Add(new MessagePacket(packets.Count + 1, Enclose(options, true, fragment), from - UdpDatagram.HeaderLength, at + length - from));
            at += length;
        }

        var room = options.Mtu - Overhead(isV6, true);
        return new PacketizedMessage(message, options, packets) { DatagramLength = datagram.Length, Room = room / Ipv4Fragmenter.Unit * Ipv4Fragmenter.Unit };
    }

    private static PacketizedMessage? ByTcp(ReadOnlyMemory<byte> message, PacketizerOptions options, out string reason)
    {
        var size = TcpSegmenter.MaximumSegmentSize(options.Mtu, options.Source.Address.Version);
        reason = message.IsEmpty ? "TCP sends no segment for an empty message"
            : message.Length > MaxMessageLength ? Say($"the message has {message.Length} octets; up to {MaxMessageLength} are cut")
            : string.Empty;
        if (reason.Length > 0) return null;

        var template = DataHeader(options) with { SequenceNumber = options.InitialSequence + 1 };
        var packets = new List<MessagePacket>();
        foreach (var piece in TcpSegmenter.Split(message, size, template))
        {
            var frame = SegmentFrame(options, piece.Header, piece.Data.Span, (ushort)(options.Identification + (uint)packets.Count));
            packets.Add(new MessagePacket(packets.Count + 1, frame, piece.Offset, piece.Data.Length));
        }

        return new PacketizedMessage(message, options, packets) { Room = size };
    }

    internal static TcpHeader DataHeader(PacketizerOptions options) => new()
    {
        SourcePort = options.Source.Port,
        DestinationPort = options.Destination.Port,
        AcknowledgmentNumber = options.PeerInitialSequence + 1,
        Flags = TcpFlags.Ack,
        Window = ushort.MaxValue,
    };

    private static int Overhead(bool isV6, bool isFragment)
        => isV6 ? Ipv6Packet.HeaderLength + (isFragment ? Ipv6Fragment.HeaderLength : 0) : Ipv4Packet.MinHeaderLength;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
