using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Stack.Application;
using Fathom.Hosts.Stack.Internet;
using Fathom.Hosts.Stack.Link;
using Fathom.Hosts.Stack.Transport;
using Fathom.Hosts.Transport;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack;

/// <summary>
/// A host whose network is Fathom's own stack: what probes and services ask of a machine they can ask of it. It has no threads, no clock and no randomness but
/// what its driver and its creator give. Safe for concurrent use, as far as the driver's gate is.
/// </summary>
public sealed class StackHost : INetworkHost
{
    private readonly StackHostOptions _options;
    private StackCapture[] _captures = [];
    private byte[] _image = [];

    /// <summary>Makes a host.</summary>
    /// <param name="stack">Its stack, with interfaces and addresses.</param>
    /// <param name="driver">Who drives the stack.</param>
    /// <param name="random">Its randomness.</param>
    /// <param name="options">What the stack does not know.</param>
    public StackHost(NetworkStack stack, IStackDriver driver, HostRandom random, StackHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(options);
        Stack = stack;
        Driver = driver;
        Random = random;
        _options = options;
        Resolver = options.Resolver;
    }

    /// <summary>The stack. To be used with the driver's gate held, and the driver woken afterwards.</summary>
    public NetworkStack Stack { get; }

    /// <summary>Who drives it.</summary>
    public IStackDriver Driver { get; }

    /// <summary>How it resolves names; null: it has no resolver, and says so.</summary>
    public ResolverConfiguration? Resolver { get; set; }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public TimeProvider Time => Driver.Time;

    /// <inheritdoc/>
    public HostRandom Random { get; }

    /// <summary>For the driver, with its gate held: tells whoever waits for sockets that they are ready. What goes on then was posted to the driver.</summary>
    public void TakeReady()
    {
        while (Stack.TryTakeReady(out var socket)) (socket.Owner as ISocketOwner)?.OnReady();
    }

