using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Neighbors;

/// <summary>The tables as they are.</summary>
internal static class TableRun
{
    public static async Task<int> RunAsync(CommandRun run, NeighborsRequest request, CancellationToken cancellation)
    {
        if (!(await run.Host.GetNeighborsAsync(cancellation)).TryGet(out var all, out var refusal)) return run.CannotTell(refusal);
        // Entries that need no resolution are the kernel's own: multicast groups and loopback.
        var table = all.Where(n => n.State != NeighborState.NoArp
                && (request.Only is null || n.InterfaceIndex == request.Only.Index)
                && (request.Version is null || n.Address.Version == request.Version))
            .OrderBy(static n => n.InterfaceIndex).ThenBy(static n => n.Address).ToArray();
        if (run.IsText) ShowText(run, request, table);
        else ShowJson(run, request, table);
        return ExitStatus.Good;
    }

    private static void ShowText(CommandRun run, NeighborsRequest request, HostNeighbor[] table)
    {
        if (table.Length == 0) run.Output.WriteLine("No neighbor is known: nothing was sent to one lately.");
        else run.Console.Write(Listing.Columns(["address", "MAC", "interface", "state", "maker"], table.Select(n => Row(request, n))));
        run.WriteAside(Explanation(table), "ip neighbor show", "arp -n");
    }

    private static string[] Row(NeighborsRequest request, HostNeighbor n) =>
    [
        n.Address.WithZone(0).ToString(),
        n.HardwareAddress?.ToString() ?? "-",
        request.NameOf(n.InterfaceIndex),
        NeighborWords.Of(n.State),
        (n.IsRouter ? "router, " : string.Empty) + (n.HardwareAddress is { } mac ? NeighborWords.Maker(mac) : string.Empty),
    ];

    private static string Explanation(HostNeighbor[] table)
    {
        var text = "A frame is addressed to a MAC address. Before the first packet to an IP address on its link, a host asks the link who has it (ARP for IPv4, neighbor discovery for IPv6) and keeps the answer here: reachable for some 30 seconds, then stale, which is still used, and confirmed when it is.";
        var failed = table.Count(static n => n.State == NeighborState.Failed);
        return failed == 0 ? text : $"{text} {failed} of these {table.Length} addresses did not answer at all (failed).";
    }

    private static void ShowJson(CommandRun run, NeighborsRequest request, HostNeighbor[] table) => run.WriteJson(NeighborsCommand.Schema, json =>
    {
        json.WriteStartArray("neighbors");
        foreach (var n in table)
        {
            json.WriteStartObject();
            json.WriteString("address", n.Address.WithZone(0).ToString());
            json.WriteString("interface", request.NameOf(n.InterfaceIndex));
            json.WriteString("state", NeighborWords.Of(n.State));
            json.WriteString("protocol", n.Address.Version == IpVersion.V4 ? "ARP" : "ND");
            if (n.HardwareAddress is { } mac)
            {
                json.WriteString("mac", mac.ToString());
                json.WriteString("maker", NeighborWords.Maker(mac));
            }

            if (n.Address.IsV6) json.WriteBoolean("router", n.IsRouter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
