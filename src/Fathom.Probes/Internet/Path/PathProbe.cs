using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
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
    // traceroute's first port: no service is registered there, so that the destination answers port unreachable.
    private const ushort FirstUdpPort = 33434;

    /// <summary>Walks with ICMP echo over an open session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="limits">How far, how long, how many at once.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public static Task<PathOutcome> EchoAsync(EchoSession session, IReadOnlyCollection<IpAddress> own, PathLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(limits);
        return WalkAsync(session.Destination, "ICMP echo", limits, async (limit, token) =>
            await session.ProbeAsync(8, new PacketOptions(limit), limits.Wait, token) switch
            {
                EchoOutcome.Answered a => new PathHop(limit, a.From, a.RoundTrip, IcmpMeaning.Other, null, true),
                EchoOutcome.Failed f => OfError(limit, f.Error, f.After, session.Destination, own, false),
                _ => Silent(limit),
            }, cancellation);
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
        return WalkAsync(destination, "UDP", limits, (limit, token) => UdpHopAsync(host, destination, own, limit, limits.Wait, token), cancellation);
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
        return WalkAsync(destination.Address, $"TCP SYN to port {destination.Port}", limits, async (limit, token) =>
        {
            var start = host.Time.GetTimestamp();
            var result = await host.ConnectAsync(destination, new ConnectOptions(limits.Wait) { HopLimit = limit }, token);
            var after = host.Time.GetElapsedTime(start);
            if (result is ConnectResult.Connected connected)
            {
                connected.Connection.Abort();
                await connected.Connection.DisposeAsync();
                return new PathHop(limit, destination.Address, after, IcmpMeaning.Other, null, true);
            }

            if (result is ConnectResult.Reset) return new PathHop(limit, destination.Address, after, IcmpMeaning.Other, null, true);
            if (result is ConnectResult.Refused) return Silent(limit) with { WasNotSent = true };
            var error = result is ConnectResult.Unreachable unreachable ? unreachable.Error : result.Errors is [var soft, ..] ? soft : null;
            return error is null ? Silent(limit) : OfError(limit, error, host.Time.GetElapsedTime(start, error.Timestamp), destination.Address, own, true);
        }, cancellation);
    }

    private static async Task<PathOutcome> WalkAsync(
        IpAddress destination, string method, PathLimits limits, Func<byte, CancellationToken, Task<PathHop>> probe, CancellationToken cancellation)
    {
        using var finish = CancellationTokenSource.CreateLinkedTokenSource(limits.Finish, cancellation);
        async Task<PathHop> One(byte limit)
        {
            try
            {
                return await probe(limit, finish.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return Silent(limit); // enough is known: what has not answered by now is left
            }
        }

        var found = new List<PathHop>();
        PathOutcome Outcome() => new(destination, method, Trim(found));
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

    private static async Task<PathHop> UdpHopAsync(
        INetworkHost host, IpAddress destination, IReadOnlyCollection<IpAddress> own, byte limit, TimeSpan wait, CancellationToken cancellation)
    {
        var remote = new IpEndpoint(destination, FirstUdpPort);
        var opened = await host.OpenDatagramAsync(new DatagramOptions(destination.Version) { Remote = remote }, cancellation);
        if (!opened.TryGet(out var socket, out _)) return Silent(limit) with { WasNotSent = true };
        await using (socket)
        {
            using var deadline = new Deadline(host.Time, wait, cancellation);
            var start = host.Time.GetTimestamp();
            if (await socket.SendAsync(new byte[] { limit }, null, new PacketOptions(limit), cancellation) is { } local)
                return OfError(limit, local, host.Time.GetElapsedTime(start), destination, own, false);
            try
            {
                var buffer = new byte[64];
                return await socket.ReceiveAsync(buffer, deadline.Token) switch
                {
                    DatagramEvent.Failed f => OfError(limit, f.Error, host.Time.GetElapsedTime(start, f.Error.Timestamp), destination, own, false),
                    DatagramEvent.Received r => new PathHop(limit, r.From.Address, host.Time.GetElapsedTime(start, r.Timestamp), IcmpMeaning.Other, null, true),
                    _ => Silent(limit),
                };
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                return Silent(limit);
            }
        }
    }

    private static PathHop OfError(
        byte limit, NetworkError error, TimeSpan after, IpAddress destination, IReadOnlyCollection<IpAddress> own, bool isTcp)
    {
        var meaning = error.GetMeaning(own);

        // A closed UDP port at the destination is an arrival; to a TCP SYN it is a firewall's word.
        var arrived = meaning == IcmpMeaning.PortUnreachable && !isTcp && error.Reporter?.WithZone(0) == destination.WithZone(0);
        return new PathHop(limit, error.Reporter, after, meaning, error, arrived);
    }

    private static PathHop Silent(byte limit) => new(limit, null, null, IcmpMeaning.Other, null, false);
}
