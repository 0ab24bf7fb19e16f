using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>
/// Waits for all sockets on one thread. The managed Socket is not used for this because its engine is edge triggered
/// and reads to find out: an entry of the error queue whose errno a send has already consumed would wake nobody.
/// Here readiness is asked for anew each time (EPOLLONESHOT), and a queue that is not empty answers.
/// </summary>
internal sealed unsafe class Poller
{
    public const uint Readable = 0x001; // EPOLLIN
    public const uint Writable = 0x004; // EPOLLOUT
    public const uint Failed = 0x008 | 0x010; // EPOLLERR, EPOLLHUP: reported whether asked for or not
    private const uint OneShot = 1u << 30; // EPOLLONESHOT
    private const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC
    private const int Add = 1; // EPOLL_CTL_ADD
    private const int Delete = 2; // EPOLL_CTL_DEL
    private const int Modify = 3; // EPOLL_CTL_MOD
    private const int Batch = 64; // Events per call: more wait for the next one.

    // struct epoll_event { uint32_t events; uint64_t data; } is packed on x86-64 and nowhere else.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventLength = DataOffset + 8;
    private static readonly Lock Gate = new();
    private static Poller? _shared;

    private readonly FileDescriptor _epoll;
    private readonly ConcurrentDictionary<ulong, PollRegistration> _registrations = new();
    private ulong _lastId;

    private Poller(FileDescriptor epoll) => _epoll = epoll;

    /// <summary>The process's poller, which is started when first needed. Returns 0 or an errno.</summary>
    public static int TryGet(out Poller? poller)
    {
        lock (Gate)
        {
            poller = _shared;
            if (poller is not null) return 0;
            var number = Libc.EpollCreate(CloseOnExec);
            if (number < 0) return Marshal.GetLastPInvokeError();
            poller = _shared = new Poller(new FileDescriptor(number));
            new Thread(poller.Run) { IsBackground = true, Name = "fathom-poll" }.Start();
            return 0;
        }
    }

    /// <summary>Enters a descriptor, not yet armed. Returns 0 or an errno.</summary>
    public int Register(FileDescriptor target, PollRegistration registration, out ulong id)
    {
        id = Interlocked.Increment(ref _lastId);
        _registrations[id] = registration;
        var error = Control(Add, target, OneShot, id);
        if (error != 0) _registrations.TryRemove(id, out _);
        return error;
    }

    /// <summary>Asks for one event. Returns 0 or an errno.</summary>
    public int Arm(FileDescriptor target, ulong id, uint events) => Control(Modify, target, events | OneShot, id);

    public void Unregister(FileDescriptor target, ulong id)
    {
        _registrations.TryRemove(id, out _);
        // It fails only for a descriptor that is not in the set, which is what is wanted.
        _ = Control(Delete, target, 0, id);
    }

    private int Control(int operation, FileDescriptor target, uint events, ulong id)
    {
        var buffer = stackalloc byte[16];
        var span = new Span<byte>(buffer, 16);
        HostOrder.WriteUInt32(span, 0, events);
        HostOrder.WriteUInt64(span, DataOffset, id);
        return Libc.EpollControl(_epoll, operation, target, buffer) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private void Run()
    {
        var buffer = new byte[Batch * EventLength];
        while (true)
        {
            int count;
            fixed (byte* events = buffer) count = Libc.EpollWait(_epoll, events, Batch, -1);
            if (count < 0)
            {
                // Only EINTR is possible: the descriptor is ours and never closed.
                if (Marshal.GetLastPInvokeError() == Errno.Interrupted) continue;
                throw new InvalidOperationException("epoll_wait: " + Errno.Describe(Marshal.GetLastPInvokeError()));
            }

            for (var i = 0; i < count; i++)
            {
                var entry = buffer.AsSpan(i * EventLength, EventLength);
                if (_registrations.TryGetValue(HostOrder.ReadUInt64(entry, DataOffset), out var registration))
                {
                    registration.Signal(HostOrder.ReadUInt32(entry, 0));
                }
            }
        }
    }
}
