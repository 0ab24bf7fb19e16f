using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;

namespace Fathom.Lab.Internet;

/// <summary>Swallows forwarded packets above a size and tells nobody: a tunnel that forgot its own header, a broken bridge.</summary>
public sealed class PacketSizeFilter : PacketBox
{
    private readonly int _limit;
    private long _swallowed;

    private PacketSizeFilter(LabHost host, int limit)
        : base(host, "size-filter") => _limit = limit;

    /// <summary>Packets that were swallowed.</summary>
    public long Swallowed => _swallowed;

    /// <summary>Puts a filter into a router.</summary>
    /// <param name="host">The router.</param>
    /// <param name="limit">The largest IP packet that passes, in octets.</param>
    public static PacketSizeFilter AddTo(LabHost host, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var box = new PacketSizeFilter(host, limit);
        box.Install();
        return box;
    }

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        if (point.Place != HookPlace.Forward || packet.Length <= _limit) return HookVerdict.Accept;
        _swallowed++;
        if (IsListenedTo && TransitPacket.TryRead(packet.Span, out var view)) Tell($"swallows a packet of {packet.Length} octets from {view.Source} to {view.Destination}");
        return HookVerdict.Drop;
    }
}
