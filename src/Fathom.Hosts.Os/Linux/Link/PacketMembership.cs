using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>What a packet socket asks of its interface (packet(7)). The kernel takes it back when the socket is closed.</summary>
internal static class PacketMembership
{
    private const int PACKET_ADD_MEMBERSHIP = 1;
    private const ushort PACKET_MR_PROMISC = 1;

    // struct packet_mreq { int interface; u16 type; u16 address length; u8 address[8]; }
    private const int Length = 16;

    /// <summary>Asks for the frames of others too. Returns 0 or a negative errno.</summary>
    internal static int JoinPromiscuous(NativeSocket socket, int interfaceIndex)
    {
        Span<byte> request = stackalloc byte[Length];
        request.Clear();
        HostOrder.WriteUInt32(request, 0, (uint)interfaceIndex);
        HostOrder.WriteUInt16(request, 4, PACKET_MR_PROMISC);
        return socket.SetOption(SOL_PACKET, PACKET_ADD_MEMBERSHIP, request);
    }
}
