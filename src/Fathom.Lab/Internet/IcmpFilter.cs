using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;

namespace Fathom.Lab.Internet;

/// <summary>Swallows ICMP, of the router itself too: the firewall of somebody who took it for a danger (RFC 2923 §2.1 tells what comes of it).</summary>
public sealed class IcmpFilter : PacketBox
{
    private readonly IcmpFilterScope _scope;
    private long _swallowed;

    private IcmpFilter(LabHost host, IcmpFilterScope scope)
        : base(host, "icmp-filter") => _scope = scope;

    /// <summary>Messages that were swallowed.</summary>
    public long Swallowed => _swallowed;

    /// <summary>Puts a filter into a router or host.</summary>
    /// <param name="host">The router.</param>
    /// <param name="scope">What it swallows.</param>
    public static IcmpFilter AddTo(LabHost host, IcmpFilterScope scope)
    {
        var box = new IcmpFilter(host, scope);
        box.Install();
        return box;
    }

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        if (point.Place is not (HookPlace.Input or HookPlace.Forward or HookPlace.Output)) return HookVerdict.Accept;
        if (!TransitPacket.TryRead(packet.Span, out var view) || !view.IsIcmp || view.IsNeighborDiscovery) return HookVerdict.Accept;
        var swallows = _scope switch
        {
            IcmpFilterScope.TooBig => view.IsTooBig,
            IcmpFilterScope.Echo => view.IsEchoRequest || view.IsEchoReply,
            _ => true,
        };
        if (!swallows) return HookVerdict.Accept;
        _swallowed++;
        if (IsListenedTo) Tell($"swallows an ICMP message of {view.Source} to {view.Destination} (type {view.Upper[0]}, code {view.Upper[1]})");
        return HookVerdict.Drop;
    }
}
