using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Sends a frame through a packet socket (packet(7)).</summary>
internal static class FrameSender
{
    public const string Remedy = "Run as root, or give the program CAP_NET_RAW: setcap cap_net_raw+ep FILE.";

    public static HostRefusal? Send(int interfaceIndex, ReadOnlySpan<byte> frame)
    {
        // Protocol 0: such a socket receives nothing.
        using var socket = NativeSocket.Open(AF_PACKET, SOCK_RAW, 0, out var error);
        if (socket is null) return Refusals.FromErrno("Frames cannot be sent", error, error == Errno.NotPermitted ? Remedy : null);
        Span<byte> address = stackalloc byte[PacketAddress.Length];
        PacketAddress.Write(address, interfaceIndex, 0);
        var sent = socket.SendTo(frame, address);
        return sent < 0 ? Refusals.FromErrno($"The frame cannot be sent out of interface {interfaceIndex}", -sent) : null;
    }
}
