using Fathom.Cli.Commands;
using Fathom.Cli.Labs.Live;
using Fathom.Cli.Output;
using Fathom.Hosts.Os.Link;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Lab.Time;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs.Up;

/// <summary>Runs <c>fathom lab up</c>.</summary>
internal sealed class LabUpRun(CommandRun run, LabUpRequest request)
{
    /// <summary>What this machine is called in the lab.</summary>
    public const string Self = "this-machine";

    // What the lab's Ethernet carries.
    private const int Mtu = 1500;

    // The lab begins so long ago, and runs up to the present at once: it has come up, and this machine's addresses in it have been checked for a twin (RFC 4862 §5.4, RFC 5227 §2.1.1).
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    // Longer than anybody waits, and short enough to be added to a time.
    private static readonly TimeSpan Ever = TimeSpan.FromDays(36_500);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var machine = await MachineNetworks.ReadAsync(run.Host, request.Device, cancellation);

        // From here on everything is one thread's.
        return Run(machine, cancellation);
    }

    private int Run(MachineNetworks machine, CancellationToken cancellation)
    {
        var real = run.Host.Time;
        using var world = LabWorld.Create(request.Scenario with { Start = null }, new LabOptions { Seed = request.Seed, Start = real.GetUtcNow() - Early });
        if (!LabPlace.TryFind(world, request.At, out var place, out var reason)) return run.Refuse(reason);
        var broken = new LabBreakage(world);
        if (!broken.TryBreakAll(place.Beside, request.Faults, out reason)) return run.Refuse(reason);
        IReadOnlyList<IpPrefix> routes = [.. LabRoutes.Of(world.Lab, place.Addresses).Concat(request.Routes).Distinct()];
        if (request.SetsUp && machine.Conflict([.. place.Addresses.Select(static a => a.Prefix), .. routes]) is { } conflict)
        {
            return run.CannotTell($"{conflict} Remedy: give the lab a network namespace of its own: ip netns add lab; ip netns exec lab fathom lab up …");
        }

        var opened = FrameDevice.Open(request.Device, request.IsTap);
        if (!opened.TryGet(out var device, out var refusal)) return run.CannotTell(refusal);
        using (device)
        {
            if (request.AuthorityFile is { } file && !TryWrite(file, world.Authority.ToPem(), out reason)) return run.Refuse($"--ca {file}: {reason}");
            var (end, port) = request.IsTap ? PlugTap(world.Lab, place, device) : PlugTun(world.Lab, place);
            CatchUp(world.Lab);
            if (request.SetsUp && device.SetUp(Mtu, place.Addresses, [.. routes.Select(r => (r, GatewayOf(place, r)))]) is { } failed) return run.CannotTell(failed);
            var capture = request.Pcap is { } path ? StartCapture(world.Lab, port, path, out reason) : null;
            if (request.Pcap is not null && capture is null) return run.Refuse($"--pcap: {reason}");
            using (capture)
            {
                return Serve(world, broken, place, device, end, routes, cancellation);
            }
        }
    }

    private int Serve(LabWorld world, LabBreakage broken, LabPlace place, FrameDevice device, IOutsideEnd end, IReadOnlyList<IpPrefix> routes, CancellationToken cancellation)
    {
        var lab = world.Lab;
        var view = new LabUpView(run, request);
        lab.Pacer = new LabPacer(run.Host.Time, new DeviceWait(device, end, lab.Pool)) { FellBehind = view.FellBehind };
        using var ended = new CancellationTokenSource();
        using var waking = cancellation.Register(device.Wake);
        view.Up(world, place, device, routes);
        var begin = lab.Clock.Now;
        var console = new LabUpConsole(run, world, place.Beside, broken, PipeLines.Begin(device.Wake)) { Quit = ended.Cancel, View = view };
        lab.BetweenEvents = () =>
        {
            if (ended.IsCancellationRequested) return;
            if (cancellation.IsCancellationRequested || device.Fault is not null) ended.Cancel();
            else console.TakeIn();
        };
        lab.Run(() => WaitAsync(lab.Clock, ended.Token), Ever);
        console.Dispose();
        view.Down(end, device, lab.Clock.Now - begin, lab.Pacer.Lost);
        return device.Fault is { } fault ? run.CannotTell(fault) : console.Status;
    }

    private void CatchUp(Fathom.Lab.Lab lab)
    {
        var behind = run.Host.Time.GetUtcNow() - lab.Clock.GetUtcNow();
        if (behind > TimeSpan.Zero) lab.Run(behind);
    }

    private async Task<bool> WaitAsync(LabClock clock, CancellationToken ended)
    {
        try
        {
            await Task.Delay(request.Limit ?? Timeout.InfiniteTimeSpan, clock, ended);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return true;
    }

    private static (IOutsideEnd End, LabPort Port) PlugTap(Fathom.Lab.Lab lab, LabPlace place, FrameDevice device)
    {
        var port = lab.AddOutsidePort($"{Self}/{device.Name}");
        lab.Connect(port, place.Switch.AddPort(), place.Network.Cable);
        return (port, port);
    }

    private static (IOutsideEnd End, LabPort Port) PlugTun(Fathom.Lab.Lab lab, LabPlace place)
    {
        var host = lab.AddHost(new LabHostOptions(Self));
        var port = host.AddPort("eth0", Mtu);
        lab.Connect(port, place.Switch.AddPort(), place.Network.Cable);
        foreach (var address in place.Addresses) host.AddAddress(port, address.Address, address.PrefixLength);
        foreach (var gateway in place.Gateways) host.AddRoute(IpPrefix.Default(gateway.Version), gateway);
        return (OutsideBox.AddTo(host, place.EndAddress), port);
    }

    // To the kernel a TUN device has one other end, and that is the way.
    private IpAddress? GatewayOf(LabPlace place, IpPrefix route)
    {
        if (!request.IsTap) return null;
        foreach (var gateway in place.Gateways)
        {
            if (gateway.Version == route.Version) return gateway;
        }

        return null;
    }

    private static bool TryWrite(string file, string text, out string reason)
    {
        reason = string.Empty;
        try
        {
            File.WriteAllText(file, text);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = e.Message;
            return false;
        }
    }

    private static LabCapture? StartCapture(Fathom.Lab.Lab lab, LabPort port, string path, out string reason)
    {
        reason = string.Empty;
        try
        {
            return LabCapture.Start(lab, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), [port]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = e.Message;
            return null;
        }
    }
}
