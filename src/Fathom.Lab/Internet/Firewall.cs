using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>
/// A firewall: rules, and a memory of the flows that they let begin. It sees packets with their hosts' own addresses, behind an address translator in the same router. Loopback, neighbor
/// discovery (RFC 4890 §4.4.1) and answers to the host's own DHCP client always pass. A later fragment of an IPv6 packet has no ports: only rules without them judge it.
/// </summary>
public sealed class Firewall : PacketBox
{
    // DHCP's client ports (RFC 2131 §4.1, RFC 8415 §7.2).
    private const ushort DhcpClient = 68;
    private const ushort Dhcp6Client = 546;

    private readonly FirewallOptions _options;
    private readonly FlowMemory _flows;
    private long _allowed;
    private long _established;
    private long _dropped;
    private long _rejected;

    private Firewall(LabHost host, FirewallOptions options)
        : base(host, "firewall")
    {
        _options = options;
        _flows = new FlowMemory(options.MaximumFlows);
    }

    /// <summary>What it has done so far.</summary>
    public FirewallStatistics Statistics => new(_allowed, _established, _dropped, _rejected, _flows.Count);

    /// <inheritdoc/>
    public override bool NeedsWholePackets => true;

    /// <summary>Puts a firewall into a host or router.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">How it behaves.</param>
    public static Firewall AddTo(LabHost host, FirewallOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var box = new Firewall(host, options);
        box.Install();
        return box;
    }

    /// <summary>Puts a firewall into a host or router that lets everything pass but for some rules.</summary>
    /// <param name="host">The host.</param>
    /// <param name="rules">The rules; the first that matches decides.</param>
    public static Firewall AddTo(LabHost host, params IReadOnlyList<FirewallRule> rules) => AddTo(host, new FirewallOptions { Rules = rules });

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        var way = point.Place switch { HookPlace.Input => FirewallWay.In, HookPlace.Output => FirewallWay.Out, HookPlace.Forward => FirewallWay.Through, _ => FirewallWay.Any };
        if (way == FirewallWay.Any || (point.ArrivedOn ?? point.LeavesThrough)?.Medium == InterfaceMedium.Loopback) return HookVerdict.Accept;
        if (!TransitPacket.TryRead(packet.Span, out var view) || view.IsNeighborDiscovery || IsDhcp(view, way)) return HookVerdict.Accept;
        if (_options.AllowsEstablished && ((view.HasPorts && _flows.Continues(view, point.At)) || (view.IsIcmpError && _flows.Quotes(view, point.At))))
        {
            _established++;
            return HookVerdict.Accept;
        }

        var action = Judge(view, way, point);
        if (action == FirewallAction.Allow)
        {
            _allowed++;

            // An echo reply begins nothing.
            if (_options.AllowsEstablished && view.HasPorts && !view.IsEchoReply) _flows.Begin(view, point.At);
            return HookVerdict.Accept;
        }

        if (action == FirewallAction.Drop) _dropped++;
        else _rejected++;
        if (IsListenedTo) Tell($"{(action == FirewallAction.Drop ? "drops" : "rejects")} {view.Protocol} {(view.HasPorts ? $"{view.From} to {view.To}" : $"{view.Source} to {view.Destination}")}");
        return action switch
        {
            FirewallAction.Prohibit => HookVerdict.RejectProhibited,
            FirewallAction.Refuse when view.IsTcp => HookVerdict.RejectReset,
            FirewallAction.Refuse => HookVerdict.RejectPort,
            _ => HookVerdict.Drop,
        };
    }

    internal override void Forget() => _flows.Clear();

    private FirewallAction Judge(in TransitPacket packet, FirewallWay way, in HookPoint point)
    {
        foreach (var rule in _options.Rules)
        {
            if (Matches(rule, packet, way, point)) return rule.Action;
        }

        return _options.Otherwise;
    }

    private static bool Matches(FirewallRule rule, in TransitPacket packet, FirewallWay way, in HookPoint point)
    {
        if (rule.Way != FirewallWay.Any && rule.Way != way) return false;
        if (rule.Version is { } version && version != packet.Source.Version) return false;
        if (rule.Protocol is { } protocol && protocol != packet.Protocol) return false;
        if (rule.Source is { } source && !source.Contains(packet.Source)) return false;
        if (rule.Destination is { } destination && !destination.Contains(packet.Destination)) return false;
        if (rule.From is { } from && from.Interface != point.ArrivedOn) return false;
        if (rule.To is { } to && to.Interface != point.LeavesThrough) return false;
        if (rule.SourcePorts is null && rule.DestinationPorts is null) return true;
        if (!packet.IsTcp && !packet.IsUdp) return false;
        return (rule.SourcePorts?.Contains(packet.From.Port) ?? true) && (rule.DestinationPorts?.Contains(packet.To.Port) ?? true);
    }

    private static bool IsDhcp(in TransitPacket packet, FirewallWay way) => packet.IsUdp && way switch
    {
        FirewallWay.In => packet.To.Port == (packet.Source.IsV4 ? DhcpClient : Dhcp6Client),
        FirewallWay.Out => packet.From.Port == (packet.Source.IsV4 ? DhcpClient : Dhcp6Client),
        _ => false,
    };
}
