using Fathom.Hosts.Os.Linux;
using Fathom.Hosts.Os.Linux.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Stack;
using Fathom.Stack;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Os.Link;

/// <summary>
/// A host of Fathom's own stack on a TUN or TAP device of this machine: to the kernel it is another machine. It runs on a thread of its own, where what
/// <see cref="RunAsync"/> starts runs too.
/// </summary>
public sealed class TunHost : IAsyncDisposable
{
    // RFC 8200 §5: IPv6 needs that much; RFC 791 §3.2: IPv4 makes do with 68.
    private const int LeastMtu = 68;

    private readonly TunDevice _device;
    private readonly StackLoop _loop;
    private bool _isClosed;

    private TunHost(TunDevice device, StackLoop loop, StackHost host, NetworkInterface through)
    {
        _device = device;
        _loop = loop;
        Host = host;
        Interface = through;
    }

    /// <summary>The host that stands on the device: what probes and services are given.</summary>
    public StackHost Host { get; }

    /// <summary>Its stack; to be used with <see cref="IStackDriver.Gate"/> of the host's driver held.</summary>
    public NetworkStack Stack => Host.Stack;

    /// <summary>The stack's end of the device.</summary>
    public NetworkInterface Interface { get; }

    /// <summary>The device's name.</summary>
    public string Device => _device.Name;

    /// <summary>The device was made here, and goes when this is disposed of.</summary>
    public bool WasCreated => _device.WasCreated;

    /// <summary>Why the kernel takes over less than was asked for, or null.</summary>
    public string? OffloadNote => _device.Note;

    /// <summary>Ends when the device is gone, or this was disposed of.</summary>
    public Task Ended => _loop.Ended;

    /// <summary>Why it ended by itself, as a sentence; null while it runs, or where it was disposed of.</summary>
    public string? Fault => _loop.Fault == 0 ? null : $"The device '{Device}' is gone: {Errno.Describe(_loop.Fault)}.";

    /// <summary>Frames that were lost between the stack and the kernel.</summary>
    public long Dropped => _loop.Dropped;

    /// <summary>Why a name can be no interface's; null if it can.</summary>
    /// <param name="name">The name; "tun%d" lets the kernel number it.</param>
    public static string? WhyNoName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TunDevice.Fault(name);
    }

    /// <summary>Makes or takes the device, and starts the host.</summary>
    /// <param name="options">What it is to be.</param>
    public static HostResult<TunHost> Open(TunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            return new HostRefusal(HostRefusalKind.NotSupported, "TUN and TAP devices are there on 64-bit Linux only.");
        }

        var opened = TunDevice.Open(options.Device, options.IsTap, options.UseOffloads);
        if (!opened.TryGet(out var device, out var refusal)) return refusal;
        if (WakeSignal.Create(out var error) is not { } signal)
        {
            device.Dispose();
            return Refusals.FromErrno("The stack's thread cannot be woken", error);
        }

        var mtu = options.Mtu ?? device.Mtu;
        if (mtu is < LeastMtu or > ushort.MaxValue) refusal = new HostRefusal(HostRefusalKind.Failed, $"The MTU {mtu} is not from {LeastMtu} to {ushort.MaxValue}.");
        else if (options.PeerAddresses.Count > 0) refusal = new DeviceSetup(device.Name).Apply(mtu, options.PeerAddresses, []);
        device.Expect(mtu);
        if (refusal is null) return Start(options, device, signal, mtu);
        device.Dispose();
        signal.Dispose();
        return refusal;
    }

    /// <summary>Runs an action on the host's thread, and all that it awaits without leaving the context.</summary>
    /// <param name="action">The action.</param>
    /// <returns>Ends as the action's task does.</returns>
    public Task RunAsync(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(static state => _ = RelayAsync(((Func<Task>, TaskCompletionSource))state!), (action, ended));
        return ended.Task;
    }

    /// <summary>Lets somebody watch the stack at work from now on.</summary>
    /// <param name="observer">Who; null for nobody any more.</param>
    public void Observe(IStackObserver? observer)
    {
        lock (_loop.Gate) _loop.Observe(observer);
    }

    /// <summary>Resets the connections that are still open, and closes the device.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        lock (_loop.Gate)
        {
            foreach (var connection in Stack.Tcp.Connections.ToList()) connection.Abort();
        }

        _loop.Stop();
        await _loop.Ended;
    }

    private static TunHost Start(TunOptions options, TunDevice device, WakeSignal signal, int mtu)
    {
        var random = new LinuxRandom();
        var stack = new NetworkStack(options.Stack, new HostStackRandom(random));
        var loop = new StackLoop(stack, device, signal, TimeProvider.System, options.Spin);
        var host = new StackHost(stack, loop, random, new StackHostOptions(options.Name) { Resolver = options.Resolver, TrustAnchors = options.TrustAnchors });
        lock (loop.Gate)
        {
            var through = stack.AddInterface(new InterfaceOptions
            {
                Name = device.Name,
                Medium = options.IsTap ? InterfaceMedium.Ethernet : InterfaceMedium.PointToPoint,
                Mtu = mtu,
                HardwareAddress = options.IsTap ? options.HardwareAddress ?? RandomAddress(random) : null,
                Offloads = device.Offloads,
            });
            foreach (var address in options.Addresses) stack.AddAddress(through, address.Address, address.PrefixLength);
            foreach (var gateway in options.Gateways) stack.Routes.Add(new Fathom.Stack.Internet.Route(IpPrefix.Default(gateway.Version), through, gateway));

            // On TUN there is one other end, and whatever has no better way goes there.
            if (!options.IsTap)
            {
                foreach (var version in options.Addresses.Select(static a => a.Address.Version).Distinct())
                {
                    if (options.Gateways.All(g => g.Version != version)) stack.Routes.Add(new Fathom.Stack.Internet.Route(IpPrefix.Default(version), through));
                }
            }

            loop.Start(host, through);
            return new TunHost(device, loop, host, through);
        }
    }

    private static async Task RelayAsync((Func<Task> Action, TaskCompletionSource Ended) work)
    {
        try
        {
            await work.Action();
            work.Ended.TrySetResult();
        }
        catch (OperationCanceledException e)
        {
            work.Ended.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            work.Ended.TrySetException(e);
        }
    }

    private static MacAddress RandomAddress(HostRandom random)
    {
        // IEEE 802 §8.4.4: locally administered, of one station.
        Span<byte> octets = stackalloc byte[MacAddress.Length];
        random.Fill(octets);
        octets[0] = (byte)((octets[0] & 0xFC) | 0x02);
        return MacAddress.FromBytes(octets);
    }
}
