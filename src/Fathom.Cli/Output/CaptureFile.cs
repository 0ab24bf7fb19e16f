using Fathom.Hosts.Link;
using Fathom.Wire.Capture;

namespace Fathom.Cli.Output;

/// <summary>A pcapng file that captured frames are saved to. A full disk ends the file, not the run.</summary>
internal sealed class CaptureFile : IDisposable
{
    private readonly PcapngWriter _writer;
    private readonly Dictionary<(string Name, int LinkType), int> _interfaces = [];

    private CaptureFile(Stream stream) => _writer = new PcapngWriter(stream, new PcapngSection { Application = "fathom" });

    /// <summary>Why the file is not complete, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>Makes the file; what was in it is lost.</summary>
    /// <param name="path">Its name; "-" is standard output.</param>
    /// <param name="error">Why not, or empty.</param>
    public static CaptureFile? Create(string path, out string error)
    {
        error = string.Empty;
        try
        {
            return new CaptureFile(path == "-" ? StandardOutput.Open() : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = e.Message;
            return null;
        }
    }

    /// <summary>Saves a frame; nothing after an error.</summary>
    public void Write(CapturedFrame frame) => Try(() =>
    {
        if (!_interfaces.TryGetValue((frame.InterfaceName, frame.LinkType), out var id))
            _interfaces[(frame.InterfaceName, frame.LinkType)] = id = _writer.AddInterface(frame.InterfaceName, frame.LinkType);
        var direction = frame.Direction switch
        {
            FrameDirection.Sent => PacketDirection.Outbound,
            FrameDirection.Received => PacketDirection.Inbound,
            _ => PacketDirection.Unknown,
        };
        _writer.WritePacket(id, PcapngWriter.ToUnixNanoseconds(frame.WallTime), frame.Bytes.Span, frame.OriginalLength, direction);
    });

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException e)
        {
            Error ??= e.Message;
        }
    }

    private void Try(Action write)
    {
        if (Error is not null) return;
        try
        {
            write();
        }
        catch (IOException e)
        {
            Error = e.Message;
        }
    }
}
