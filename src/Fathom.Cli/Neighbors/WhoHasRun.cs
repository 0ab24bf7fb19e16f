using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Neighbors;

/// <summary><c>--who-has</c>: asks the link.</summary>
internal static class WhoHasRun
{
    private const int DefaultAttempts = 3; // as many as Linux asks before it gives up (mcast_solicit)

    public static async Task<int> RunAsync(CommandRun run, NeighborsRequest request, IpAddress target, CancellationToken cancellation)
    {
        if (target.IsMulticast || target.IsUnspecified) return run.Refuse($"--who-has {target}: that is no host's address");
        if (request.Interfaces.SelectMany(static i => i.Addresses).Any(a => a.Address.WithZone(0) == target.WithZone(0)))
        {
            return ShowOwn(run, request, target);
        }

        if (await FindLinkAsync(run, request, target, cancellation) is not var (link, source)) return ExitStatus.Broken;
        if (link is null) return ExitStatus.Unknown;
        if (!link.IsUsable) return run.CannotTell($"{link.Name} {(link.IsUp ? "has no carrier" : "is down")}: nothing can be asked on its link");
        var context = ProbeContext.WithoutCapture(run.Host);
        var log = context.Evidence;
        WhoHasOutcome outcome;
        try
        {
            outcome = await WhoHasProbe.RunAsync(context, link, source, target, request.Count ?? DefaultAttempts, request.Timeout, cancellation);
        }
        catch (OperationCanceledException)
        {
            return run.CannotTell($"interrupted; {log.Items.Count} frames were captured, and none answered");
        }

        if (!run.IsText) WhoHasJson.Write(run, link, outcome, log);
        else ShowText(run, link, outcome, log);
        return outcome switch
        {
            WhoHasOutcome.Answered { IsDuplicate: false } => ExitStatus.Good,
            WhoHasOutcome.ByTable { Neighbor: NeighborOutcome.Answered or NeighborOutcome.Unconfirmed } => ExitStatus.Good,
            WhoHasOutcome.NotMeasured no => run.CannotTell(no.Refusal),
            _ => ExitStatus.Broken,
        };
    }

    // The link and the address to ask from: those of the interface that was named, else those by which the target is reached.
    // Null where the target is not on a link; a null link where that could not be told.
    private static async Task<(HostInterface? Link, IpAddress Source)?> FindLinkAsync(CommandRun run, NeighborsRequest request, IpAddress target, CancellationToken cancellation)
    {
        var unspecified = target.IsV4 ? IpAddress.AnyV4 : IpAddress.AnyV6;
        if (request.Only is { } only)
        {
            var own = only.Addresses.Where(a => a.Address.Version == target.Version).ToArray();
            var source = own.FirstOrDefault(a => a.Prefix.Contains(target)) ?? own.FirstOrDefault();
            return (only, source?.Address ?? unspecified);
        }

        if (!(await run.Host.FindRouteAsync(target, cancellation)).TryGet(out var route, out var refusal))
        {
            run.CannotTell($"{refusal.Reason} Remedy: name the interface with -i.");
            return (null, default);
        }

        var problem = route switch
        {
            { Kind: RouteKind.None } => $"{target}: no route leads there; name the interface with -i to ask on its link all the same",
            { Gateway: { } gateway } => $"{target} is not on a link of this host: packets go to the gateway {gateway}, which is the neighbor to ask for (-i NAME asks on a link all the same)",
            _ when route.InterfaceIndex is null => $"{target}: the host sends nothing there ({route.Kind.ToString().ToLowerInvariant()})",
            _ => null,
        };
        if (problem is not null)
        {
            run.Complain(problem, ExitStatus.Broken);
            return null;
        }

        return (request.Interfaces.FirstOrDefault(i => i.Index == route.InterfaceIndex), route.Source ?? unspecified);
    }

    private static int ShowOwn(CommandRun run, NeighborsRequest request, IpAddress target)
    {
        var own = request.Interfaces.First(i => i.Addresses.Any(a => a.Address.WithZone(0) == target.WithZone(0)));
        if (run.IsText) run.Output.WriteLine($"{target} is this host's own address, on {own.Name}; nobody was asked.");
        else run.WriteJson(NeighborsCommand.Schema, json =>
        {
            json.WriteString("target", target.ToString());
            json.WriteString("outcome", "own");
            json.WriteString("interface", own.Name);
        });
        return ExitStatus.Good;
    }

    private static void ShowText(CommandRun run, HostInterface link, WhoHasOutcome outcome, EvidenceLog log)
    {
        var output = run.Output;
        foreach (var item in log.Items.Where(static i => i.Frame is not null)) output.WriteLine($"  {item.Summary}");
        switch (outcome)
        {
            case WhoHasOutcome.Answered answered:
                foreach (var answer in answered.Answers)
                    output.WriteLine($"{answered.Target} is at {answer.Mac} on {link.Name}, {Milliseconds(answer.After)} ms{(answer.IsRouter ? ", a router" : string.Empty)}  {NeighborWords.Maker(answer.Mac)}".TrimEnd());
                if (answered.IsDuplicate) output.WriteLine($"Duplicate address: {answered.Answers.Count} stations say that {answered.Target} is theirs. Each gets packets that are meant for the other.");
                break;
            case WhoHasOutcome.Unanswered none:
                output.WriteLine($"Nobody on the link of {link.Name} has {none.Target}: {NumberText.Count(none.Questions, "question", "questions")}, no answer.");
                break;
            case WhoHasOutcome.ByTable table:
                output.WriteLine(TableText(table, link));
                run.Errors.WriteLine($"fathom: asked by the system itself, because of this: {table.Refusal.Reason} A second station with the address would not show.{(table.Refusal.Remedy is { } remedy ? $" Remedy: {remedy}" : string.Empty)}");
                break;
        }

        run.WriteAside(
            outcome.Target.IsV4
                ? "The question went to the broadcast address, so every station on the link heard it. Only the one that has the address answers, to the asker alone. Nothing proves that the answer is true: ARP believes whoever answers."
                : $"The question went to the group {MulticastMapping.SolicitedNode(outcome.Target)}, which only stations listen to whose address ends in the same 24 bits, so that others are not disturbed (RFC 4861).",
            outcome.Target.IsV4 ? $"arping -c 3 -I {link.Name} {outcome.Target}" : $"ndisc6 {outcome.Target} {link.Name}");
    }

    private static string TableText(WhoHasOutcome.ByTable table, HostInterface link) => table.Neighbor switch
    {
        NeighborOutcome.Answered a => $"{table.Target} is at {a.Entry.HardwareAddress} on {link.Name} ({NeighborWords.Of(a.Entry.State)})  {Maker(a.Entry)}".TrimEnd(),
        NeighborOutcome.Unconfirmed u => $"{table.Target} was at {u.Entry.HardwareAddress} on {link.Name} ({NeighborWords.Of(u.Entry.State)}, not confirmed now)  {Maker(u.Entry)}".TrimEnd(),
        NeighborOutcome.NotNeeded => $"{table.Target}: the link of {link.Name} needs no address resolution.",
        _ => $"Nobody on the link of {link.Name} has answered for {table.Target}.",
    };

    private static string Maker(HostNeighbor entry) => entry.HardwareAddress is { } mac ? NeighborWords.Maker(mac) : string.Empty;

    private static string Milliseconds(TimeSpan time) => JsonText.Milliseconds(time).ToString("0.000", CultureInfo.InvariantCulture);
}
