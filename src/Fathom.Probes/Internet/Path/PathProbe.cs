using Fathom.Hosts;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Internet.Path;

/// <summary>
/// Sends probes with small hop limits, several at once, and reads who answers that it ran out. Each router
/// is asked once (twice if it was silent): Linux answers six ICMP errors at once and then one a second, and
/// a diagnosis must not be what provokes that limit. The flow is kept steady (one address pair, one protocol, and
/// one port pair or echo identifier as far as the sockets allow), so that all probes take one way.
/// </summary>
public static class PathProbe
{
    /// <summary>Walks with ICMP echo over an open session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="limits">How far, how long, how many at once.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public static Task<PathOutcome> EchoAsync(EchoSession session, IReadOnlyCollection<IpAddress> own, PathLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(limits);
        return WalkAsync(session.Destination, new EchoHopProber(session, own), limits, cancellation);
    }

    /// <summary>Walks with UDP to a port where nothing listens: the destination's port unreachable ends the path.</summary>
    /// <param name="host">The host.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="limits">How far, how long, how many at once.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public static Task<PathOutcome> UdpAsync(INetworkHost host, IpAddress destination, IReadOnlyCollection<IpAddress> own, PathLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(limits);
        return WalkAsync(destination, new UdpHopProber(host, new IpEndpoint(destination, UdpHopProber.FirstPort), own), limits, cancellation);
    }

    /// <summary>Walks with TCP SYNs to the port that is to be reached.</summary>
    /// <param name="host">The host.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="limits">How far, how long, how many at once.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public static Task<PathOutcome> TcpAsync(INetworkHost host, IpEndpoint destination, IReadOnlyCollection<IpAddress> own, PathLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(limits);
        return WalkAsync(destination.Address, new TcpHopProber(host, destination, own), limits, cancellation);
    }

    private static async Task<PathOutcome> WalkAsync(IpAddress destination, IHopProber prober, PathLimits limits, CancellationToken cancellation)
    {
        using var finish = CancellationTokenSource.CreateLinkedTokenSource(limits.Finish, cancellation);
        async Task<PathHop> One(byte limit)
        {
            try
            {
                return await prober.ProbeAsync(new HopQuestion(limit), limits.Wait, finish.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return HopAnswers.Silent(limit); // enough is known: what has not answered by now is left
            }
        }

        var found = new List<PathHop>();
        PathOutcome Outcome() => new(destination, prober.Method, Trim(found));
        while (found.Count < limits.Hops && !finish.IsCancellationRequested)
        {
            var first = found.Count;
            var last = Math.Min(first + limits.Window, limits.Hops);
            var batch = new List<Task<PathHop>>();
            for (var limit = first + 1; limit <= last; limit++) batch.Add(One((byte)limit));
            found.AddRange(await Task.WhenAll(batch));
            var sofar = Outcome();
            if (sofar.Reached || sofar.Refusal is not null || sofar.FindLoop(3).Count > 0) return sofar;

            // Nothing at all answered in a whole window: nothing beyond it will.
            if (found.Skip(first).All(static h => h.Address is null)) return sofar;
        }

        return Outcome();
    }

    // Beyond the first answer of the destination, or the last answer at all, there is nothing to tell.
    private static PathHop[] Trim(List<PathHop> hops)
    {
        var end = hops.FindIndex(static h => h.IsDestination);
        if (end < 0) end = hops.FindLastIndex(static h => h.Address is not null);
        return [.. hops.Take(Math.Max(end + 1, Math.Min(hops.Count, 1)))];
    }
}
