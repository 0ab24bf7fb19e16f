using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>A UDP socket towards one peer, by which datagrams are sent and what comes back is told apart.</summary>
public sealed class DatagramExchange : IAsyncDisposable
{
    /// <summary>The most octets that one IPv4 datagram carries: 65,535 less 20 of IPv4 header and 8 of UDP header (RFC 791 §3.1, RFC 768).</summary>
    public const int MaximumPayloadV4 = 65507;

    /// <summary>The most octets over IPv6 without a jumbogram: 65,535 less 8 of UDP header; the IPv6 header does not count (RFC 8200 §3).</summary>
    public const int MaximumPayloadV6 = 65527;

    private readonly ProbeContext _context;
    private readonly IDatagramSocket _socket;
    private readonly IpEndpoint _remote;
    private readonly IReadOnlyCollection<IpAddress> _own;
    private readonly bool _isGroup;
    private readonly byte[] _buffer;

    private DatagramExchange(ProbeContext context, IDatagramSocket socket, IpEndpoint remote, IReadOnlyCollection<IpAddress> own, bool isGroup, int bufferSize)
    {
        _context = context;
        _socket = socket;
        _remote = remote;
        _own = own;
        _isGroup = isGroup;
        _buffer = new byte[bufferSize];
    }

    /// <summary>This end.</summary>
    public IpEndpoint Local => _socket.Local;

    /// <summary>The most octets that one datagram carries over a version.</summary>
    /// <param name="version">The version.</param>
    public static int MaximumPayload(IpVersion version) => version == IpVersion.V6 ? MaximumPayloadV6 : MaximumPayloadV4;

    /// <summary>Opens the socket.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="remote">The peer.</param>
    /// <param name="isGroup">The address is a broadcast or multicast one: answers come from others' addresses.</param>
    /// <param name="bufferSize">Octets of an answer to keep.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<HostResult<DatagramExchange>> OpenAsync(ProbeContext context, IpEndpoint remote, bool isGroup, int bufferSize, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        context.Packets.Watch(remote.Address);
        var interfaces = await context.Host.GetInterfacesAsync(cancellation);
        IReadOnlyCollection<IpAddress> own = [.. (interfaces.Value ?? []).SelectMany(static i => i.Addresses).Select(static a => a.Address.WithZone(0))];
        var opened = await context.Host.OpenDatagramAsync(new DatagramOptions(remote.Address.Version) { Remote = isGroup ? null : remote }, cancellation);
        return opened.TryGet(out var socket, out var refusal) ? new DatagramExchange(context, socket, remote, own, isGroup, bufferSize) : refusal;
    }

    /// <summary>Sends one datagram, and waits for what comes back.</summary>
    /// <param name="payload">Its payload, at most <see cref="MaximumPayload"/> octets.</param>
    /// <param name="wait">How long to wait; zero: not at all.</param>
    /// <param name="cancellation">Ends the exchange.</param>
    public async Task<DatagramExchangeOutcome> RunAsync(ReadOnlyMemory<byte> payload, TimeSpan wait, CancellationToken cancellation)
    {
        var start = _context.Host.Time.GetTimestamp();
        var outcome = await ExchangeAsync(payload, wait, start, cancellation);
        var text = outcome switch
        {
            DatagramExchangeOutcome.Answered a => $"a reply of {a.Reply.Length} octets from {a.Reply.From}",
            DatagramExchangeOutcome.Failed f => f.Error.Describe(),
            DatagramExchangeOutcome.Sent => "sent, no answer waited for",
            _ => "no reply and no error",
        };
        return outcome with { Evidence = [_context.Evidence.AddSocket($"UDP, {payload.Length} octets from {Local} to {_remote}: {text}"), .. _context.Packets.FindDatagrams(Local, _remote)] };
    }

    /// <summary>The last datagram with this payload that was captured on its way to the peer; null without a capture.</summary>
    /// <param name="payload">The payload.</param>
    public RecordedPacket? FindSent(ReadOnlyMemory<byte> payload)
    {
        var found = _context.Packets.Read(p => p.IsOfFlow(17, Local, _remote) && !p.Facts.IsIcmpError && p.Facts.SourcePort == Local.Port
            && p.Facts.DestinationPort == _remote.Port && p.Facts.PayloadLength == payload.Length
            && p.Frame.Bytes.Span.Slice(p.Facts.PayloadOffset, p.Facts.PayloadLength).SequenceEqual(payload.Span));
        return found.Count > 0 ? found[^1] : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private async Task<DatagramExchangeOutcome> ExchangeAsync(ReadOnlyMemory<byte> payload, TimeSpan wait, long start, CancellationToken cancellation)
    {
        if (await _socket.SendAsync(payload, _isGroup ? _remote : null, new PacketOptions(), cancellation) is { } refused)
            return new DatagramExchangeOutcome.Failed(refused, refused.GetMeaning(_own), _context.Since(start));
        if (wait <= TimeSpan.Zero) return new DatagramExchangeOutcome.Sent();
        using var deadline = new Deadline(_context.Host.Time, wait, cancellation);
        try
        {
            return await _socket.ReceiveAsync(_buffer, deadline.Token) switch
            {
                DatagramEvent.Received r => new DatagramExchangeOutcome.Answered(new DatagramReply(
                    r.From, _buffer.AsMemory(0, Math.Min(r.Length, _buffer.Length)).ToArray(), r.Length, _context.Host.Time.GetElapsedTime(start, r.Timestamp), r.HopLimit)),
                DatagramEvent.Failed f => new DatagramExchangeOutcome.Failed(f.Error, f.Error.GetMeaning(_own), _context.Since(start)),
                _ => new DatagramExchangeOutcome.Silent(wait),
            };
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            return new DatagramExchangeOutcome.Silent(wait);
        }
    }
}
