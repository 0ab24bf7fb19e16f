using System.Net.NetworkInformation;
using System.Threading.Channels;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>Echo by the system's ping service: each request is a question of its own, whose answer is queued here.</summary>
internal sealed class PortableEchoSocket(IpVersion version, TimeProvider time) : IEchoSocket
{
    // How long the service listens for an answer. The caller's own patience is shorter; what comes later has no use.
    private const int ListenMilliseconds = 30_000;

    private readonly Channel<EchoEvent> _events = Channel.CreateUnbounded<EchoEvent>();
    private readonly CancellationTokenSource _closed = new();

    public EchoMethod Method => EchoMethod.System;

    /// <summary>The service does not tell its own: 0.</summary>
    public ushort Identifier => 0;

    public ValueTask<NetworkError?> SendAsync(
        IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (destination.Version != version) throw new ArgumentException($"{destination} is not of the socket's version.", nameof(destination));
        // The task ends by itself: with an answer, after its time, or when the socket is closed.
        _ = AskAsync(destination, sequence, data.ToArray(), new PingOptions(options.HopLimit ?? 128, options.DontFragment), _closed.Token);
        return ValueTask.FromResult<NetworkError?>(null);
    }

    public ValueTask<EchoEvent> ReceiveAsync(CancellationToken cancellation) => _events.Reader.ReadAsync(cancellation);

    public ValueTask DisposeAsync()
    {
        _closed.Cancel();
        _closed.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AskAsync(IpAddress destination, ushort sequence, byte[] data, PingOptions options, CancellationToken closed)
    {
        EchoEvent? answer;
        try
        {
            using var ping = new Ping();
            var reply = await ping.SendPingAsync(Convert.ToNet(destination), TimeSpan.FromMilliseconds(ListenMilliseconds), data, options, closed);
            answer = Read(reply, destination, sequence, data.Length);
        }
        catch (OperationCanceledException)
        {
            return; // the socket was closed
        }
        catch (PingException)
        {
            answer = new EchoEvent.Failed(sequence, SocketErrors.Local(System.Net.Sockets.SocketError.HostUnreachable, new IpEndpoint(destination, 0), time));
        }

        if (answer is not null) _events.Writer.TryWrite(answer);
    }

    private EchoEvent? Read(PingReply reply, IpAddress destination, ushort sequence, int length)
    {
        if (reply.Status == IPStatus.Success)
        {
            byte? hops = reply.Options is { Ttl: > 0 and <= 255 } received ? (byte)received.Ttl : null;
            return new EchoEvent.Reply(Convert.FromNet(reply.Address), sequence, hops, length, time.GetTimestamp());
        }

        if (reply.Status == IPStatus.TimedOut) return null;
        var error = SocketErrors.Local(System.Net.Sockets.SocketError.HostUnreachable, new IpEndpoint(destination, 0), time);
        return new EchoEvent.Failed(sequence, MessageOf(reply.Status) is { } icmp
            ? error with
            {
                Origin = version == IpVersion.V6 ? NetworkErrorOrigin.Icmpv6 : NetworkErrorOrigin.Icmp,
                Type = icmp.Type,
                Code = icmp.Code,
                Reporter = Convert.FromNet(reply.Address),
                SystemError = 0,
            }
            : error);
    }

    // RFC 792 and RFC 4443 §3. One number of .NET means "protocol unreachable" for IPv4 and "prohibited" for IPv6.
    private (byte Type, byte Code)? MessageOf(IPStatus status) => (version == IpVersion.V6, status) switch
    {
        (false, IPStatus.DestinationNetworkUnreachable) => (3, 0),
        (false, IPStatus.DestinationHostUnreachable) => (3, 1),
        (false, IPStatus.DestinationProtocolUnreachable) => (3, 2),
        (false, IPStatus.DestinationPortUnreachable) => (3, 3),
        (false, IPStatus.PacketTooBig) => (3, 4),
        (false, IPStatus.SourceQuench) => (4, 0),
        (false, IPStatus.TtlExpired or IPStatus.TimeExceeded) => (11, 0),
        (false, IPStatus.TtlReassemblyTimeExceeded) => (11, 1),
        (false, IPStatus.ParameterProblem) => (12, 0),
        (true, IPStatus.DestinationNetworkUnreachable) => (1, 0),
        (true, IPStatus.DestinationProhibited) => (1, 1),
        (true, IPStatus.DestinationScopeMismatch) => (1, 2),
        (true, IPStatus.DestinationHostUnreachable or IPStatus.DestinationUnreachable) => (1, 3),
        (true, IPStatus.DestinationPortUnreachable) => (1, 4),
        (true, IPStatus.PacketTooBig) => (2, 0),
        (true, IPStatus.TtlExpired or IPStatus.TimeExceeded) => (3, 0),
        (true, IPStatus.TtlReassemblyTimeExceeded) => (3, 1),
        (true, IPStatus.ParameterProblem or IPStatus.BadHeader) => (4, 0),
        (true, IPStatus.UnrecognizedNextHeader) => (4, 1),
        (true, IPStatus.BadOption) => (4, 2),
        _ => null,
    };
}
