using System.Runtime.InteropServices;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux;
using Fathom.Hosts.Os.Linux.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Stack.Buffers;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Link.TunConstants;

namespace Fathom.Hosts.Os.Link;

/// <summary>
/// A TUN or TAP device, for somebody who has a loop of his own: what the kernel sends out of it is read here, what is written here the kernel receives, whole packets with their checksums.
/// One thread's, but for <see cref="Wake"/>.
/// </summary>
public sealed unsafe class FrameDevice : IDisposable
{
    private readonly TunDevice _device;
    private readonly WakeSignal _signal;
    private readonly DeviceSetup _setup;
    private bool _isClosed;

    private FrameDevice(TunDevice device, WakeSignal signal, bool isTap)
    {
        _device = device;
        _signal = signal;
        _setup = new DeviceSetup(device.Name);
        IsTap = isTap;
    }

    /// <summary>The device's name.</summary>
    public string Name => _device.Name;

    /// <summary>It carries Ethernet frames, else IP packets.</summary>
    public bool IsTap { get; }

    /// <summary>It was made here, and goes when this is disposed of, with its addresses and routes.</summary>
    public bool WasCreated => _device.WasCreated;

    /// <summary>Frames that the kernel did not take, and those of its own that made no sense.</summary>
    public long Dropped { get; private set; }

    /// <summary>Why it works no more, as a sentence; null while it does.</summary>
    public string? Fault { get; private set; }

    /// <summary>Makes or takes a device.</summary>
    /// <param name="name">Its name; "tun%d" lets the kernel number it.</param>
    /// <param name="isTap">Ethernet frames, else IP packets.</param>
    public static HostResult<FrameDevice> Open(string name, bool isTap)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            return new HostRefusal(HostRefusalKind.NotSupported, "TUN and TAP devices are there on 64-bit Linux only.");
        }

        var opened = TunDevice.Open(name, isTap, withOffloads: false);
        if (!opened.TryGet(out var device, out var refusal)) return refusal;
        if (WakeSignal.Create(out var error) is { } signal) return new FrameDevice(device, signal, isTap);
        device.Dispose();
        return Refusals.FromErrno("The device's loop cannot be woken", error);
    }

    /// <summary>Sets the kernel's end up: MTU, addresses, up, routes. What it sets on a device that was there before, <see cref="Dispose"/> takes back.</summary>
    /// <param name="mtu">The MTU, in octets.</param>
    /// <param name="addresses">The kernel's addresses.</param>
    /// <param name="routes">Where it is to send through the device; the gateway is null where the other end is one.</param>
    /// <returns>What failed, or null.</returns>
    public HostRefusal? SetUp(int mtu, IReadOnlyList<InterfaceAddress> addresses, IReadOnlyList<(IpPrefix To, IpAddress? Via)> routes)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(routes);
        _device.Expect(mtu);
        return _setup.Apply(mtu, addresses, routes);
    }

    /// <summary>Reads one frame. False where none waits.</summary>
    /// <param name="pool">Where its buffer comes from.</param>
    /// <param name="frame">The frame, the caller's; null where it made no sense and was dropped.</param>
    public bool TryRead(PacketPool pool, out PacketBuffer? frame)
    {
        if (!_device.TryRead(pool, out frame, out var error))
        {
            // EIO and its like: the device is down, and comes up again; EBADFD: it is gone.
            if (error == Errno.BadDescriptorState) Fault ??= $"The device '{Name}' is gone: {Errno.Describe(error)}.";
            return false;
        }

        if (frame is null) Dropped++;
        return true;
    }

    /// <summary>Writes one frame; where the kernel does not take it, it is lost and counted.</summary>
    /// <param name="frame">The frame; it stays the caller's.</param>
    public void Write(PacketBuffer frame)
    {
        if (_device.Write(frame) != 0) Dropped++;
    }

    /// <summary>Waits until a frame can be read, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="atMost">How long; null: for ever.</param>
    public void Wait(TimeSpan? atMost)
    {
        var polled = stackalloc Libc.PollDescriptor[2];
        polled[0] = new Libc.PollDescriptor { Descriptor = _device.Number, Wanted = POLLIN };
        polled[1] = new Libc.PollDescriptor { Descriptor = _signal.Number, Wanted = POLLIN };
        Libc.TimeSpecification timeout = default;
        if (atMost is { } left)
        {
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            timeout.Seconds = left.Ticks / TimeSpan.TicksPerSecond;
            timeout.Nanoseconds = left.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        }

        var count = Libc.Poll(polled, 2, atMost is null ? null : &timeout, null);
        if (count < 0 && Marshal.GetLastPInvokeError() is not Errno.Interrupted and var error) Fault ??= $"The device '{Name}' cannot be waited for: {Errno.Describe(error)}.";
        if (count > 0 && polled[1].Happened != 0) _signal.Clear();
    }

    /// <summary>Ends a <see cref="Wait"/>, the next one if there is none now. From any thread.</summary>
    public void Wake() => _signal.Set();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        if (!WasCreated) _setup.Undo();
        _device.Dispose();
        _signal.Dispose();
    }
}
