using Fathom.Hosts.Internet;
using Fathom.Probes;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Internet;

/// <summary>Finds out how far packets get on the way to an address that does not answer.</summary>
internal static class PathAnalyzer
{
    // A router that is going to answer does so within this time on any path that people use.
    private static readonly TimeSpan HopWait = TimeSpan.FromSeconds(1);

    /// <summary>Walks with what the host may send, nearest to the failed traffic first, all at once.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="subject">The address.</param>
    /// <param name="tcpPort">The port whose SYN got no answer, or null.</param>
    /// <param name="reach">The echoes so far.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="cancellation">Ends the analysis.</param>
    public static async Task<PathAnalysis> RunAsync(
        ProbeContext context, Subject subject, ushort? tcpPort, ReachRun reach, IReadOnlyCollection<IpAddress> own, CancellationToken cancellation)
    {
        var limits = new PathLimits(HopWait);
        var alive = reach.IsAliveAsync(cancellation);
        var walks = new List<Task<PathOutcome>>();
        if (tcpPort is { } port) walks.Add(PathProbe.TcpAsync(context.Host, new IpEndpoint(subject.Address, port), own, limits, cancellation));
        walks.Add(PathProbe.UdpAsync(context.Host, subject.Address, own, limits, cancellation));
        var gateway = subject.Route?.Gateway is { } g ? AnswersAsync(context, g, own, cancellation) : null;
        var outcomes = await Task.WhenAll(walks);
        await alive;
        bool? gatewayAnswers = gateway is null ? null : await gateway;
        var observed = reach.Observe();
        var evidence = outcomes.Select(w => context.Evidence.AddSocket($"hop-limited {w.Method} to {subject.Address}: {Describe(w)}")).ToList();
        if (gatewayAnswers is { } answers) evidence.Add(context.Evidence.AddSocket($"gateway {subject.Route!.Gateway}: {(answers ? "answers packets sent to itself" : "gives no answer to packets sent to itself")}"));
        evidence.AddRange(context.Packets.FindIcmp(subject.Address));
        return new PathAnalysis(subject, observed, outcomes, gatewayAnswers, evidence);
    }

    // The end of the path is where it breaks; the whole of it is among the stage's facts.
    private const int ShownHops = 3;

    /// <summary>The last hops as a line: "… 2 silent, 3 10.9.0.1 (target)".</summary>
    public static string Describe(PathOutcome walk) => walk.Hops.Count == 0 || walk.LastAnswer is null
        ? "no hop answered"
        : (walk.Hops.Count > ShownHops ? "… " : string.Empty) + string.Join(", ", walk.Hops.TakeLast(ShownHops).Select(static h => h.Address is null ? $"{h.HopLimit} silent"
            : $"{h.HopLimit} {h.Address}{(h.IsDestination ? " (target)" : h.Meaning is IcmpMeaning.HopLimitExceeded ? string.Empty : $" ({h.Error?.Describe()})")}"));

    /// <summary>Does a node answer packets that are addressed to itself? An echo, or a port unreachable, says so.</summary>
    public static async Task<bool> AnswersAsync(ProbeContext context, IpAddress node, IReadOnlyCollection<IpAddress> own, CancellationToken cancellation)
    {
        context.Packets.Watch(node);
        await using var echo = await ReachRun.StartAsync(context, node, cancellation);

        // One UDP probe to a closed port, with an ordinary hop limit: the same walk, cut to its last step.
        var udp = PathProbe.UdpAsync(context.Host, node, own, new PathLimits(HopWait) { Hops = 1 }, cancellation);
        var alive = echo.IsAliveAsync(cancellation);
        return await alive || (await udp).Reached;
    }
}
