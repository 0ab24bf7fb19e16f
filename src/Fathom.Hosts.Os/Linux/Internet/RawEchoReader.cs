using System.Buffers.Binary;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>
/// Finds this socket's replies, and errors about its requests, among what a raw ICMP socket receives. The octets are the network's:
/// every length is checked. What does not match is null.
/// </summary>
internal static class RawEchoReader
{
    private const int V4MinimumHeader = 20;
    private const int V6Header = 40;
    private const byte ProtocolIcmp = 1;
    private const byte ProtocolIcmpv6 = 58;

    /// <summary>Echo reply, destination unreachable, source quench, time exceeded, parameter problem (RFC 792).</summary>
    public static ReadOnlySpan<byte> TypesV4 => [0, 3, 4, 11, 12];

    /// <summary>Echo reply; destination unreachable, packet too big, time exceeded, parameter problem (RFC 4443).</summary>
    public static ReadOnlySpan<byte> TypesV6 => [129, 1, 2, 3, 4];

    /// <summary>Reads an IPv4 packet, header included, as IPv4 raw sockets give it.</summary>
    public static EchoEvent? ReadV4(ReadOnlyMemory<byte> packet, ushort identifier, long timestamp)
    {
        var span = packet.Span;
        if (!TrySkipV4(span, out var headerLength, out var protocol) || protocol != ProtocolIcmp) return null;
        var source = IpAddress.FromBytes(span.Slice(12, 4));
        var hopLimit = span[8];
        var icmp = packet[headerLength..];
        var message = icmp.Span;
        if (message.Length < EchoMessage.HeaderLength) return null;
        if (EchoMessage.IsReply(IpVersion.V4, message))
        {
            return EchoMessage.Identifier(message) == identifier
                ? new EchoEvent.Reply(source, EchoMessage.Sequence(message), hopLimit, message.Length - EchoMessage.HeaderLength, timestamp) { Data = Data(message) }
                : null;
        }

        if (message[0] == 0 || !TypesV4.Contains(message[0])) return null;
        var quoted = icmp[EchoMessage.HeaderLength..];
        if (!TrySkipV4(quoted.Span, out headerLength, out protocol) || protocol != ProtocolIcmp) return null;
        var destination = IpAddress.FromBytes(quoted.Span.Slice(16, 4));
        // RFC 1191 §4: the next-hop MTU in the low half of the second word, 0 from routers that do not know of it.
        int? mtu = message is [3, 4, ..] && BinaryPrimitives.ReadUInt16BigEndian(message[6..]) is > 0 and var told ? told : null;
        // RFC 4884 §4: the quotation's length in 32-bit words stands in the sixth octet where extensions follow it.
        var extensions = message[0] is 3 or 11 or 12 ? Extensions(quoted, message[5] * 4) : default;
        return Failed(IpVersion.V4, message, source, destination, quoted[headerLength..], mtu, identifier, timestamp) is { } failed
            ? failed with { Error = failed.Error with { HopLimit = failed.Error.Origin == NetworkErrorOrigin.Local ? null : hopLimit, Extensions = extensions } }
            : null;
    }

    /// <summary>Reads an ICMPv6 message, without IPv6 header, as IPv6 raw sockets give it.</summary>
    public static EchoEvent? ReadV6(ReadOnlyMemory<byte> icmp, ReceivedMessage received, ushort identifier, long timestamp)
    {
        var message = icmp.Span;
        if (message.Length < EchoMessage.HeaderLength || received.Name is not { } name) return null;
        if (EchoMessage.IsReply(IpVersion.V6, message))
        {
            return EchoMessage.Identifier(message) == identifier
                ? new EchoEvent.Reply(name.Address, EchoMessage.Sequence(message), received.HopLimit, message.Length - EchoMessage.HeaderLength, timestamp) { Data = Data(message) }
                : null;
        }

        if (message[0] >= 128 || !TypesV6.Contains(message[0])) return null;
        var quoted = icmp[EchoMessage.HeaderLength..];
        // Our requests carry no extension headers, so ICMPv6 comes next or the quotation is of something else.
        if (quoted.Length < V6Header || quoted.Span[0] >> 4 != 6 || quoted.Span[6] != ProtocolIcmpv6) return null;
        var destination = SocketAddress.Scoped(IpAddress.FromBytes(quoted.Span.Slice(24, 16)), name.Address.Zone);
        int? mtu = message[0] == 2 && BinaryPrimitives.ReadUInt32BigEndian(message[4..]) is > 0 and <= int.MaxValue and var told ? (int)told : null;
        // RFC 4884 §4: in 64-bit words, in the fifth octet.
        var extensions = message[0] is 1 or 3 ? Extensions(quoted, message[4] * 8) : default;
        return Failed(IpVersion.V6, message, name.Address, destination, quoted[V6Header..], mtu, identifier, timestamp) is { } failed
            ? failed with { Error = failed.Error with { HopLimit = failed.Error.Origin == NetworkErrorOrigin.Local ? null : received.HopLimit, Extensions = extensions } }
            : null;
    }

    private static byte[] Data(ReadOnlySpan<byte> message) => message[EchoMessage.HeaderLength..].ToArray();

    private static ReadOnlyMemory<byte> Extensions(ReadOnlyMemory<byte> quoted, int quotedLength)
        => quotedLength > 0 && quotedLength < quoted.Length ? quoted[quotedLength..].ToArray() : default;

    private static EchoEvent.Failed? Failed(
        IpVersion version, ReadOnlySpan<byte> message, IpAddress reporter, IpAddress destination, ReadOnlyMemory<byte> quoted, int? mtu, ushort identifier, long timestamp)
    {
        if (!EchoMessage.IsRequest(version, quoted.Span) || EchoMessage.Identifier(quoted.Span) != identifier) return null;
        var isLocal = LocalReports.IsLocal(reporter, destination);
        var origin = isLocal ? NetworkErrorOrigin.Local : version == IpVersion.V6 ? NetworkErrorOrigin.Icmpv6 : NetworkErrorOrigin.Icmp;
        var error = new NetworkError(
            origin,
            message[0],
            message[1],
            isLocal ? null : reporter,
            new IpEndpoint(destination, 0),
            mtu,
            isLocal ? Errno.HostUnreachable : 0, // the kernel gives raw sockets none
            timestamp,
            quoted.ToArray());
        return new EchoEvent.Failed(EchoMessage.Sequence(quoted.Span), error);
    }

    private static bool TrySkipV4(ReadOnlySpan<byte> packet, out int headerLength, out byte protocol)
    {
        headerLength = 0;
        protocol = 0;
        if (packet.Length < V4MinimumHeader || packet[0] >> 4 != 4) return false;
        headerLength = (packet[0] & 0xF) * 4;
        protocol = packet[9];
        return headerLength >= V4MinimumHeader && headerLength <= packet.Length;
    }
}
