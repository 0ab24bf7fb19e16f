using System.Buffers.Binary;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>The eight octets that ICMP (RFC 792) and ICMPv6 (RFC 4443 §4.1, §4.2) echo messages begin with: type, code, checksum, identifier, sequence.</summary>
internal static class EchoMessage
{
    public const int HeaderLength = 8;
    private const byte RequestV4 = 8;
    private const byte ReplyV4 = 0;
    private const byte RequestV6 = 128;
    private const byte ReplyV6 = 129;

    /// <summary>A request. The IPv4 checksum is filled in; ICMPv6's needs the addresses, and the kernel does it.</summary>
    public static byte[] Request(IpVersion version, ushort identifier, ushort sequence, ReadOnlySpan<byte> data)
    {
        var message = new byte[HeaderLength + data.Length];
        WriteRequest(message, version, identifier, sequence, data);
        return message;
    }

    /// <summary>Requests that differ in their sequence numbers, one behind the other.</summary>
    public static byte[] Requests(IpVersion version, ushort identifier, ReadOnlySpan<EchoRequest> requests, ReadOnlySpan<byte> data)
    {
        var length = HeaderLength + data.Length;
        var messages = new byte[length * requests.Length];
        for (var i = 0; i < requests.Length; i++) WriteRequest(messages.AsSpan(i * length, length), version, identifier, requests[i].Sequence, data);
        return messages;
    }

    private static void WriteRequest(Span<byte> message, IpVersion version, ushort identifier, ushort sequence, ReadOnlySpan<byte> data)
    {
        message[0] = version == IpVersion.V6 ? RequestV6 : RequestV4;
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], sequence);
        data.CopyTo(message[HeaderLength..]);
        if (version == IpVersion.V4) BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetSum.Checksum(message));
    }

    public static bool IsReply(IpVersion version, ReadOnlySpan<byte> message) => IsOf(message, version == IpVersion.V6 ? ReplyV6 : ReplyV4);

    public static bool IsRequest(IpVersion version, ReadOnlySpan<byte> message) => IsOf(message, version == IpVersion.V6 ? RequestV6 : RequestV4);

    public static ushort Identifier(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[4..]);

    public static ushort Sequence(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[6..]);

    private static bool IsOf(ReadOnlySpan<byte> message, byte type) => message.Length >= HeaderLength && message[0] == type && message[1] == 0;
}
