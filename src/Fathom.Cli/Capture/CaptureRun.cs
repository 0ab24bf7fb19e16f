using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Dissect;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Hosts.Link;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Spectre.Console;

namespace Fathom.Cli.Capture;

/// <summary>One run of <c>fathom capture</c>. It ends with the signal, or after the number of packets asked for.</summary>
internal sealed class CaptureRun(CommandRun run, CaptureRequest request, PacketSelector? selector, string? expression)
{
    /// <summary>What a snapshot length may be at most: what libpcap's tools take.</summary>
    public const int LargestSnapLength = 262144;

    private const string Any = "any";
    private const string Schema = "fathom.capture/1";

    private readonly CaptureDissector _dissector = new();
    private PacketList? _list;
    private long? _start;
    private DissectJson? _json;
    private int _number;

    /// <summary>Runs.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        int? index = null;
        if (request.Interface != Any)
        {
            if (!(await run.Host.GetInterfacesAsync(cancellation)).TryGet(out var interfaces, out var unknown)) return run.CannotTell(unknown);
            var found = interfaces.FirstOrDefault(i => i.Name == request.Interface || i.Index.ToString(CultureInfo.InvariantCulture) == request.Interface);
            if (found is null) return run.Refuse($"--interface {request.Interface}: there is no such interface; there are {string.Join(", ", interfaces.Select(static i => i.Name))}, and any");
            index = found.Index;
        }

        var options = new CaptureOptions { InterfaceIndex = index, IsPromiscuous = request.IsPromiscuous && index is not null, SnapLength = request.SnapLength is 0 ? LargestSnapLength : request.SnapLength };
        if (!(await run.Host.OpenCaptureAsync(options, cancellation)).TryGet(out var capture, out var refusal)) return run.CannotTell(refusal);
        await using (capture)
        {
            CaptureFile? file = null;
            if (request.File is { } path && (file = CaptureFile.Create(path, out var error)) is null) return run.Refuse($"--write: {error}");
            using (file)
            {
                await run.Errors.WriteLineAsync($"capturing on {(index is null ? "all interfaces" : request.Interface)}; Ctrl-C ends it");
                NetworkChoice.LastUntilInterrupted();
                await PumpAsync(capture, file, cancellation);
            }

            // Frames are counted where they could not wait: a filter that sorts them out here does not change that.
            await run.Errors.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{_number} packet{(_number == 1 ? "" : "s")} captured, {capture.Dropped} dropped for want of room{(file is null || request.File == "-" ? "" : $", saved to {request.File}")}"));
            if (request.File != "-") WriteAside();
            return file?.Error is { } incomplete ? run.Complain($"--write: the file is not complete: {incomplete}", ExitStatus.Unknown) : ExitStatus.Good;
        }
    }

    private void WriteAside()
    {
        var file = request.File is { } path ? $" -w {path}" : string.Empty;
        var count = request.Count is { } most ? string.Create(CultureInfo.InvariantCulture, $" -c {most}") : string.Empty;
        run.WriteAside(
            "The kernel hands every frame that an interface sends or receives to this program too, before it looks at it itself: a firewall's drop on the way in is seen here, one on the way out is not. What the network card "
            + "puts together or cuts by itself (segmentation offload) shows as one large frame, and checksums that it computes are filled in here.",
            $"tcpdump -ni {request.Interface}{count}{file}{(expression is null ? string.Empty : $" '{expression}'")}");
    }

    private async Task PumpAsync(ICapture capture, CaptureFile? file, CancellationToken cancellation)
    {
        try
        {
            do
            {
                while (capture.TryRead(out var frame))
                {
                    if (selector?.Selects(frame.LinkType, frame.Bytes.Span, frame.OriginalLength) == false) continue;
                    _number++;
                    file?.Write(frame);
                    if (file is null || request.AlsoPrint) Show(frame);
                    if (_number == request.Count || cancellation.IsCancellationRequested) return;
                }

                _list?.Flush();
            }
            while (await capture.WaitAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The person has seen enough.
        }
        finally
        {
            _list?.Flush();
        }
    }

    private void Show(CapturedFrame frame)
    {
        var time = PcapngWriter.ToUnixNanoseconds(frame.WallTime);
        if (run.IsText && !request.AsTree)
        {
            _list ??= new PacketList(StandardOutput.Open(), Console.IsOutputRedirected ? null : run.Console.Profile.Width, withInterface: request.Interface == Any);
            _list.Add(_number, time, frame.OriginalLength, frame.LinkType, frame.Bytes, frame.InterfaceName);
            return;
        }

        _start ??= time;
        var packet = new SourcePacket(_number, time, frame.LinkType, frame.Bytes, frame.OriginalLength, frame.InterfaceName, []);
        var dissection = _dissector.Dissect(frame.LinkType, frame.Bytes, _number, PacketTime.Since(time, _start));
        if (!run.IsText)
        {
            _json ??= new DissectJson(StandardOutput.Open(), Schema, isIndented: run.Format == OutputFormat.Json, isDocument: false);
            _json.Add(packet, dissection);
            _json.Flush();
            return;
        }

        if (_number > 1) run.Console.WriteLine();
        PacketTree.Write(run.Console, packet, dissection, null);
    }
}
