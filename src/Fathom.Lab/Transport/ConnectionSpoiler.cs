using Fathom.Lab.Internet;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Transport;

/// <summary>Lets TCP connections open and then spoils them: what an overloaded server or a middlebox that inspects traffic does.</summary>
public sealed class ConnectionSpoiler : PacketBox
{
    private readonly SegmentTrouble _trouble;
    private readonly ushort? _port;
    private long _spoiled;

    private ConnectionSpoiler(LabHost host, SegmentTrouble trouble, ushort? port)
        : base(host, "spoiler")
    {
        _trouble = trouble;
        _port = port;
    }

    /// <summary>Segments that were swallowed or answered with a RST.</summary>
    public long Spoiled => _spoiled;

    /// <summary>Puts it into a server, or into a router on the way.</summary>
    /// <param name="host">Where.</param>
    /// <param name="trouble">What it does.</param>
    /// <param name="port">The server's port; null: all.</param>
    public static ConnectionSpoiler AddTo(LabHost host, SegmentTrouble trouble, ushort? port = null)
    {
        var box = new ConnectionSpoiler(host, trouble, port);
        box.Install();
        return box;
    }

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        if (point.Place is not (HookPlace.Input or HookPlace.Forward)) return HookVerdict.Accept;
        if (!TransitPacket.TryRead(packet.Span, out var view) || !view.IsTcp || view.DataLength == 0 || (view.Flags & TcpFlags.Syn) != 0) return HookVerdict.Accept;
        if (_port is { } port && view.To.Port != port) return HookVerdict.Accept;
        _spoiled++;
        if (IsListenedTo) Tell($"{(_trouble == SegmentTrouble.Reset ? "resets" : "stalls")} {view.From} to {view.To}");
        return _trouble == SegmentTrouble.Reset ? HookVerdict.RejectReset : HookVerdict.Drop;
    }
}
