using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>A host with a clock, randomness and TCP connections: what the TLS probe needs.</summary>
internal sealed class TestHost(TimeProvider? time = null, ulong? seed = null) : INetworkHost
{
    public string Name => "test";

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    public HostRandom Random { get; } = new TestRandom(seed);

    public async ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation)
        => new ConnectResult.Connected(await SocketConnection.OpenAsync(remote.Port, cancellation));

    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IReadOnlyList<HostSocket>>> GetSocketsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation) => throw new NotSupportedException();
}
