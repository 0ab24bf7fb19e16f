using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Application;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Transport;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Linux;

/// <summary>The port on Linux: netlink, sockets with error queues, packet sockets. Questions to the kernel are answered inside the call.</summary>
internal sealed class LinuxHost(OsHostOptions options) : INetworkHost
{
    private readonly ArrivalClock _clock = new(options.Time);

    public string Name { get; } = ResolverConfigurationReader.HostName();

    public TimeProvider Time => options.Time;

    public HostRandom Random { get; } = new LinuxRandom();

    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation)
        => Answer(InterfaceTable.Read, cancellation);

    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation)
        => Answer(RouteTable.Read, cancellation);

    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation)
        => Answer(() => RouteLookup.Find(destination), cancellation);

    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation)
        => Answer(NeighborTable.Read, cancellation);

    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation)
        => Answer<ResolverConfiguration>(() => ResolverConfigurationReader.Read(options), cancellation);

    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation)
        => Answer(() => TrustAnchorReader.Read(options), cancellation);

    public ValueTask<HostResult<IReadOnlyList<HostSocket>>> GetSocketsAsync(CancellationToken cancellation)
        => Answer(SocketTable.Read, cancellation);

    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation)
        => Answer(() => UdpSocket.Open(options, _clock), cancellation);

    public ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation)
        => new TcpConnector(remote, options, _clock).ConnectAsync(cancellation);

    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation)
        => Answer(() => TcpListener.Open(options, _clock), cancellation);

    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation)
        => Answer(() => EchoSockets.Open(options, _clock, Random), cancellation);

    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation)
        => Answer(() => PacketCapture.Open(options, Time), cancellation);

    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(FrameSender.Send(interfaceIndex, frame.Span));
    }

    private static ValueTask<HostResult<T>> Answer<T>(Func<HostResult<T>> question, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(question());
    }
}
