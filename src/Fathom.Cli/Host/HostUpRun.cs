using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Host;

/// <summary>Runs <c>fathom host up</c>.</summary>
internal sealed class HostUpRun(CommandRun run, HostUpRequest request)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        CaptureFile? file = null;
        if (request.Pcap is { } path && (file = CaptureFile.Create(path, out var error)) is null) return run.Refuse($"--pcap: {error}");
        using (file)
        {
            var view = new HostUpView(run, request);
            var opened = TunHost.Open(Options());
            if (!opened.TryGet(out var tun, out var refusal)) return run.CannotTell(refusal);
            await using (tun)
            {
                using var timer = new CancellationTokenSource(request.Limit ?? Timeout.InfiniteTimeSpan, run.Host.Time);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
                var status = ExitStatus.Good;
                await tun.RunAsync(async () => status = await ServeAsync(tun, view, file, stop));
                if (tun.Fault is { } fault) status = run.CannotTell(fault);
                return file?.Error is { } incomplete ? run.Complain($"--pcap: the file is not complete: {incomplete}", ExitStatus.Unknown) : status;
            }
        }
    }

    private TunOptions Options() => new(request.Device)
    {
        IsTap = request.IsTap,
        Mtu = request.Mtu,
        HardwareAddress = request.HardwareAddress,
        Addresses = request.Addresses,
        PeerAddresses = request.PeerAddresses,
        Gateways = request.Gateways,
        UseOffloads = request.UseOffloads,
    };

    // On the host's own thread.
    private async Task<int> ServeAsync(TunHost tun, HostUpView view, CaptureFile? file, CancellationTokenSource stop)
    {
        // The device may go away under it: then there is nothing to serve either.
        _ = tun.Ended.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var saving = file is null ? Task.CompletedTask : await SaveAsync(tun, file, stop.Token);
        IReadOnlyList<IpVersion> versions = [.. request.Addresses.Select(static a => a.Address.Version).Distinct()];
        var servers = new HostServers(tun.Host, versions);
        if (await servers.StartAsync(request.Services, stop.Token) is { } refusal)
        {
            stop.Cancel();
            await servers.WaitAsync();
            return run.CannotTell(refusal);
        }

        view.Up(tun, request.Services);
        if (request.Trace) tun.Observe(new TraceView(view));
        var start = run.Host.Time.GetTimestamp();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Host.Time, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        await servers.WaitAsync();
        await saving;
        tun.Observe(null);
        view.Down(tun, [.. servers.Summaries()], run.Host.Time.GetElapsedTime(start));
        return ExitStatus.Good;
    }

    private static async Task<Task> SaveAsync(TunHost tun, CaptureFile file, CancellationToken stop)
    {
        var capture = (await tun.Host.OpenCaptureAsync(new CaptureOptions(), stop)).Value!;
        return PumpAsync(capture, file, stop);
    }

    private static async Task PumpAsync(ICapture capture, CaptureFile file, CancellationToken stop)
    {
        await using (capture)
        {
            try
            {
                do
                {
                    while (capture.TryRead(out var frame)) file.Write(frame);
                }
                while (await capture.WaitAsync(stop));
            }
            catch (OperationCanceledException)
            {
                while (capture.TryRead(out var frame)) file.Write(frame);
            }
        }
    }
}
