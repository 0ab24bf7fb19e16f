using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>
/// Has the kernel close a socket whose close takes long. close(2) of a packet socket waits for an RCU grace period, 8 to 32 ms, and so
/// does the end of a process that still has one open: a tenth of a whole check. A descriptor that is in flight in a queue which only
/// itself refers to is collected by a worker of the kernel instead (unix(7), SCM_RIGHTS; from Linux 6.9 the collector never runs in
/// the caller; before it may, and the close then takes as long as ever).
/// </summary>
internal static unsafe class KernelClose
{
    // struct cmsghdr { size_t length; int level; int type; } and two descriptors, a multiple of eight already.
    private const int HeaderLength = 16;
    private const int MessageLength = HeaderLength + (2 * sizeof(int));

    /// <summary>Puts the descriptor where the kernel closes it once the caller's own copy is closed. Does nothing where that fails.</summary>
    public static void Entrust(FileDescriptor socket)
    {
        var pair = stackalloc int[2];
        if (Libc.SocketPair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) != 0) return;
        using var sender = new FileDescriptor(pair[0]);
        using var queue = new FileDescriptor(pair[1]);
        var control = stackalloc byte[MessageLength];
        *(nuint*)control = MessageLength;
        *(int*)(control + 8) = SOL_SOCKET;
        *(int*)(control + 12) = SCM_RIGHTS;
        // The queue holds itself: closed from here, it is referred to by nothing else, and goes with all that it holds.
        *(int*)(control + HeaderLength) = (int)queue.DangerousGetHandle();
        *(int*)(control + HeaderLength + sizeof(int)) = (int)socket.DangerousGetHandle();
        byte payload = 0;
        var vector = new Libc.IoVector { Base = &payload, Length = 1 };
        var header = new Libc.MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = MessageLength };
        _ = Libc.SendMessage(sender, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
}
