using System.Buffers.Binary;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet;

/// <summary>
/// Echo requests to one destination over one socket, any number under way at once; replies and ICMP errors
/// are matched by sequence number. RFC 792, RFC 4443 §4.
/// </summary>
public sealed class EchoSession : IAsyncDisposable
{
    private readonly INetworkHost _host;
    private readonly IEchoSocket _socket;
    private readonly ProbesUnderWay<EchoOutcome> _probes;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reader;

    private EchoSession(INetworkHost host, IEchoSocket socket, IpAddress destination)
    {
        _host = host;
        _socket = socket;
        _probes = new ProbesUnderWay<EchoOutcome>(host.Time);
        Destination = destination;
        _reader = ReadAsync();
    }

    /// <summary>Where the requests go.</summary>
    public IpAddress Destination { get; }

    /// <summary>How they are sent.</summary>
    public EchoMethod Method => _socket.Method;

    /// <summary>The identifier in the requests, to match captured packets.</summary>
    public ushort Identifier => _socket.Identifier;

    /// <summary>Opens a socket for the destination's version.</summary>
    /// <param name="host">The host.</param>
    /// <param name="destination">Where the requests will go.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The session, or why the host cannot send echo requests.</returns>
    public static async ValueTask<HostResult<EchoSession>> OpenAsync(INetworkHost host, IpAddress destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        var opened = await host.OpenEchoAsync(new EchoOptions(destination.Version), cancellation);
        return opened.TryGet(out var socket, out var refusal) ? new EchoSession(host, socket, destination) : refusal;
    }

    /// <summary>Sends one request and waits for what comes back for it.</summary>
    /// <param name="dataLength">Octets after the ICMP header, 0 to 65,507.</param>
    /// <param name="options">Hop limit, do-not-fragment.</param>
    /// <param name="wait">How long to wait; read at once, so that it may be chosen by what is known by then.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<EchoOutcome> ProbeAsync(int dataLength, PacketOptions options, TimeSpan wait, CancellationToken cancellation)
    {
        var probe = _probes.Begin();
        try
        {
            using var deadline = new Deadline(_host.Time, wait, cancellation);
            var data = Fill(dataLength, probe.Number);
            if (await _probes.SendAsync(probe, () => _socket.SendAsync(Destination, probe.Number, data, options, cancellation), cancellation) is { } local)
                return new EchoOutcome.Failed(probe.Number, local, _host.Time.GetElapsedTime(probe.SentAt));
            try
            {
                return (await probe.WaitAsync(deadline.Token))!; // each completion here has an outcome
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                return new EchoOutcome.TimedOut(probe.Number, wait);
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

    // The sequence number's complement keeps the checksum the same in all requests (RFC 1071): routers that share load by flow hash the
    // first octets after the IP header, where ICMP has it. The pattern tells a packet's bytes apart in a hex view.
    private static byte[] Fill(int length, ushort sequence)
    {
        var data = new byte[length];
        for (var i = 0; i < length; i++) data[i] = (byte)i;
        if (length >= 2) BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)~sequence);
        return data;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                switch (await _socket.ReceiveAsync(_stop.Token))
                {
                    case EchoEvent.Reply reply:
                        if (_probes.Take(reply.Sequence) is { } answered)
                            answered.Complete(new EchoOutcome.Answered(reply.Sequence, reply.From, _host.Time.GetElapsedTime(answered.SentAt, reply.Timestamp), reply.HopLimit, reply.DataLength));
                        break;
                    case EchoEvent.Failed { Sequence: { } sequence, Error: var error }:
                        if (_probes.Take(sequence) is { } failed)
                            failed.Complete(new EchoOutcome.Failed(sequence, error, _host.Time.GetElapsedTime(failed.SentAt, error.Timestamp)));
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: whoever still waits has a deadline of its own.
        }
    }
}
