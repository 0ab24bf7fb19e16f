using System.Buffers;
using System.Runtime.InteropServices;
using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Netlink;

/// <summary>
/// Asks the kernel about links, addresses, routes, neighbors and sockets. The kernel answers inside the call, so this is synchronous:
/// a socket of its own per question costs a few microseconds, and no state is shared.
/// </summary>
internal static class NetlinkQuery
{
    private const int NETLINK_ROUTE = 0;
    private const int NETLINK_SOCK_DIAG = 4;

    // The kernel fills at most 32 KiB per datagram of a dump (max_recvmsg_len in af_netlink.c).
    private const int BufferLength = 64 * 1024;

    // A table that changes during each dump is answered for as it was read the last time.
    private const int Tries = 4;

    // A full Internet routing table is 1.3 million messages: beyond that something is wrong, and memory is finite.
    private const int DatagramLimit = 65536;

    /// <summary>Asks, and hands every message of the answer to a handler. Returns 0 or an errno.</summary>
    /// <param name="request">The question.</param>
    /// <param name="restart">Called before each try: forget what an earlier one brought.</param>
    /// <param name="handler">Takes the messages.</param>
    public static int Ask(NetlinkRequest request, Action restart, NetlinkMessageHandler handler) => Ask(NETLINK_ROUTE, request, restart, handler);

    /// <summary>The same about sockets (sock_diag(7)).</summary>
    /// <param name="request">The question.</param>
    /// <param name="restart">Called before each try: forget what an earlier one brought.</param>
    /// <param name="handler">Takes the messages.</param>
    public static int AskForSockets(NetlinkRequest request, Action restart, NetlinkMessageHandler handler) => Ask(NETLINK_SOCK_DIAG, request, restart, handler);

    private static int Ask(int family, NetlinkRequest request, Action restart, NetlinkMessageHandler handler)
    {
        var number = Libc.Socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, family);
        if (number < 0) return Marshal.GetLastPInvokeError();
        using var socket = new NativeSocket(new FileDescriptor(number));

        // The kernel answers at once. Should it not, five seconds bound the wait (struct timeval).
        Span<byte> timeout = stackalloc byte[16];
        HostOrder.WriteUInt64(timeout, 0, 5);
        _ = socket.SetOption(SOL_SOCKET, SO_RCVTIMEO, timeout);

        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var error = 0;
            for (uint attempt = 1; attempt <= Tries; attempt++)
            {
                restart();
                var state = AskOnce(socket, request.WithSequence(attempt), attempt, buffer, handler, out error);
                if (state == NetlinkReply.State.Complete) return 0;
                if (state == NetlinkReply.State.Failed && error is not (Errno.NoBuffers or Errno.Busy)) return error;
                if (state == NetlinkReply.State.Malformed) return Errno.Protocol;
            }

            return error;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static NetlinkReply.State AskOnce(
        NativeSocket socket, ReadOnlySpan<byte> request, uint sequence, byte[] buffer, NetlinkMessageHandler handler, out int error)
    {
        // struct sockaddr_nl { u16 family; u16 pad; u32 port; u32 groups; }: port 0 is the kernel.
        Span<byte> kernel = stackalloc byte[12];
        HostOrder.WriteUInt16(kernel, 0, AF_NETLINK);
        error = -socket.SendTo(request, kernel);
        if (error > 0) return NetlinkReply.State.Failed;

        var interrupted = false;
        Span<byte> name = stackalloc byte[12];
        for (var datagrams = 0; datagrams < DatagramLimit;)
        {
            var count = socket.Receive(buffer, MSG_TRUNC, name, out var nameLength, default, out _, out _);
            if (count == -Errno.Interrupted) continue;
            error = count < 0 ? -count : count > buffer.Length ? Errno.MessageSize : 0;
            if (error != 0) return NetlinkReply.State.Failed;
            datagrams++;
            if (nameLength < 8 || HostOrder.ReadUInt32(name, 4) != 0) continue; // not from the kernel
            var state = NetlinkReply.Read(buffer.AsSpan(0, count), sequence, handler, ref interrupted, out error);
            if (state == NetlinkReply.State.Inconsistent) error = 0;
            if (state != NetlinkReply.State.Continues) return state;
        }

        error = Errno.NoBuffers;
        return NetlinkReply.State.Failed;
    }
}
