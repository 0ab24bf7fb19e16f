using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Contracts;

/// <summary>This system's host in another namespace than the thread's: the thread goes there for the call that opens a socket, which stays there, and comes back.</summary>
internal sealed class HostElsewhere(INetworkHost host, string there, string home) : INetworkHost
{
    public string Name => host.Name;

    public TimeProvider Time => host.Time;

    public HostRandom Random => host.Random;

    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation) => There(() => host.GetInterfacesAsync(cancellation));

    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation) => There(() => host.GetRoutesAsync(cancellation));

    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation) => There(() => host.FindRouteAsync(destination, cancellation));

    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation) => There(() => host.GetNeighborsAsync(cancellation));

    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation) => There(() => host.GetResolverConfigurationAsync(cancellation));

    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation) => There(() => host.GetTrustAnchorsAsync(cancellation));

    public ValueTask<HostResult<HostSockets>> GetSocketsAsync(CancellationToken cancellation) => There(() => host.GetSocketsAsync(cancellation));

    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation) => There(() => host.OpenDatagramAsync(options, cancellation));

    public ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation) => There(() => host.ConnectAsync(remote, options, cancellation));

    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation) => There(() => host.ListenAsync(options, cancellation));

    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation) => There(() => host.OpenEchoAsync(options, cancellation));

    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation) => There(() => host.OpenCaptureAsync(options, cancellation));

    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation) => There(() => host.SendFrameAsync(interfaceIndex, frame, cancellation));

    private T There<T>(Func<T> call)
    {
        Syscalls.EnterNetwork("/run/netns/" + there);
        try
        {
            return call();
        }
        finally
        {
            Syscalls.EnterNetwork("/run/netns/" + home);
        }
    }
}
