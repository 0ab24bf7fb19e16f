using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Link;

/// <summary>Finds out whether a next hop answers ARP (RFC 826) or neighbor solicitation (RFC 4861 §7.2).</summary>
public static class NeighborProbe
{
    // RFC 863 discard: a datagram there makes the host resolve the neighbor and asks nothing of it.
    private const ushort DiscardPort = 9;

    // Fine enough to follow an exchange on a local link, coarse enough to cost nothing.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads the neighbor cache once.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="interfaceIndex">The interface on whose link the next hop is.</param>
    /// <param name="nextHop">The next hop.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async ValueTask<NeighborOutcome> ReadAsync(ProbeContext context, int interfaceIndex, IpAddress nextHop, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var answer = await context.Host.GetNeighborsAsync(cancellation);
        if (!answer.TryGet(out var table, out var refusal)) return new NeighborOutcome.NotMeasured(nextHop, refusal);
        var plain = nextHop.WithZone(0);
        var entry = table.FirstOrDefault(n => n.InterfaceIndex == interfaceIndex && n.Address.WithZone(0) == plain);
        return entry?.State switch
        {
            null or NeighborState.Unknown => new NeighborOutcome.NotAsked(nextHop),
            NeighborState.Incomplete => new NeighborOutcome.Asking(nextHop),
            NeighborState.Failed => new NeighborOutcome.Unanswered(nextHop),
            NeighborState.NoArp => new NeighborOutcome.NotNeeded(nextHop),
            NeighborState.Reachable or NeighborState.Permanent => new NeighborOutcome.Answered(nextHop, entry),
            _ => new NeighborOutcome.Unconfirmed(nextHop, entry),
        };
    }

    /// <summary>Makes the host ask, and waits for the result.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="interfaceIndex">The interface on whose link the next hop is.</param>
    /// <param name="nextHop">The next hop.</param>
    /// <param name="wait">
    /// How long to wait. Linux gives up after three requests, a second apart; an old entry is first trusted for five seconds.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<NeighborOutcome> RunAsync(ProbeContext context, int interfaceIndex, IpAddress nextHop, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Packets.Watch(nextHop);
        var start = context.Host.Time.GetTimestamp();
        await TriggerAsync(context, nextHop, cancellation);
        while (true)
        {
            var outcome = await ReadAsync(context, interfaceIndex, nextHop, cancellation);
            var pending = outcome is NeighborOutcome.NotAsked or NeighborOutcome.Asking or NeighborOutcome.Unconfirmed;
            if (!pending || context.Since(start) >= wait) return outcome with { Evidence = Enter(context, nextHop, outcome) };

            await Task.Delay(Poll, context.Host.Time, cancellation);
        }
    }

    /// <summary>Enters the kernel's word, and the captured requests and answers, as evidence.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="nextHop">The next hop.</param>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The ids.</returns>
    public static IReadOnlyList<string> Enter(ProbeContext context, IpAddress nextHop, NeighborOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(context);
        var text = outcome switch
        {
            NeighborOutcome.Answered a => $"neighbor {nextHop} is {a.Entry.HardwareAddress} ({a.Entry.State.ToString().ToUpperInvariant()})",
            NeighborOutcome.Unconfirmed u => $"neighbor {nextHop} was {u.Entry.HardwareAddress} ({u.Entry.State.ToString().ToUpperInvariant()})",
            NeighborOutcome.Unanswered => $"neighbor {nextHop} did not answer {(nextHop.IsV6 ? "neighbor solicitation" : "ARP")} (FAILED)",
            _ => null,
        };
        if (text is null) return [];
        return [context.Evidence.AddKernel(text), .. context.Packets.FindResolution(nextHop)];
    }

    private static async Task TriggerAsync(ProbeContext context, IpAddress nextHop, CancellationToken cancellation)
    {
        var remote = new IpEndpoint(nextHop, DiscardPort);
        var opened = await context.Host.OpenDatagramAsync(new DatagramOptions(nextHop.Version) { Remote = remote }, cancellation);
        if (!opened.TryGet(out var socket, out _)) return;
        await using (socket) await socket.SendAsync(new byte[1], null, new PacketOptions(), cancellation);
    }
}
