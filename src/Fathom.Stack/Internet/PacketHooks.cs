using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The hooks of a host, in the order in which a packet meets them.</summary>
public sealed class PacketHooks
{
    private readonly IpLayer _ip;
    private IPacketHook[] _hooks = [];

    internal PacketHooks(IpLayer ip) => _ip = ip;

    /// <summary>All, in their order.</summary>
    public IReadOnlyList<IPacketHook> All => _hooks;

    /// <summary>No hook is there: packets are not even looked at.</summary>
    internal bool IsEmpty => _hooks.Length == 0;

    /// <summary>A hook wants packets whole.</summary>
    internal bool NeedWholePackets { get; private set; }

    /// <summary>Puts a hook behind the others.</summary>
    /// <param name="hook">The hook.</param>
    public void Add(IPacketHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        Set([.. _hooks, hook]);
    }

    /// <summary>Takes a hook away.</summary>
    /// <param name="hook">The hook.</param>
    /// <returns>False if it was not there.</returns>
    public bool Remove(IPacketHook hook)
    {
        var count = _hooks.Length;
        Set([.. _hooks.Where(h => h != hook)]);
        return _hooks.Length != count;
    }

    /// <summary>Asks the hooks about a packet; where one refuses it, its sender is told as the verdict says, and the drop is counted.</summary>
    /// <returns>False if the packet's way ends here; its buffer stays the caller's.</returns>
    internal bool Pass(PacketBuffer packet, HookPlace place, NetworkInterface? arrivedOn, NetworkInterface? leavesThrough, TimeSpan now)
    {
        var point = new HookPoint(place, arrivedOn, leavesThrough, now);
        foreach (var hook in _hooks)
        {
            var verdict = hook.Handle(packet, point);
            if (verdict == HookVerdict.Accept) continue;
            Refuse(packet, verdict, point);
            return false;
        }

        return true;
    }

    private void Refuse(PacketBuffer packet, HookVerdict verdict, in HookPoint point)
    {
        if (verdict == HookVerdict.Taken) return;
        if (!TryReadEnds(packet.Span, point, out var source, out var destination, out var protocol, out var offset)) return;
        _ip.NoteDrop(source.Version, DropReason.Hook, point.ArrivedOn, source, destination, point.At);
        if (verdict == HookVerdict.Drop) return;
        if (verdict == HookVerdict.RejectReset && protocol != IpProtocol.Tcp) return;
        var kind = verdict == HookVerdict.RejectProhibited ? IcmpErrorKind.Prohibited : IcmpErrorKind.PortUnreachable;
        if (point.ArrivedOn is not { } on)
        {
            // This host's own: its socket hears of it, as of a router's error.
            if (packet.Length - offset < 8) return;
            var (type, code, _) = IcmpErrors.Encode(kind, 0, source.Version);
            _ip.UpperLayerOf(source.Version, protocol)?.HandleError(new IcmpReport(source, type, code, 0, source, destination, point.At) { IsLocal = true }, packet.Span[offset..]);
            return;
        }

        if (verdict == HookVerdict.RejectReset) _ip.UpperLayerOf(source.Version, protocol)?.Refuse(packet.Span[offset..], new Arrival(source, destination, on, 0, 0, Ecn.NotCapable, point.At));
        else _ip.Errors.Report(packet.Span, on, kind, 0, point.At);
    }

    private static bool TryReadEnds(ReadOnlySpan<byte> packet, in HookPoint point, out IpAddress source, out IpAddress destination, out IpProtocol protocol, out int offset)
    {
        source = destination = default;
        protocol = default;
        offset = 0;
        if (Ipv4Packet.TryRead(packet, out var v4, out _))
        {
            (source, destination, protocol, offset) = (v4.Source, v4.Destination, v4.Protocol, v4.HeaderLength);
            return true;
        }

        if (!Ipv6Packet.TryRead(packet, out var v6, out _)) return false;
        (source, destination) = (v6.Source, v6.Destination);
        if ((point.ArrivedOn ?? point.LeavesThrough) is { } on) (source, destination) = (Zones.On(source, on), Zones.On(destination, on));
        if (v6.TryReadUpperLayer(out var upper, out _)) (protocol, offset) = (upper.Protocol, upper.Offset);
        else offset = packet.Length;
        return true;
    }

    private void Set(IPacketHook[] hooks)
    {
        _hooks = hooks;
        NeedWholePackets = hooks.Any(static h => h.NeedsWholePackets);
    }
}
