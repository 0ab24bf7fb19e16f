using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Internet;

/// <summary>Measures round trips to the target, once something hints at long ones. Late answers count: waiting is what is measured.</summary>
internal static class LatencyExperiment
{
    // Enough for nine of ten to mean something.
    private const int Echoes = 20;

    // Handshakes cost the server more than echoes: fewer of them.
    private const int Connections = 10;

    // Apart by more than the other packets of the check fill a slow link.
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Sends echo requests, or where none is answered opens connections.</summary>
    /// <returns>The round trips; null where there are none.</returns>
    public static async Task<LatencyObservation?> RunAsync(ProbeContext context, ReachRun reach, IpEndpoint remote, CancellationToken cancellation)
    {
        var echoes = await SeriesAsync(context, reach.Session is null ? 0 : Echoes, async () => (await reach.ProbeAsync(Patience, cancellation) as EchoOutcome.Answered)?.RoundTrip, cancellation);
        if (echoes.Count > Echoes / 2) return Enter(context, remote, echoes, "echo requests");
        var handshakes = await SeriesAsync(context, Connections, () => ConnectAsync(context, remote, cancellation), cancellation);
        return handshakes.Count > Connections / 2 ? Enter(context, remote, handshakes, "TCP handshakes") : null;
    }

    private static async Task<IReadOnlyList<TimeSpan>> SeriesAsync(ProbeContext context, int count, Func<Task<TimeSpan?>> probe, CancellationToken cancellation)
    {
        var probes = new List<Task<TimeSpan?>>();
        for (var i = 0; i < count; i++)
        {
            probes.Add(probe());
            await Task.Delay(Gap, context.Host.Time, cancellation);
        }

        return [.. (await Task.WhenAll(probes)).OfType<TimeSpan>()];
    }

    private static async Task<TimeSpan?> ConnectAsync(ProbeContext context, IpEndpoint remote, CancellationToken cancellation)
    {
        var start = context.Host.Time.GetTimestamp();
        if (await context.Host.ConnectAsync(remote, new ConnectOptions(Patience), cancellation) is not ConnectResult.Connected { Connection: var connection }) return null;
        var trip = context.Since(start);

        // A SYN that was sent again measures a timer, not the path.
        var isClean = connection.GetTcpInfo().Value is not { Retransmissions: > 0 };
        await connection.DisposeAsync();
        return isClean ? trip : null;
    }

    private static LatencyObservation Enter(ProbeContext context, IpEndpoint remote, IReadOnlyList<TimeSpan> trips, string what)
    {
        var seen = new LatencyObservation(trips, what, []);
        return seen with { Evidence = [context.Evidence.AddSocket($"{trips.Count} {what} to {remote.Address}: {Text.Ms(seen.Shortest)} at the least, nine of ten within {Text.Ms(seen.Usual)}, {Text.Ms(trips.Max())} at the most")] };
    }
}
