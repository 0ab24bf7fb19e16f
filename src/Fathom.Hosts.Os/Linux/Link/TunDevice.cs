using System.Runtime.InteropServices;
using System.Text;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using static Fathom.Hosts.Os.Linux.Link.TunConstants;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// A TUN or TAP device: what the kernel sends out of it is read here, what is written here the kernel receives. Non-blocking. Reading and writing are
/// one thread's; a device that was made here goes when it is closed.
/// </summary>
internal sealed unsafe class TunDevice : IDisposable
{
    private const string MissingRemedy = "Load the driver (modprobe tun); in a container, give it the device (--device /dev/net/tun).";
    private const string PermissionRemedy = "Run as root or with CAP_NET_ADMIN, or have root make the device for you: ip tuntap add dev NAME mode tun user USER.";
    private const int EthernetHeader = 14;
    private const int VlanTag = 4;

    // What is shorter is copied into a small buffer of its own, so that an acknowledgment does not keep 64 KiB while it is handled.
    private const int SmallFrame = 1800;

    private readonly FileDescriptor _descriptor;
    private readonly int _number;
    private readonly int _headerLength;
    private readonly int _linkLength;
    private int _capacity;
    private PacketBuffer? _standing;

    private TunDevice(FileDescriptor descriptor, string name, bool wasCreated, bool isTap, int mtu, InterfaceOffloads offloads, bool hasHeader, string? note)
    {
        _descriptor = descriptor;
        _number = (int)descriptor.DangerousGetHandle();
        _headerLength = hasHeader ? VirtioHeader.Length : 0;
        _linkLength = isTap ? EthernetHeader : 0;
        Name = name;
        WasCreated = wasCreated;
        Mtu = mtu;
        Offloads = offloads;
        Note = note;
        Expect(mtu);
    }

    /// <summary>The device's name, which the kernel may have chosen ("tun%d").</summary>
    public string Name { get; }

    /// <summary>It was not there before, and goes when it is closed.</summary>
    public bool WasCreated { get; }

    /// <summary>The kernel's MTU of it when it was opened.</summary>
    public int Mtu { get; }

    /// <summary>What the kernel takes over.</summary>
    public InterfaceOffloads Offloads { get; }

    /// <summary>Why it takes over less than was asked for, or null.</summary>
    public string? Note { get; }

    /// <summary>To be waited for.</summary>
    public int Number => _number;

    /// <summary>Makes or takes the device.</summary>
    /// <param name="name">Its name; "tun%d" lets the kernel number it.</param>
    /// <param name="isTap">Ethernet frames, or IP packets.</param>
    /// <param name="withOffloads">Ask for checksum and segmentation offload.</param>
    public static HostResult<TunDevice> Open(string name, bool isTap, bool withOffloads)
    {
        if (Fault(name) is { } fault) return new HostRefusal(HostRefusalKind.Failed, $"'{name}' cannot be an interface's name: {fault}.");
        var number = Libc.Open(Device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
        if (number < 0) return OpenRefusal(Marshal.GetLastPInvokeError());
        var descriptor = new FileDescriptor(number);
        var wasThere = Libc.InterfaceIndex(name) != 0;
        var hasHeader = withOffloads;
        var error = Attach(descriptor, name, isTap, hasHeader, out var given);
        string? note = null;
        if (error == Errno.InvalidArgument && hasHeader)
        {
            hasHeader = false;
            error = Attach(descriptor, name, isTap, hasHeader, out given);
            if (error == 0) note = "the device has no virtio header (IFF_VNET_HDR)";
        }

        var offloads = InterfaceOffloads.None;
        if (error == 0 && hasHeader) error = Enable(descriptor, out offloads, ref note);
        if (error != 0)
        {
            descriptor.Dispose();
            return AttachRefusal(name, isTap, wasThere, error);
        }

        return new TunDevice(descriptor, given, !wasThere, isTap, ReadMtu(given), offloads, hasHeader, note);
    }

    /// <summary>Makes room for packets of an MTU, beside that which the device had.</summary>
    /// <param name="mtu">The MTU, in octets.</param>
    public void Expect(int mtu)
    {
        // One octet more than the longest packet: what fills the room was cut.
        var longest = _headerLength + EthernetHeader + VlanTag + (_headerLength > 0 ? ushort.MaxValue : mtu);
        _capacity = Math.Max(_capacity, Math.Min(PacketPool.MaxLength, longest + 1));
    }

    /// <summary>Reads one packet. False where none waits.</summary>
    /// <param name="pool">Where its buffer comes from.</param>
    /// <param name="frame">The packet; null where it made no sense and was dropped.</param>
    /// <param name="error">An errno other than EAGAIN, or 0.</param>
    public bool TryRead(PacketPool pool, out PacketBuffer? frame, out int error)
    {
        frame = null;
        error = 0;
        var buffer = _standing ??= pool.Rent(_capacity);
        nint count;
        fixed (byte* free = buffer.Free) count = Libc.Read(_number, free, (nuint)buffer.Free.Length);
        if (count <= 0)
        {
            error = count == 0 ? Errno.InputOutput : Marshal.GetLastPInvokeError();
            if (error is Errno.Again or Errno.Interrupted) error = 0;
            return false;
        }

        if (count <= _headerLength) return true;
        if (count == buffer.Free.Length)
        {
            // Somebody has raised the kernel's MTU meanwhile, and the packet was cut.
            Expect(ushort.MaxValue);
            pool.Return(buffer);
            _standing = null;
            return true;
        }

        frame = Take(pool, buffer, (int)count);
        if (_headerLength == 0) return true;
        Span<byte> header = stackalloc byte[VirtioHeader.Length];
        frame.Span[..VirtioHeader.Length].CopyTo(header);
        frame.TrimStart(VirtioHeader.Length);
        if (VirtioHeader.TryRead(header, frame)) return true;
        pool.Return(frame);
        frame = null;
        return true;
    }

    /// <summary>Writes one packet. Returns 0 or an errno; after EAGAIN the packet is as it was.</summary>
    public int Write(PacketBuffer frame)
    {
        if (_headerLength > 0)
        {
            Span<byte> header = stackalloc byte[VirtioHeader.Length];
            VirtioHeader.Write(header, frame, _linkLength);
            header.CopyTo(frame.Prepend(VirtioHeader.Length));
        }

        var bytes = frame.Span;
        nint written;
        fixed (byte* pointer = bytes) written = Libc.Write(_number, pointer, (nuint)bytes.Length);
        if (written >= 0) return 0;
        var error = Marshal.GetLastPInvokeError();
        if (_headerLength > 0) frame.TrimStart(VirtioHeader.Length);
        return error;
    }

    /// <summary>Gives the buffer back that stands ready, and closes.</summary>
    public void Close(PacketPool pool)
    {
        if (_standing is { } buffer) pool.Return(buffer);
        _standing = null;
        Dispose();
    }

    public void Dispose() => _descriptor.Dispose();

    private PacketBuffer Take(PacketPool pool, PacketBuffer buffer, int count)
    {
        if (_capacity > SmallFrame && count <= SmallFrame)
        {
            var small = pool.Rent(count);
            buffer.Free[..count].CopyTo(small.Append(count));
            return small;
        }

        buffer.Append(count);
        _standing = null;
        return buffer;
    }

    /// <summary>Why a name can be no interface's; null if it can. As dev_valid_name in net/core/dev.c.</summary>
    public static string? Fault(string name)
    {
        if (name.Length == 0) return "it is empty";
        if (Encoding.UTF8.GetByteCount(name) >= NameLength) return $"it is longer than {NameLength - 1} octets";
        if (name is "." or "..") return "the system has another meaning for it";
        return name.AsSpan().ContainsAny('/', ':') || name.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) ? "slashes, colons and spaces are not allowed" : null;
    }

