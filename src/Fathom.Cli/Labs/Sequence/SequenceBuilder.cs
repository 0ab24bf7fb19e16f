using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Labs.Sequence;

/// <summary>Makes a diagram of the journeys that were recorded.</summary>
internal sealed class SequenceBuilder(LabWorld world, LabHost client)
{
    /// <summary>Columns that are wanted, from the left; empty: those who have most to do with what happened.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Columns at the most, where they are not named.</summary>
    public int HostLimit { get; init; } = 5;

    /// <summary>Arrows at the most.</summary>
    public int ArrowLimit { get; init; } = 40;

    /// <summary>An arrow for each link that a packet crosses, instead of one from end to end.</summary>
    public bool ByHop { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="journeys">The journeys.</param>
    /// <param name="begin">When it began, in the lab's time.</param>
    public SequenceChart Build(string title, IReadOnlyList<Journey> journeys, TimeSpan begin)
    {
        var labels = new PacketLabel();
        var all = journeys.Where(j => j.SentAt >= begin && (ByHop || IsOfClient(j))).SelectMany(j => ArrowsOf(j, labels.Of(j.Number, j.SentAt, j.Hops[0].LinkType, j.Frame), begin)).OrderBy(static a => a.At).ToList();
        var hosts = Hosts.Count > 0 ? [.. Hosts] : Choose(all);
        var arrows = new List<SequenceArrow>();
        var hidden = new SortedSet<string>(StringComparer.Ordinal);
        var elsewhere = 0;
        foreach (var (at, from, to, text, lost, lostAfter) in all)
        {
            var columns = to.Select(t => hosts.IndexOf(t)).Where(static i => i >= 0).Order().ToList();
            if (hosts.IndexOf(from) is >= 0 and var column && columns.Count > 0)
            {
                arrows.Add(new SequenceArrow(at, column, columns, text, lost) { LostAfter = Between(column, lostAfter is null ? -1 : hosts.IndexOf(lostAfter), columns[0]) });
                continue;
            }

            elsewhere++;
            hidden.UnionWith(to.Append(from).Where(h => !hosts.Contains(h)));
        }

        return new SequenceChart(title, hosts, [.. arrows.Take(ArrowLimit)])
        {
            Elsewhere = elsewhere,
            OtherHosts = [.. hidden],
            Later = Math.Max(0, arrows.Count - ArrowLimit),
            Duration = world.Lab.Clock.Now - begin,
        };
    }

    private static int? Between(int from, int last, int to) => last >= Math.Min(from, to) && last <= Math.Max(from, to) && last != to ? last : null;

    private List<string> Choose(List<(TimeSpan At, string From, IReadOnlyList<string> To, string Text, string? Lost, string? LostAfter)> arrows)
    {
        var counts = new Dictionary<string, int> { [client.Name] = int.MaxValue };
        foreach (var (_, from, to, _, _, _) in arrows)
        {
            // Who only hears what is for everybody has nothing to do with it.
            foreach (var name in (to.Count > 1 ? [] : to).Append(from).Where(n => n != client.Name)) counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        // The busiest, of equals the first to have spoken, and the client always; in the order of the scenario, the client first.
        var chosen = counts.OrderByDescending(static c => c.Value).Take(HostLimit).Select(static c => c.Key).ToHashSet();
        return [client.Name, .. world.Lab.Hosts.Select(static h => h.Name).Where(n => n != client.Name && chosen.Contains(n))];
    }

    // What belongs to a link tells who asks for whom there; where others do it on their links it is beside the point.
    private bool IsOfClient(Journey journey) => !IsOfTheLink(journey.Hops[0].Packet.Span) || journey.From == client || journey.Ends.Any(e => e.Host == client && journey.Ends.Count == 1);

    // ARP, IGMP, and of ICMPv6 neighbor discovery (RFC 4861 §4) and group membership (RFC 2710, RFC 3810).
    private static bool IsOfTheLink(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return true;
        if (Ipv4Packet.TryRead(packet, out var v4, out _)) return v4.Protocol == IpProtocol.Igmp;
        return Ipv6Packet.TryRead(packet, out var v6, out _) && v6.TryReadUpperLayer(out var upper, out _) && upper.Protocol == IpProtocol.Icmpv6
            && upper.Bytes is [(>= 130 and <= 137) or 143, ..];
    }

    private IEnumerable<(TimeSpan At, string From, IReadOnlyList<string> To, string Text, string? Lost, string? LostAfter)> ArrowsOf(Journey journey, string text, TimeSpan begin)
    {
        if (ByHop)
        {
            foreach (var hop in journey.Hops) yield return (hop.SentAt - begin, hop.From.Host.Name, ToOf(hop), text, LostOf(hop), null);
            yield break;
        }

        var last = journey.Hops[^1];
        var to = last.Arrivals.Count > 0 ? ToOf(last) : Destination(journey) is { } owner && owner != journey.From.Name ? [owner] : ToOf(last);
        yield return (journey.SentAt - begin, journey.From.Name, to, text, LostOf(last) is { } lost && journey.Hops.Count > 1 ? $"{lost} after {last.From.Host.Name}" : LostOf(last), LostOf(last) is null ? null : last.From.Host.Name);
    }

    private IReadOnlyList<string> ToOf(JourneyHop hop)
    {
        if (hop.Arrivals.Count > 0) return [.. hop.Arrivals.Select(static a => a.Host.Name).Distinct()];
        if (hop.LinkType == LinkType.RawIp) return [FarEnd(hop.From)?.Host.Name ?? hop.From.Host.Name];
        return EthernetFrame.TryRead(hop.Frame.Span, out var frame, out _) && Owner(frame.Destination) is { } owner ? [owner] : [hop.From.Host.Name];
    }

    private static HostPort? FarEnd(HostPort port) => port.Link is { } link ? (link.Left == port ? link.Right : link.Left) as HostPort : null;

    private string? Owner(MacAddress address)
        => world.Lab.Hosts.SelectMany(static h => h.Ports).FirstOrDefault(p => p.HardwareAddress == address)?.Host.Name;

    private string? Destination(Journey journey)
    {
        var packet = journey.Hops[0].Packet.Span;
        IpAddress address;
        if (Ipv4Packet.TryRead(packet, out var v4, out _)) address = v4.Destination;
        else if (Ipv6Packet.TryRead(packet, out var v6, out _)) address = v6.Destination;
        else return null;
        return world.Lab.Hosts.FirstOrDefault(h => h.Stack.Addresses.Any(a => a.Address.WithZone(0) == address))?.Name;
    }

    private static string? LostOf(JourneyHop hop) => hop.Dropped is { } reason ? DropText.Of(reason) : hop.Arrivals.Count > 0 ? null : "under way";
}
