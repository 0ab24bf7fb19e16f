using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Link;

namespace Fathom.Cli.Neighbors;

/// <summary><c>--watch</c>: address resolution as it happens.</summary>
internal static class WatchRun
{
    public static async Task<int> RunAsync(CommandRun run, NeighborsRequest request, CancellationToken cancellation)
    {
        if (!(await NeighborWatch.OpenAsync(run.Host, request.Only?.Index, cancellation)).TryGet(out var watch, out var refusal)) return run.CannotTell(refusal);
        var (seen, changes) = (0, 0);
        await using (watch)
        {
            using var timer = new CancellationTokenSource(request.Timeout, run.Host.Time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
            run.Errors.WriteLine($"fathom: watching {request.Only?.Name ?? "all interfaces"}");
            try
            {
                await foreach (var sighting in watch.ReadAsync(end.Token))
                {
                    if (request.Version is { } version && sighting.Target.Version != version) continue;
                    Show(run, sighting);
                    if (sighting.IsChange) changes++;
                    if (++seen == request.Count) break;
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
            }

            var lost = watch.Dropped > 0 ? $", {watch.Dropped} lost" : string.Empty;
            run.Errors.WriteLine($"fathom: {NumberText.Count(seen, "packet", "packets")}{lost}; {NumberText.Count(changes, "address", "addresses")} moved to another MAC address");
        }

        if (run.IsText) run.WriteAside("ARP and neighbor discovery believe whoever speaks. An address that moves to another MAC address may be a new network card or a router that took over; it may also be somebody who wants to see another's packets. Who it is, the table of the switch tells.", "tcpdump -n 'arp or icmp6'");
        return changes > 0 ? ExitStatus.Broken : ExitStatus.Good;
    }

    private static void Show(CommandRun run, NeighborSighting s)
    {
        if (!run.IsText)
        {
            ShowJson(run, s);
            return;
        }

        var what = s.Kind switch
        {
            NeighborSightingKind.Question => $"{s.Address} at {s.Mac} asks who has {s.Target}",
            NeighborSightingKind.Answer => $"{s.Address} is at {s.Mac}",
            NeighborSightingKind.Announcement => $"{s.Address} is at {s.Mac}, told unasked",
            _ => $"{s.Mac} asks whether anybody has {s.Target} before it takes it",
        };
        run.Output.WriteLine($"{s.Frame.WallTime.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {s.Frame.InterfaceName} {(s.Address?.IsV6 ?? s.Target.IsV6 ? "ND " : "ARP")} {what}");
        if (s.Previous is { } before) run.Output.WriteLine($"  ! {s.Address} was at {before} before: moved, taken over, or spoofed");
        run.Output.Flush();
    }

    private static void ShowJson(CommandRun run, NeighborSighting s) => run.WriteJson(NeighborsCommand.Schema, json =>
    {
        json.WriteString("time", s.Frame.WallTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("interface", s.Frame.InterfaceName);
        json.WriteString("kind", s.Kind.ToString().ToLowerInvariant());
        if (s.Address is { } address) json.WriteString("address", address.ToString());
        json.WriteString("mac", s.Mac.ToString());
        json.WriteString("target", s.Target.ToString());
        json.WriteBoolean("change", s.IsChange);
        if (s.Previous is { } before) json.WriteString("previousMac", before.ToString());
    });
}
