using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;

namespace Fathom.Cli.Check;

/// <summary>The capture of one run, where the host may capture, and the file that it is saved to.</summary>
internal sealed class PacketEvidence : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ICapture? _capture;
    private CaptureFile? _file;
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
            evidence._file = CaptureFile.Create(file, out var error);
            if (evidence._file is null)
            {
                evidence.FileError = error;
                return evidence;
            }
        }

        var opened = await host.OpenCaptureAsync(new CaptureOptions(), cancellation);
        evidence.Refusal = opened.Refusal;
        if (opened.TryGet(out var capture, out _))
        {
            evidence._capture = capture;
            evidence.Store = new PacketStore(capture, evidence._file is { } saved ? packet => saved.Write(packet.Frame) : null);
            evidence._pump = evidence.Store.PumpAsync(host.Time, evidence._stop.Token);
        }

        return evidence;
    }

    /// <summary>
    /// Ends the capture, without waiting for it: Linux before 6.9 closes a packet socket only after an RCU grace period (5 to 16 ms),
    /// and results can be written meanwhile. What the checks found is in their logs by then. A lab has one thread only, and no such wait.
    /// </summary>
    public void Close() => _closing ??= NetworkChoice.IsLab ? CloseAsync() : Task.Run(CloseAsync);

    public async ValueTask DisposeAsync()
    {
        Close();
        await _closing!;
        if (_file?.Error is { } incomplete) await Console.Error.WriteLineAsync($"fathom: --pcap: the file is not complete: {incomplete}");
        _stop.Dispose();
    }

    private async Task CloseAsync()
    {
        _stop.Cancel();
        await _pump;
        if (_capture is not null) await _capture.DisposeAsync();
        _file?.Dispose();
    }
}
