using System.Buffers.Binary;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Internet.Path;

/// <summary>
/// Probes with UDP from one socket, so that addresses, ports and checksum are the same in all (what Paris traceroute found out). A number in
/// the payload tells the probes apart; a router that quotes no payload cannot be told which probe it answers, and is
/// asked once more from a socket of its own.
/// </summary>
public sealed class UdpFlowProber : IHopProber
{
    // Four octets by which our own probes are known, the number, and its complement, which keeps the checksum steady (RFC 1071).
    private const int TokenLength = 4;
    private const int PayloadLength = TokenLength + 4;

    private readonly INetworkHost _host;
    private readonly IDatagramSocket _socket;
    private readonly IpEndpoint _remote;
    private readonly IReadOnlyCollection<IpAddress> _own;
    private readonly UdpHopProber _single;
    private readonly byte[] _token = new byte[TokenLength];
    private readonly ProbesUnderWay<Func<byte, PathHop>> _probes; // an answer makes the hop of the limit that was asked with
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reader;
    private int _unnamed;

    private UdpFlowProber(INetworkHost host, IDatagramSocket socket, IpEndpoint remote, IReadOnlyCollection<IpAddress> own)
    {
        _host = host;
        _socket = socket;
        _remote = remote;
        _own = own;
        _probes = new ProbesUnderWay<Func<byte, PathHop>>(host.Time);
        _single = new UdpHopProber(host, remote, own);
        host.Random.Fill(_token);
        _reader = ReadAsync();
    }

    /// <inheritdoc/>
    public string Method => "UDP";

    /// <inheritdoc/>
    public string Flow => Volatile.Read(ref _unnamed) == 0
        ? $"one flow: all probes go from port {_socket.Local.Port} to port {_remote.Port} with the same checksum"
        : $"one flow from port {_socket.Local.Port} to port {_remote.Port}, but for the routers that quote too little to tell probes apart: these were asked from other ports";

    /// <summary>Opens the socket.</summary>
    /// <param name="host">The host.</param>
    /// <param name="remote">The destination and port.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async ValueTask<HostResult<UdpFlowProber>> OpenAsync(
        INetworkHost host, IpEndpoint remote, IReadOnlyCollection<IpAddress> own, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        var opened = await host.OpenDatagramAsync(new DatagramOptions(remote.Address.Version) { Remote = remote }, cancellation);
        return opened.TryGet(out var socket, out var refusal) ? new UdpFlowProber(host, socket, remote, own) : refusal;
    }

    /// <inheritdoc/>
    public async Task<PathHop> ProbeAsync(HopQuestion question, TimeSpan wait, CancellationToken cancellation)
    {
        var limit = question.HopLimit;
        var probe = _probes.Begin();
        try
        {
            using var deadline = new Deadline(_host.Time, wait, cancellation);
            var payload = Payload(probe.Number, question.DataLength(_remote.Address.Version, PayloadLength));
            if (await _probes.SendAsync(probe, () => _socket.SendAsync(payload, null, question.Options, cancellation), cancellation) is { } local)
                return HopAnswers.OfError(limit, local, _host.Time.GetElapsedTime(probe.SentAt), _remote.Address, _own, false);
            try
            {
                return await probe.WaitAsync(deadline.Token) is { } hopOf ? hopOf(limit) : await _single.ProbeAsync(question, wait, cancellation);
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                return HopAnswers.Silent(limit);
            }
        }
        finally
        {
            _probes.Take(probe.Number);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _reader;
        await _socket.DisposeAsync();
        _stop.Dispose();
    }

    private byte[] Payload(ushort number, int length)
    {
        var payload = new byte[length];
        _token.CopyTo(payload, 0);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(TokenLength), number);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(TokenLength + 2), (ushort)~number);
        return payload;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                switch (await _socket.ReceiveAsync(buffer, _stop.Token))
                {
                    case DatagramEvent.Failed { Error: var error }:
                        if (Take(error.Quoted.Span) is { } asked)
                        {
                            var until = _host.Time.GetElapsedTime(asked.SentAt, error.Timestamp);
                            asked.Complete(limit => HopAnswers.OfError(limit, error, until, _remote.Address, _own, false));
                        }
                        else if (error.Quoted.Length < PayloadLength) AskAgain();
                        break;
                    case DatagramEvent.Received received:
                        // A service that sends the payload back tells which probe it was; another answer is the destination's to any of them.
                        if (Take(buffer.AsSpan(0, Math.Min(received.Length, buffer.Length))) is { } echoed)
                        {
                            var until = _host.Time.GetElapsedTime(echoed.SentAt, received.Timestamp);
                            echoed.Complete(limit => HopAnswers.Arrived(limit, received.From.Address, until, received.HopLimit));
                        }
                        else AskAgain();
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: whoever still waits has a deadline of its own.
        }
    }

    private ProbeUnderWay<Func<byte, PathHop>>? Take(ReadOnlySpan<byte> payload)
        => payload.Length < PayloadLength || !payload[..TokenLength].SequenceEqual(_token) ? null : _probes.Take(BinaryPrimitives.ReadUInt16BigEndian(payload[TokenLength..]));

    // The answer is to one of the probes under way, and nobody can say to which: they all get a socket of their own.
    private void AskAgain()
    {
        Interlocked.Increment(ref _unnamed);
        foreach (var probe in _probes.TakeAll()) probe.Complete(null);
    }
}