    /// <summary>For the driver, with its gate held: shows a frame that came in or goes out to the captures.</summary>
    /// <param name="at">The interface.</param>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="frame">The frame.</param>
    public void ShowFrame(NetworkInterface at, FrameDirection direction, PacketBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(frame);
        if (_captures.Length == 0) return;
        if (_image.Length < frame.Length) _image = new byte[Math.Max(frame.Length, PacketPool.MaxLength)];
        var image = _image.AsSpan(0, frame.Length);
        FrameImage.CopyTo(frame, image);
        var now = Time.GetUtcNow();
        var linkType = at.Medium == InterfaceMedium.Ethernet ? LinkTypeEthernet : LinkTypeRaw;
        foreach (var capture in _captures) capture.Add(at.Index, at.Name, linkType, direction, now, image);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation)
        => Answer<IReadOnlyList<HostInterface>>(() => HostTables.Interfaces(Stack), cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation)
        => Answer<IReadOnlyList<HostRoute>>(() => RouteTables.Routes(Stack), cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation)
        => Answer<RouteDecision>(() => RouteTables.Find(Stack, destination), cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation)
        => Answer<IReadOnlyList<HostNeighbor>>(() => NeighborList.Of(Stack), cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Resolver is { } given) return ValueTask.FromResult<HostResult<ResolverConfiguration>>(given);
        lock (Driver.Gate) return ValueTask.FromResult(LearnedResolver.Of(Stack));
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation)
        => Given(_options.TrustAnchors, "This host was given no certificates to trust.", cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<HostSockets>> GetSocketsAsync(CancellationToken cancellation)
        => Answer<HostSockets>(() => SocketList.Of(Stack), cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Answer(() => StackDatagramSocket.Open(this, options), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new StackConnector(this, remote, options).ConnectAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1);
        return Answer<IStreamListener>(
            () => Stack.Tcp.TryListen(options.Local, new TcpListenOptions { Backlog = options.Backlog, ReuseAddress = options.ReuseAddress }, out var listener, out var refusal)
                ? new StackListener(this, listener)
                : RefusalOf(refusal, options.Local),
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Answer(() => StackEchoSocket.Open(this, options), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SnapLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BufferSize, 1);
        return Answer<ICapture>(
            () =>
            {
                var capture = new StackCapture(this, options);
                _captures = [.. _captures, capture];
                return capture;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (Driver.Gate)
        {
            if (Stack.Interfaces.FirstOrDefault(i => i.Index == interfaceIndex) is not { } through)
            {
                return ValueTask.FromResult<HostRefusal?>(new HostRefusal(HostRefusalKind.Failed, $"There is no interface {interfaceIndex}."));
            }

            if (frame.IsEmpty || frame.Length > PacketPool.MaxLength)
            {
                return ValueTask.FromResult<HostRefusal?>(new HostRefusal(HostRefusalKind.Failed, $"A frame of {frame.Length} octets cannot be sent."));
            }

            var buffer = Stack.Pool.Rent(frame.Length);
            frame.Span.CopyTo(buffer.Append(frame.Length));
            Driver.SendFrame(through, buffer);
            Driver.Wake();
            return ValueTask.FromResult<HostRefusal?>(null);
        }
    }

    /// <summary>Called with the gate held.</summary>
    internal void Remove(StackCapture capture) => _captures = [.. _captures.Where(c => c != capture)];

    /// <summary>What an ICMP error about a connection says.</summary>
    internal NetworkError ErrorOf(TcpIcmpError error, IpEndpoint destination)
    {
        var isLocal = Stack.Addresses.Any(a => a.Address == error.Reporter);
        return ErrorOf(new DeliveryError(error.Reporter, error.Type, error.Code, error.NextHopMtu, isLocal), destination, Time.GetTimestamp(), 0, default);
    }

    /// <summary>An ICMP error; what this host said to itself is a local one (a neighbor that does not answer).</summary>
    internal static NetworkError ErrorOf(in DeliveryError error, IpEndpoint? destination, long timestamp, byte hopLimit, ReadOnlyMemory<byte> quoted)
    {
        var told = NetworkErrors.Icmp(error.Reporter.Version, error.Reporter, error.Type, error.Code, error.NextHopMtu, destination, timestamp, quoted);
        return error.IsLocal
            ? told with { Origin = NetworkErrorOrigin.Local, Type = 0, Code = 0, Reporter = null }
            : told with { HopLimit = hopLimit == 0 ? null : hopLimit };
    }

    /// <summary>Asks the stack, with the gate held.</summary>
    private ValueTask<HostResult<T>> Answer<T>(Func<HostResult<T>> question, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        lock (Driver.Gate)
        {
            var answer = question();
            Driver.Wake();
            return ValueTask.FromResult(answer);
        }
    }

    private static ValueTask<HostResult<T>> Given<T>(T? value, string otherwise, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(value is null ? new HostResult<T>(new HostRefusal(HostRefusalKind.NotSupported, otherwise)) : new HostResult<T>(value));
    }

    // LINKTYPE_ numbers of the pcap registry.
    private const int LinkTypeEthernet = 1;
    private const int LinkTypeRaw = 101;

    private static HostRefusal RefusalOf(TcpRefusal refusal, IpEndpoint local) => refusal switch
    {
        TcpRefusal.AddressInUse => new HostRefusal(HostRefusalKind.AddressInUse, $"A TCP socket cannot listen at {local}: another socket has the address and port."),
        TcpRefusal.AddressNotLocal => new HostRefusal(HostRefusalKind.Failed, $"A TCP socket cannot listen at {local}: the address is none of this host's."),
        TcpRefusal.NoPort => new HostRefusal(HostRefusalKind.Failed, "A TCP socket cannot listen: all ports that the host gives out are taken."),
        _ => new HostRefusal(HostRefusalKind.Failed, $"A TCP socket cannot listen at {local}."),
    };
}
