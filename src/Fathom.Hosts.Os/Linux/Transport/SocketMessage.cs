using System.Buffers.Binary;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>One socket of an answer, and the inode by which its owners are found (0: nobody's).</summary>
internal sealed record SocketMessage(HostSocket Socket, uint Inode)
{
    // struct inet_diag_msg { u8 family; u8 state; u8 timer; u8 retrans; struct inet_diag_sockid id; u32 expires; u32 rqueue; u32 wqueue; u32 uid; u32 inode; }
    // struct inet_diag_sockid { be16 sport; be16 dport; be32 src[4]; be32 dst[4]; u32 if; u32 cookie[2]; }
    private const int Length = 72;
    private const int SourceAddress = 8;
    private const int DestinationAddress = 24;
    private const int InterfaceIndex = 40;
    private const int Expires = 52;
    private const ushort INET_DIAG_SKV6ONLY = 11;
    private const byte Closed = 7; // TCP_CLOSE; of a UDP socket: not connected

    /// <summary>Reads one message; null where it is not about an IPv4 or IPv6 socket.</summary>
    /// <param name="body">The message after the netlink header.</param>
    /// <param name="protocol">TCP or UDP: what was asked for.</param>
    public static SocketMessage? Read(ReadOnlySpan<byte> body, IpProtocol protocol)
    {
        if (body.Length < Length || body[0] is not (AF_INET or AF_INET6)) return null;
        var isV6 = body[0] == AF_INET6;
        var scope = HostOrder.ReadUInt32(body, InterfaceIndex);
        var local = Endpoint(body, 4, SourceAddress, isV6, scope);
        var remote = Endpoint(body, 6, DestinationAddress, isV6, scope);
        var state = body[1];
        bool? v6Only = null;
        var attributes = new NetlinkAttributes(body[Length..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == INET_DIAG_SKV6ONLY && attributes.Data.Length > 0) v6Only = attributes.Data[0] != 0;
        }

        var isTcp = protocol == IpProtocol.Tcp;
        var name = TcpInfoReader.StateName(state);
        var hasPeer = remote.Port != 0 && name != TcpStates.Listen && (isTcp || state != Closed);
        // A timer of kind 0 is none (inet_diag_msg.idiag_timer).
        TimeSpan? timer = body[2] != 0 ? TimeSpan.FromMilliseconds(HostOrder.ReadUInt32(body, Expires)) : null;
        var socket = new HostSocket(protocol, isTcp ? name : null, local, hasPeer ? remote : null)
        {
            IsV6Only = v6Only,
            ReceiveQueue = HostOrder.ReadUInt32(body, Expires + 4),
            SendQueue = HostOrder.ReadUInt32(body, Expires + 8),
            Timer = timer,
            UserId = HostOrder.ReadUInt32(body, Expires + 12),
        };
        return new SocketMessage(socket, HostOrder.ReadUInt32(body, Expires + 16));
    }

    private static IpEndpoint Endpoint(ReadOnlySpan<byte> body, int port, int address, bool isV6, uint scope)
    {
        var value = SocketAddress.Scoped(IpAddress.FromBytes(body.Slice(address, isV6 ? 16 : 4)), scope);
        return new IpEndpoint(value, BinaryPrimitives.ReadUInt16BigEndian(body[port..]));
    }
}
