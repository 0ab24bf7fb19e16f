using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;
using Fathom.Wire.Capture;

namespace Fathom.Cli.Check;

/// <summary>The capture of one run, where the host may capture, and the file that it is saved to.</summary>
internal sealed class PacketEvidence : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(string Name, int LinkType), int> _interfaces = [];
    private ICapture? _capture;
    private PcapngWriter? _writer;
    private string? _writeError;
    private Task _pump = Task.CompletedTask;
    private Task? _closing;

    private PacketEvidence()
    {
    }

    /// <summary>The packets, or null where nothing may be captured.</summary>
    public PacketStore? Store { get; private set; }

    /// <summary>Why nothing may be captured.</summary>
    public HostRefusal? Refusal { get; private set; }

    /// <summary>Why the file cannot be written, or null.</summary>
    public string? FileError { get; private set; }

    /// <summary>Starts to capture.</summary>
    public static async Task<PacketEvidence> OpenAsync(INetworkHost host, string? file, CancellationToken cancellation)
    {
        var evidence = new PacketEvidence();
        if (file is not null)
        {
            try
            {
                evidence._writer = new PcapngWriter(new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read), new PcapngSection { Application = "fathom" });
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                evidence.FileError = e.Message;
                return evidence;
            }
        }

        var opened = await host.OpenCaptureAsync(new CaptureOptions(), cancellation);
        evidence.Refusal = opened.Refusal;
        if (opened.TryGet(out var capture, out _))
        {
            evidence._capture = capture;
            evidence.Store = new PacketStore(capture, evidence._writer is null ? null : evidence.Save);
            evidence._pump = evidence.Store.PumpAsync(host.Time, evidence._stop.Token);
        }

        return evidence;
    }

    /// <summary>
    /// Ends the capture, without waiting for it: Linux before 6.9 closes a packet socket only after an RCU grace period (5 to 16 ms),
    /// and results can be written meanwhile. What the checks found is in their logs by then.
    /// </summary>
    public void Close() => _closing ??= Task.Run(CloseAsync);

    public async ValueTask DisposeAsync()
    {
        Close();
        await _closing!;
        if (_writeError is not null) await Console.Error.WriteLineAsync($"fathom: --pcap: the file is not complete: {_writeError}");
        _stop.Dispose();
    }

    private async Task CloseAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        if (_capture is not null) await _capture.DisposeAsync();
        try
        {
            _writer?.Dispose();
        }
        catch (IOException e)
        {
            _writeError ??= e.Message;
        }
    }

    // A full disk ends the file, not the check.
    private void Save(RecordedPacket packet)
    {
        if (_writeError is not null) return;
        try
        {
            Write(packet);
        }
        catch (IOException e)
        {
            _writeError = e.Message;
        }
    }

    private void Write(RecordedPacket packet)
    {
        var frame = packet.Frame;
        if (_writer is null) return;
        if (!_interfaces.TryGetValue((frame.InterfaceName, frame.LinkType), out var id))
            _interfaces[(frame.InterfaceName, frame.LinkType)] = id = _writer.AddInterface(frame.InterfaceName, frame.LinkType);
        var direction = frame.Direction switch
        {
            FrameDirection.Sent => PacketDirection.Outbound,
            FrameDirection.Received => PacketDirection.Inbound,
            _ => PacketDirection.Unknown,
        };
        _writer.WritePacket(id, PcapngWriter.ToUnixNanoseconds(frame.WallTime), frame.Bytes.Span, frame.OriginalLength, direction);
    }
}