    private static int Attach(FileDescriptor descriptor, string name, bool isTap, bool hasHeader, out string given)
    {
        Span<byte> request = stackalloc byte[InterfaceRequestLength];
        request.Clear();
        Encoding.UTF8.GetBytes(name, request);
        HostOrder.WriteUInt16(request, NameLength, (ushort)((isTap ? IFF_TAP : IFF_TUN) | IFF_NO_PI | (hasHeader ? IFF_VNET_HDR : 0)));
        fixed (byte* pointer = request)
        {
            var error = Libc.Control(descriptor, TUNSETIFF, pointer) == 0 ? 0 : Marshal.GetLastPInvokeError();
            given = Encoding.UTF8.GetString(request[..Math.Max(0, request[..NameLength].IndexOf((byte)0))]);
            return error;
        }
    }

    private static int Enable(FileDescriptor descriptor, out InterfaceOffloads offloads, ref string? note)
    {
        offloads = InterfaceOffloads.None;
        var length = VirtioHeader.Length;
        if (Libc.Control(descriptor, TUNSETVNETHDRSZ, &length) != 0) return Marshal.GetLastPInvokeError();

        // Without the two for segments the kernel cuts them itself, which is slower and no less right.
        if (Libc.Control(descriptor, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6) == 0)
        {
            offloads = InterfaceOffloads.Checksum | InterfaceOffloads.SegmentationV4 | InterfaceOffloads.SegmentationV6;
        }
        else if (Libc.Control(descriptor, TUNSETOFFLOAD, TUN_F_CSUM) == 0)
        {
            offloads = InterfaceOffloads.Checksum;
            note = "the kernel hands over no large segments (TUNSETOFFLOAD)";
        }
        else
        {
            note = "the kernel takes over neither checksums nor segmentation (TUNSETOFFLOAD)";
        }

        return 0;
    }

    private static int ReadMtu(string name)
    {
        const int Usual = 1500;
        using var socket = NativeSocket.Open(AF_INET, SOCK_DGRAM, 0, out _);
        if (socket is null) return Usual;
        Span<byte> request = stackalloc byte[InterfaceRequestLength];
        request.Clear();
        Encoding.UTF8.GetBytes(name, request);
        fixed (byte* pointer = request)
        {
            return Libc.Control(socket.Descriptor, SIOCGIFMTU, pointer) == 0 ? HostOrder.ReadInt32(request, NameLength) : Usual;
        }
    }

    private static HostRefusal OpenRefusal(int error) => Refusals.FromErrno(
        $"The TUN/TAP driver ({Device}) cannot be opened",
        error,
        error switch
        {
            Errno.NoEntry or Errno.NoDevice or Errno.NoSuchDeviceOrAddress => MissingRemedy,
            Errno.AccessDenied or Errno.NotPermitted => PermissionRemedy,
            _ => null,
        });

    private static HostRefusal AttachRefusal(string name, bool isTap, bool wasThere, int error)
    {
        var kind = isTap ? "TAP" : "TUN";
        return error switch
        {
            Errno.Busy => new HostRefusal(HostRefusalKind.AddressInUse, $"The device '{name}' is in use by another program.", "End that program, or give another name."),
            Errno.InvalidArgument when wasThere => new HostRefusal(HostRefusalKind.AddressInUse, $"There is an interface '{name}' already, and it is no {kind} device.", "Give another name."),
            Errno.NotPermitted or Errno.AccessDenied => Refusals.FromErrno($"The {kind} device '{name}' cannot be {(wasThere ? "taken" : "made")}", error, PermissionRemedy),
            _ => Refusals.FromErrno($"The {kind} device '{name}' cannot be {(wasThere ? "taken" : "made")}", error),
        };
    }
}
