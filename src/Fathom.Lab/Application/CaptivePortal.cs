using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Services.Application.Dns;
using Fathom.Services.Application.Http;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Application;

/// <summary>
/// A captive portal: a client that has not logged in reaches DNS, DHCP, the router itself and, whatever web server it asks by HTTP, the portal in its name. All else of it is refused. Over IPv6
/// nothing is turned to the portal; it is refused. A portal by name turns the questions to DNS servers instead, and has its own address for every name.
/// </summary>
public sealed class CaptivePortal : PacketBox
{
    private const ushort Dns = 53;
    private const ushort Http = 80;

    // Answers that nobody is to keep beyond the login.
    private const uint NameLifetime = 10;

    private readonly HostPort _inside;
    private readonly HashSet<IpAddress> _known = [];

    // By the client's end; the oldest goes first.
    private readonly Dictionary<IpEndpoint, IpEndpoint> _turned = [];
    private readonly Queue<IpEndpoint> _oldestFirst = new();
    private long _turnedCount;
    private long _refused;

    private CaptivePortal(HostPort inside, PortalOptions options)
        : base(inside.Host, "portal")
    {
        _inside = inside;
        Options = options;
    }

    /// <summary>How it behaves.</summary>
    public PortalOptions Options { get; }

    /// <summary>Connections that were turned to the portal.</summary>
    public long Turned => _turnedCount;

    /// <summary>Packets that were refused.</summary>
    public long Refused => _refused;

    /// <summary>Puts a portal into a router, and starts its web server where the portal's address is the router's own.</summary>
    /// <param name="inside">The router's port towards the clients.</param>
    /// <param name="options">How it behaves.</param>
    public static CaptivePortal AddTo(HostPort inside, PortalOptions options)
    {
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Portal.Address.IsV4) throw new ArgumentException("A portal has an IPv4 address.", nameof(options));
        var box = new CaptivePortal(inside, options);
        box.Install();
        if (inside.Host.Stack.IsLocal(options.Portal.Address)) inside.Host.Run(box.ServeAsync);
        if (options.ByName) inside.Host.Run(box.AnswerNamesAsync);
        return box;
    }

    /// <summary>Lets a client out from now on.</summary>
    /// <param name="client">Its address.</param>
    public void Admit(IpAddress client)
    {
        if (_known.Count >= Options.Limit || !_known.Add(client.WithZone(0))) return;
        Tell($"lets {client} out");
    }

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        if (!TransitPacket.TryRead(packet.Span, out var view)) return HookVerdict.Accept;
        return point.Place switch
        {
            HookPlace.Prerouting when point.ArrivedOn == _inside.Interface => Turn(packet, view),
            HookPlace.Postrouting when point.LeavesThrough == _inside.Interface => TurnBack(packet, view),
            HookPlace.Forward when point.ArrivedOn == _inside.Interface => Judge(view),
            _ => HookVerdict.Accept,
        };
    }

    internal override void Forget()
    {
        _known.Clear();
        _turned.Clear();
        _oldestFirst.Clear();
    }

    private HookVerdict Turn(PacketBuffer packet, in TransitPacket view)
    {
        if (!view.Source.IsV4 || Host.Stack.IsLocal(view.Destination)) return HookVerdict.Accept;
        if (Options.ByName) return TurnQuestion(packet, view);
        if (!view.IsTcp || view.To.Port != Http) return HookVerdict.Accept;
        var isTurned = _turned.ContainsKey(view.From);
        if (!isTurned && _known.Contains(view.Source)) return HookVerdict.Accept;
        if (!isTurned && (view.Flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn) return HookVerdict.RejectReset;
        if (!isTurned || (view.Flags & TcpFlags.Syn) != 0) Remember(view.From, view.To);
        Ipv4Rewrite.SetEnd(packet.Span, false, Options.Portal, packet.Checksum);
        return HookVerdict.Accept;
    }

    private HookVerdict TurnQuestion(PacketBuffer packet, in TransitPacket view)
    {
        if (!view.IsUdp || view.To.Port != Dns || _known.Contains(view.Source)) return HookVerdict.Accept;
        Remember(view.From, view.To);
        Ipv4Rewrite.SetEnd(packet.Span, false, Options.Portal with { Port = Dns }, packet.Checksum);
        return HookVerdict.Accept;
    }

    private HookVerdict TurnBack(PacketBuffer packet, in TransitPacket view)
    {
        if (Options.ByName && view.IsUdp && view.From == (Options.Portal with { Port = Dns }) && _turned.TryGetValue(view.To, out var server)) Ipv4Rewrite.SetEnd(packet.Span, true, server, packet.Checksum);
        if (view.IsTcp && view.Source.IsV4 && view.From == Options.Portal && _turned.TryGetValue(view.To, out var asked)) Ipv4Rewrite.SetEnd(packet.Span, true, asked, packet.Checksum);
        return HookVerdict.Accept;
    }

    private HookVerdict Judge(in TransitPacket view)
    {
        if (_known.Contains(view.Source) || ((view.IsTcp || view.IsUdp) && view.To.Port == Dns)) return HookVerdict.Accept;
        if (view.IsTcp && view.To == Options.Portal) return HookVerdict.Accept;
        _refused++;
        return view.IsTcp ? HookVerdict.RejectReset : HookVerdict.RejectProhibited;
    }

    private void Remember(IpEndpoint client, IpEndpoint asked)
    {
        if (!_turned.ContainsKey(client))
        {
            if (_turned.Count >= Options.Limit) _turned.Remove(_oldestFirst.Dequeue());
            _oldestFirst.Enqueue(client);
        }

        _turned[client] = asked;
        _turnedCount++;
        if (IsListenedTo) Tell($"answers {client} in the name of {asked}");
    }

    private async Task ServeAsync(LabHost host, CancellationToken cancellation)
    {
        var listened = await host.Network.ListenAsync(new Fathom.Hosts.Transport.ListenOptions(Options.Portal), cancellation);
        if (!listened.TryGet(out var listener, out var refusal))
        {
            Tell($"cannot listen: {refusal.Reason}");
            return;
        }

        await new HttpServer(host.Network, listener, new PortalSite(this), new HttpServerOptions()).RunAsync(cancellation);
    }

    // Every name below the root is a wildcard's (RFC 4592), as dnsmasq's address=/#/ has it.
    private async Task AnswerNamesAsync(LabHost host, CancellationToken cancellation)
    {
        var (root, every, own) = (DnsName.Root, DnsName.Parse("*"), DnsName.Parse("portal"));
        DnsRecord[] records =
        [
            new(root, DnsType.Soa, DnsClass.Internet, NameLifetime, new DnsData.Soa(own, own, 1, 3600, 600, 86400, NameLifetime)),
            new(root, DnsType.Ns, DnsClass.Internet, NameLifetime, new DnsData.Ns(own)),
            new(every, DnsType.A, DnsClass.Internet, NameLifetime, new DnsData.A(Options.Portal.Address)),
        ];
        if (!DnsZone.TryCreate(records, out var zone, out var reason)) throw new InvalidOperationException(reason);
        var started = await AuthoritativeServer.StartAsync(host.Network, Options.Portal with { Port = Dns }, [zone], cancellation);
        if (!started.TryGet(out var server, out var refusal))
        {
            Tell($"cannot answer names: {refusal.Reason}");
            return;
        }

        await using (server) await Task.Delay(Timeout.InfiniteTimeSpan, host.Network.Time, cancellation);
    }
}
