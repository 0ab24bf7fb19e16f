using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Wire.Application;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dhcp;

/// <summary>
/// A DHCPv4 server on one link (RFC 2131, RFC 2132). It does not probe an address by an echo before it offers it, as §4.3.1 recommends: clients look for other hosts
/// themselves (RFC 5227), and decline.
/// </summary>
public sealed class DhcpServer : IAsyncDisposable
{
    // RFC 2131 §4.1.
    private const ushort ServerPort = 67;

    // A pool is at most so large: that bounds the table.
    private const uint MaximumPool = 65_536;

    // Options of 255 octets hold 63 addresses; nobody needs more than a few.
    private const int MaximumServers = 8;

    private static readonly IpAddress All = IpAddress.FromV4(uint.MaxValue);

    private readonly INetworkHost _host;
    private readonly HostInterface _interface;
    private readonly IDatagramSocket _socket;
    private readonly LeaseTable _leases;
    private readonly DhcpResponder _responder;
    private readonly Action? _onMessage;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    private DhcpServer(INetworkHost host, HostInterface on, InterfaceAddress own, IDatagramSocket socket, DhcpServerOptions options)
    {
        _host = host;
        _interface = on;
        _socket = socket;
        Address = own.Address;
        _leases = new LeaseTable(host.Time, options, [own.Address, own.Prefix.Address, own.Prefix.Last, .. options.Routers ?? [], .. options.DnsServers]);
        _responder = new DhcpResponder(options, own.Address, own.Prefix, _leases);
        _onMessage = options.OnMessage;
        _running = RunAsync();
    }

    /// <summary>The server's identifier: its address on the link.</summary>
    public IpAddress Address { get; }

    /// <summary>The addresses that are lent or offered, or were, in order.</summary>
    public IReadOnlyList<DhcpBinding> Bindings => _leases.Bindings;

    /// <summary>Starts to serve.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">What it lends, and on which link.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ArgumentException">The pool is none: not IPv4, the last before the first, or too large; or a time is not positive.</exception>
    public static async ValueTask<HostResult<DhcpServer>> StartAsync(INetworkHost host, DhcpServerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var interfaces = await host.GetInterfacesAsync(cancellation);
        if (!interfaces.TryGet(out var all, out var refusal)) return refusal;
        if (all.FirstOrDefault(i => i.Name == options.Interface) is not { HardwareAddress: not null } on)
            return new HostRefusal(HostRefusalKind.Failed, $"There is no Ethernet interface {TextSanitizer.Escape(options.Interface)}.");
        if (on.Addresses.FirstOrDefault(a => a.Address.IsV4 && a.Prefix.Contains(options.First) && a.Prefix.Contains(options.Last)) is not { } own)
            return new HostRefusal(HostRefusalKind.Failed, $"{TextSanitizer.Escape(on.Name)} has no address in the subnet of {options.First} to {options.Last}.");
        foreach (var reserved in options.Reservations.Values)
        {
            if (!own.Prefix.Contains(reserved) || reserved == own.Address) return new HostRefusal(HostRefusalKind.Failed, $"{reserved} is reserved, and none of {own.Prefix} that can be lent.");
        }

        var opened = await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Local = new IpEndpoint(IpAddress.AnyV4, ServerPort), Interface = options.Interface }, cancellation);
        return opened.TryGet(out var socket, out refusal) ? new DhcpServer(host, on, own, socket, options) : refusal;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _end.Cancel();
        await _running;
        await _socket.DisposeAsync();
        _end.Dispose();
    }

    private static void Check(DhcpServerOptions options)
    {
        if (!options.First.IsV4 || !options.Last.IsV4 || options.Last < options.First || (uint)options.Last.Value - (uint)options.First.Value >= MaximumPool)
            throw new ArgumentException($"A pool is a range of up to {MaximumPool} IPv4 addresses.", nameof(options));
        if (options.LeaseTime < TimeSpan.FromSeconds(1) || options.OfferTime <= TimeSpan.Zero || options.DeclineTime < TimeSpan.Zero)
            throw new ArgumentException("A lease lasts a second at least, and no time is negative.", nameof(options));
        if (options.DnsServers.Count > MaximumServers || options.Routers?.Count > MaximumServers || options.DomainName?.Length > 253)
            throw new ArgumentException($"Up to {MaximumServers} resolvers and routers can be told, and a domain of up to 253 octets.", nameof(options));
    }

    private async Task RunAsync()
    {
        var buffer = new byte[65535];
        try
        {
            while (true)
            {
                if (await _socket.ReceiveAsync(buffer, _end.Token) is not DatagramEvent.Received { Truncated: false } received) continue;
                var reply = _responder.Respond(buffer.AsSpan(0, received.Length));
                _onMessage?.Invoke();
                if (reply is not null) await SendAsync(reply);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async ValueTask SendAsync(DhcpReply reply)
    {
        var octets = new byte[reply.Message.Length];
        reply.Message.WriteTo(octets);
        var to = new IpEndpoint(reply.To, reply.Port);

        // RFC 2131 §4.1: to the client's hardware address, since it cannot answer ARP for the address yet. Where this host may send no frames it goes to all, which is allowed as well.
        if (reply.WithoutAddress is { } mac)
        {
            if (await _host.SendFrameAsync(_interface.Index, Frame(mac, to, octets), _end.Token) is null) return;
            to = new IpEndpoint(All, reply.Port);
        }

        await _socket.SendAsync(octets, to, new PacketOptions(), _end.Token);
    }

    private byte[] Frame(MacAddress mac, IpEndpoint to, byte[] octets)
    {
        var header = new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Udp, Source = Address, Destination = to.Address, Identification = _host.Random.NextUInt16() };
        var packet = FrameBuilder.Packet(header, FrameBuilder.Datagram(new IpEndpoint(Address, ServerPort), to, octets));
        return FrameBuilder.Frame(new EthernetHeader(mac, _interface.HardwareAddress!.Value, EtherType.Ipv4), packet);
    }
}
