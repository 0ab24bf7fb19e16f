using Fathom.Lab.Link;
using Fathom.Wire.Capture;

namespace Fathom.Lab.Capture;

/// <summary>
/// Writes what leaves and reaches ports of a lab as pcapng, while it happens: one interface for each port, times of the lab's clock to the nanosecond, and a comment at a frame that its
/// link dropped. A frame that crosses a link between two of the ports stands there twice, as it would on two machines: whoever follows connections captures at one port.
/// </summary>
public sealed class LabCapture : IDisposable
{
    // LINKTYPE_ numbers of the pcap registry.
    private const int LinkTypeEthernet = 1;
    private const int LinkTypeRaw = 101;

    private readonly Lab _lab;
    private readonly PcapngWriter _writer;
    private readonly HashSet<LabPort>? _ports;
    private readonly Dictionary<LabPort, int> _interfaces = [];
    private byte[] _held = new byte[2048];
    private int _heldLength;
    private LabPort? _heldPort;
    private TimeSpan _heldAt;
    private bool _isEnded;

    private LabCapture(Lab lab, PcapngWriter writer, HashSet<LabPort>? ports)
    {
        _lab = lab;
        _writer = writer;
        _ports = ports;
    }

    /// <summary>Frames written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames among them that their links dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>Begins to capture.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="stream">Where the file goes, block by block.</param>
    /// <param name="ports">The ports; null: all, those that are added later too.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the capture ends.</param>
    public static LabCapture Start(Lab lab, Stream stream, IEnumerable<LabPort>? ports = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(lab);
        var writer = new PcapngWriter(stream, new PcapngSection { Hardware = "a lab in memory", Application = "fathom", Comment = $"seed {lab.Seed}" }, leaveOpen);
        var wanted = ports?.ToList();
        var capture = new LabCapture(lab, writer, wanted is null ? null : [.. wanted]);
        foreach (var port in wanted ?? [.. lab.Ports]) capture.InterfaceOf(port);
        lab.FrameSeen += capture.Take;
        lab.FrameDropped += capture.TakeDrop;
        return capture;
    }

    /// <summary>Writes what is held back and flushes the stream; the capture goes on.</summary>
    public void Flush()
    {
        WriteHeld(null);
        _writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isEnded) return;
        _isEnded = true;
        _lab.FrameSeen -= Take;
        _lab.FrameDropped -= TakeDrop;
        WriteHeld(null);
        _writer.Dispose();
    }

    private void Take(LabFrame frame)
    {
        WriteHeld(null);
        if (_ports is not null && !_ports.Contains(frame.Port)) return;
        if (!frame.IsOutgoing)
        {
            Write(frame.Port, frame.At, frame.Octets.Span, PacketDirection.Inbound, null);
            return;
        }

        // Held until the next thing happens, since its link says only now whether it takes the frame.
        if (_held.Length < frame.Octets.Length) _held = new byte[frame.Octets.Length * 2];
        frame.Octets.Span.CopyTo(_held);
        (_heldPort, _heldAt, _heldLength) = (frame.Port, frame.At, frame.Octets.Length);
    }

    private void TakeDrop(LabFrameDrop drop)
    {
        // What was lost under way, by a cable that was pulled, has been written long ago.
        if (drop.Port == _heldPort && drop.At == _heldAt) WriteHeld(drop.Reason);
    }

    private void WriteHeld(FrameDrop? drop)
    {
        if (_heldPort is not { } port) return;
        _heldPort = null;
        if (drop is not null) Dropped++;
        Write(port, _heldAt, _held.AsSpan(0, _heldLength), PacketDirection.Outbound, drop is { } reason ? Words(reason) : null);
    }

    private void Write(LabPort port, TimeSpan at, ReadOnlySpan<byte> octets, PacketDirection direction, string? comment)
    {
        Frames++;
        _writer.WritePacket(InterfaceOf(port), PcapngWriter.ToUnixNanoseconds(_lab.Clock.Start + at), octets, octets.Length, direction, comment);
    }

    private int InterfaceOf(LabPort port)
    {
        if (_interfaces.TryGetValue(port, out var id)) return id;
        return _interfaces[port] = _writer.AddInterface(port.Name, port.IsEthernet ? LinkTypeEthernet : LinkTypeRaw);
    }

    private static string Words(FrameDrop reason) => reason switch
    {
        FrameDrop.LinkDown => "dropped: the cable is pulled",
        FrameDrop.Lost => "dropped: lost on the link",
        FrameDrop.TooLarge => "dropped: larger than the link carries",
        FrameDrop.QueueFull => "dropped: the link's queue is full",
        FrameDrop.QueueSlow => "dropped: the link's queue is too slow (CoDel)",
        _ => "dropped: no cable is in the port",
    };
}
