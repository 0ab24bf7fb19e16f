using System.Threading.Channels;
using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Internet.Support;

/// <summary>A host whose echo requests are answered by a function: after which time, with what.</summary>
/// <param name="time">The clock.</param>
/// <param name="answer">Given a request, the events that come back and when.</param>
internal sealed class EchoNetwork(ManualTime time, Func<EchoNetwork.Request, IEnumerable<(TimeSpan After, EchoEvent Event)>> answer) : INetworkHost
{
    /// <summary>What was sent, and when.</summary>
    public List<Request> Sent { get; } = [];

    /// <summary>The local error of a request, or null.</summary>
    public Func<Request, NetworkError?> Local { get; init; } = static _ => null;

    public HostRefusal? Refusal { get; init; }

    public string Name => "test";

    public TimeProvider Time => time;

    public HostRandom Random { get; } = new TestRandom(1);

    public static NetworkError Icmp(byte type, byte code, string reporter, long at, int? mtu = null)
        => new(NetworkErrorOrigin.Icmp, type, code, IpAddress.Parse(reporter), null, mtu, 0, at, default);

    public EchoEvent.Reply Reply(Request request, TimeSpan after, byte[]? data = null, string? from = null)
        => new(from is null ? request.Destination : IpAddress.Parse(from), request.Sequence, 60, (data ?? request.Data).Length, (time.Now + after).Ticks) { Data = data ?? request.Data };

    public EchoEvent.Failed Exceeded(Request request, TimeSpan after, string reporter)
        => new(request.Sequence, Icmp(11, 0, reporter, (time.Now + after).Ticks));

    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation)
        => ValueTask.FromResult(Refusal is { } refusal ? refusal : new HostResult<IEchoSocket>(new Socket(this)));

    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation) => ValueTask.FromResult(new HostResult<IReadOnlyList<HostInterface>>([]));

    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation)
        => ValueTask.FromResult(new HostResult<RouteDecision>(new HostRefusal(HostRefusalKind.NotSupported, "none")));

    public ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<HostSockets>> GetSocketsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation) => throw new NotSupportedException();

    public sealed record Request(IpAddress Destination, ushort Sequence, byte[] Data, PacketOptions Options, TimeSpan At);

    private sealed class Socket(EchoNetwork network) : IEchoSocket
    {
        private readonly Channel<EchoEvent> _events = Channel.CreateUnbounded<EchoEvent>();

        public EchoMethod Method => EchoMethod.Stack;

        public ushort Identifier => 1;

        public ValueTask<NetworkError?> SendAsync(IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
        {
            var request = new Request(destination, sequence, data.ToArray(), options, network.ManualNow);
            network.Sent.Add(request);
            if (network.Local(request) is { } error) return ValueTask.FromResult<NetworkError?>(error);
            foreach (var (after, happened) in network.Answers(request)) network.Clock.At(network.ManualNow + after, () => _events.Writer.TryWrite(happened));
            return ValueTask.FromResult<NetworkError?>(null);
        }

        public ValueTask<EchoEvent> ReceiveAsync(CancellationToken cancellation) => _events.Reader.ReadAsync(cancellation);

        public ValueTask DisposeAsync() => default;
    }

    private ManualTime Clock => time;

    private TimeSpan ManualNow => time.Now;

    private IEnumerable<(TimeSpan After, EchoEvent Event)> Answers(Request request) => answer(request);
}
