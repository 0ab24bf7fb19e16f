using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Application;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>The port by the means of .NET alone. What those cannot tell is refused, never guessed.</summary>
internal sealed class PortableHost(OsHostOptions options) : INetworkHost
{
    public string Name { get; } = ResolverConfigurationReader.HostName();

    public TimeProvider Time => options.Time;

    public HostRandom Random { get; } = new OsRandom();

    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation)
        => Answer(PortableInterfaces.Read, cancellation);

    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation)
        => Answer<IReadOnlyList<HostRoute>>(() => NotSupported("list the routing table"), cancellation);

    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation)
        => Answer<RouteDecision>(() => NotSupported("look a route up"), cancellation);

    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation)
        => Answer<IReadOnlyList<HostNeighbor>>(() => NotSupported("list the neighbor cache"), cancellation);

    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation)
        => Answer(() => PortableResolver.Read(options), cancellation);

    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation)
        => Answer(() => PortableTrustAnchors.Read(options), cancellation);

    public ValueTask<HostResult<IReadOnlyList<HostSocket>>> GetSocketsAsync(CancellationToken cancellation)
        => Answer<IReadOnlyList<HostSocket>>(() => NotSupported("list the sockets"), cancellation);

    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation)
        => Answer(() => PortableUdpSocket.Open(options, Time), cancellation);

    public ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation)
        => PortableConnection.OpenAsync(remote, options, Time, cancellation);

    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation)
        => Answer(() => PortableListener.Open(options, Time), cancellation);

    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation) => Answer<IEchoSocket>(
        () => options.Source is null
            ? new PortableEchoSocket(options.Version, Time)
            : new HostRefusal(HostRefusalKind.NotSupported, "The system's ping service does not let the source address be chosen."),
        cancellation);

    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation)
        => Answer<ICapture>(() => NotSupported("capture frames"), cancellation);

    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<HostRefusal?>(NotSupported("send frames"));
    }

    private static HostRefusal NotSupported(string what)
        => new(HostRefusalKind.NotSupported, $"Fathom cannot {what} on this system: .NET has no means for it, and Fathom brings its own for 64-bit Linux only.");

    private static ValueTask<HostResult<T>> Answer<T>(Func<HostResult<T>> question, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(question());
    }
}
