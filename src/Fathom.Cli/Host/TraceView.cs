using System.Buffers;
using System.Text;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Host;

/// <summary>
/// A line for each segment and packet, and below it one for each thing that it made the stack do. TCP's lines come of the stack's own events, with numbers from 1 on;
/// a connection is named once and has a number from then on. All of it runs on the stack's thread.
/// </summary>
internal sealed class TraceView(HostUpView view) : IStackObserver
{
    private const int LinkTypeEthernet = 1;
    private const int LinkTypeRaw = 101;

    // Before the text of a line: ten places for the time, a blank, the direction, a blank.
    private const int Head = 13;

    // Strangers make connections: their numbers are forgotten when the table is full, and given anew.
    private const int MostConnections = 4096;

    private readonly CaptureDissector _dissector = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Dictionary<(IpEndpoint Local, IpEndpoint Remote), int> _numbers = [];
    private TimeSpan? _start;
    private int _frames;
    private int _connections;

    /// <inheritdoc/>
    public void OnFrame(NetworkInterface at, FrameDirection direction, PacketBuffer frame, TimeSpan now)
    {
        _start ??= now;
        var linkType = at.Medium == InterfaceMedium.Ethernet ? LinkTypeEthernet : LinkTypeRaw;
        DecodedPacket.Read(linkType, frame.Span, out var packet);
        // TCP tells of its segments itself; what it does not see is shown.
        if (packet.Protocol == IpProtocol.Tcp && !packet.IsFragment && !packet.IsDamaged) return;
        _line.ResetWrittenCount();
        _dissector.WriteSummary(linkType, frame.Span.ToArray(), ++_frames, now - _start, _line);
        var text = Encoding.UTF8.GetString(_line.WrittenSpan);
        if (view.IsText) view.TraceLine($"{Time(now)} {Arrow(direction)} {text}", Head);
        else view.Event("packet", writer =>
        {
            writer.WriteNumber("seconds", (now - _start.Value).TotalSeconds);
            writer.WriteString("direction", direction == FrameDirection.Sent ? "sent" : "received");
            writer.WriteString("text", text);
        });
    }

    /// <inheritdoc/>
    public void OnEvent(StackEvent happened)
    {
        _start ??= happened.At;
        if (happened is not TcpEvent tcp)
        {
            Tell(happened, TraceText.Of(happened), isSegment: false);
            return;
        }

        var number = NumberOf(tcp);
        var text = TraceText.Of(tcp);
        if (view.IsText)
        {
            if (tcp is TcpEvent.Sent or TcpEvent.Received) view.TraceLine($"{Time(tcp.At)} {Arrow(tcp is TcpEvent.Sent ? FrameDirection.Sent : FrameDirection.Received)} {Name(number)} {text}", Head);
            else view.TraceLine($"{string.Empty.PadLeft(Head)}{Name(number)} {text}", Head);
            return;
        }

        view.Event(TraceText.KindOf(tcp), writer =>
        {
            writer.WriteNumber("seconds", (tcp.At - _start.Value).TotalSeconds);
            writer.WriteString("local", tcp.Local.ToString());
            writer.WriteString("remote", tcp.Remote.ToString());
            writer.WriteString("text", text);
        });
    }

    private static char Arrow(FrameDirection direction) => direction == FrameDirection.Sent ? '>' : '<';

    private static string Name(int number) => $"#{number}";

    private string Time(TimeSpan now) => (now - _start!.Value).TotalSeconds.ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture).PadLeft(10);

    private void Tell(StackEvent happened, string text, bool isSegment)
    {
        if (view.IsText)
        {
            view.TraceLine($"{(isSegment ? Time(happened.At) : string.Empty.PadLeft(Head - 3))}   {text}", Head);
            return;
        }

        view.Event("stack", writer =>
        {
            writer.WriteNumber("seconds", (happened.At - _start!.Value).TotalSeconds);
            writer.WriteString("text", text);
        });
    }

    private int NumberOf(TcpEvent tcp)
    {
        if (_numbers.TryGetValue((tcp.Local, tcp.Remote), out var number)) return number;
        if (_numbers.Count >= MostConnections) _numbers.Clear();
        _numbers[(tcp.Local, tcp.Remote)] = number = ++_connections;
        if (view.IsText) view.TraceLine($"{Time(tcp.At)}   {Name(number)} is {tcp.Remote} with port {tcp.Local.Port} here", Head);
        return number;
    }
}
