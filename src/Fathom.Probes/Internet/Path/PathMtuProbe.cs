using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>
/// Finds the largest packet that a path carries whole (RFC 1191, RFC 8201) and who says so; where nobody does, by trying sizes (RFC 4821).
/// One probe at a time goes the whole way, so that a router that reports is asked once for each size.
/// </summary>
public static class PathMtuProbe
{
    // RFC 791 §3.2 and RFC 8200 §5: every link carries packets of this size (for IPv4: every host takes them).
    private const int SmallestV4 = 576;
    private const int SmallestV6 = 1280;

    // RFC 791 §3.1: the total length is a number of 16 bits. IPv6 could carry 40 octets more, and no link does.
    private const int LargestV4 = 65535;

    // Links that get narrower and narrower: more than this many on one path would be odd.
    private const int MaximumReports = 8;

    // A size that gets no answer is tried this often, as packets may be lost for other reasons.
    private const int Tries = 3;

    /// <summary>Searches.</summary>
    /// <param name="prober">What to probe with; the destination must be known to answer it.</param>
    /// <param name="version">The IP version.</param>
    /// <param name="linkMtu">The MTU of the interface that the packets leave by, in octets.</param>
    /// <param name="routers">How many hops it is to the destination, to find where unreported sizes vanish.</param>
    /// <param name="wait">How long an answer may take.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static async Task<PathMtuOutcome> RunAsync(
        IHopProber prober, IpVersion version, int linkMtu, int routers, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(prober);
        var reports = new List<PathMtuReport>();
        var size = Math.Min(linkMtu, LargestV4); // the loopback's MTU is larger than any IPv4 packet
        while (reports.Count < MaximumReports)
        {
            var hop = await AskAsync(size);
            if (hop.IsDestination) return new PathMtuOutcome(size, null, reports, null);
            if (hop is { Meaning: IcmpMeaning.TooBig, Error: { NextHopMtu: { } mtu } error } && mtu < size && mtu > 0)
            {
                // A router's word is only believed as far as the next probe bears it out.
                reports.Add(new PathMtuReport(hop.Address, size, mtu, error.Origin == NetworkErrorOrigin.Local));
                size = mtu;
                continue;
            }

            break;
        }

        var smallest = Math.Min(version == IpVersion.V6 ? SmallestV6 : SmallestV4, size);
        if (!await PassesAsync(smallest)) return new PathMtuOutcome(null, size, reports, null);
        var (passed, lost) = await SizeSearch.RunAsync(smallest, size, PassesAsync);
        return new PathMtuOutcome(passed, lost, reports, await FindHoleAsync(lost));

        Task<PathHop> AskAsync(int length) => prober.ProbeAsync(new HopQuestion(byte.MaxValue, length), wait, cancellation);

        async Task<bool> PassesAsync(int length)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if ((await AskAsync(length)).IsDestination) return true;
            }

            return false;
        }

        // The last router that a large packet reaches: it answers that the hop limit ran out.
        async Task<byte?> FindHoleAsync(int length)
        {
            var asked = Enumerable.Range(1, Math.Min(routers, PathLimits.MaximumHops))
                .Select(limit => prober.ProbeAsync(new HopQuestion((byte)limit, length), wait, cancellation));
            return (await Task.WhenAll(asked)).LastOrDefault(static h => h.Meaning == IcmpMeaning.HopLimitExceeded)?.HopLimit;
        }
    }
}
