using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Diagnosis.Internet;

/// <summary>
/// Measures loss to the target, once something hints at it. The number of probes is fixed beforehand, so that looking while it
/// runs cannot make chance look like loss.
/// </summary>
internal static class LossExperiment
{
    // With 50 probes a loss of 15 % or more is called nearly always (lower bound above 3 %), one of 2 % nearly never.
    private const int FirstSeries = 50;

    // A second, longer series decides where the first one neither shows nor excludes loss.
    private const int SecondSeries = 150;

    // Handshakes cost the server more than echoes: fewer of them.
    private const int Connections = 30;

    // The first retransmission timeout (RFC 6298 §2.1).
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(1);

    // What a busy machine adds to one measurement and not to another.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(10);

    // Linux's own limit lets six through at once (icmp_ratelimit); others allow more.
    private const int BurstOfLimit = 5;

    // 100 a second: what a host answers without limiting (Linux limits errors, not echo replies).
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(10);

    // On a slow path 100 a second are more than a modem carries, and the queue before it would lose them: no more than eight are under way at once, and ten a second are enough for anybody.
    private const int MostUnderWay = 8;
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends series of echo requests.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="reach">The echoes so far.</param>
    /// <param name="roundTrip">What a round trip takes, as far as is known.</param>
    /// <param name="wait">How long to wait for each answer.</param>
    /// <param name="cancellation">Ends the series.</param>
    public static async Task<LossObservation?> EchoAsync(ProbeContext context, ReachRun reach, TimeSpan roundTrip, TimeSpan wait, CancellationToken cancellation)
    {
        var gap = GapOf(roundTrip);
        if (reach.Session is null) return null;
        var (sent, lost, limited) = await SeriesAsync(context, reach, FirstSeries, gap, wait, cancellation);
        if (lost == sent || limited) return null; // echo is not answered at all, or by the clock: it says nothing of loss
        var first = new LossObservation(sent, lost, "echo requests", []);
        if (lost > 1 && first.LowerBound <= PathLossCause.Threshold)
        {
            var (more, moreLost, _) = await SeriesAsync(context, reach, SecondSeries, gap, wait, cancellation);
            (sent, lost) = (sent + more, lost + moreLost);
        }

        return Enter(context, reach.Address, sent, lost, "echo requests");
    }

    /// <summary>Opens connections and counts SYNs that had to be sent again; for targets that answer no echo.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="remote">To which end.</param>
    /// <param name="roundTrip">What a round trip takes, as far as is known.</param>
    /// <param name="timeout">How long each connection may take.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    public static async Task<LossObservation?> ConnectAsync(ProbeContext context, IpEndpoint remote, TimeSpan roundTrip, TimeSpan timeout, CancellationToken cancellation)
    {
        var gap = GapOf(roundTrip);
        var attempts = new List<Task<(int Sent, int Lost, TimeSpan? Took)>>();
        for (var i = 0; i < Connections; i++)
        {
            attempts.Add(OneAsync());
            await Task.Delay(gap, context.Host.Time, cancellation);
        }

        // What is answered before a second SYN can have been was not lost but late: no answer is quicker than the quickest of all. Where that one takes as long as the timer, all were late.
        var results = await Task.WhenAll(attempts);
        var quickest = results.Min(static r => r.Took);
        var latest = quickest >= FirstTimeout ? TimeSpan.MaxValue : FirstTimeout + quickest - Slack;
        var counted = results.Select(r => r.Took < latest ? (Sent: 1, Lost: 0) : (r.Sent, r.Lost)).ToArray();
        return Enter(context, remote.Address, counted.Sum(static r => r.Sent), counted.Sum(static r => r.Lost), "SYNs");

        async Task<(int Sent, int Lost, TimeSpan? Took)> OneAsync()
        {
            var begin = context.Host.Time.GetTimestamp();
            switch (await context.Host.ConnectAsync(remote, new ConnectOptions(timeout), cancellation))
            {
                case ConnectResult.Connected c:
                    var took = context.Host.Time.GetElapsedTime(begin);
                    var again = (int)(c.Connection.GetTcpInfo().Value?.Retransmissions ?? 0);
                    await c.Connection.DisposeAsync();
                    return (1 + again, again, took);
                case ConnectResult.TimedOut t:
                    var sent = 1 + (int)(t.Info?.Retransmissions ?? 0);
                    return (sent, sent, null);
                default:
                    return (0, 0, null);
            }
        }
    }

    private static async Task<(int Sent, int Lost, bool Limited)> SeriesAsync(ProbeContext context, ReachRun reach, int count, TimeSpan gap, TimeSpan wait, CancellationToken cancellation)
    {
        var probes = new List<Task<EchoOutcome?>>();
        for (var i = 0; i < count; i++)
        {
            probes.Add(reach.ProbeAsync(wait, cancellation));
            await Task.Delay(gap, context.Host.Time, cancellation);
        }

        var outcomes = await Task.WhenAll(probes);
        var lost = outcomes.Count(static o => o is not EchoOutcome.Answered);

        // A limit lets a burst through and then little: all of the first, and hardly any of the rest. Chance does not do that.
        var burst = outcomes.TakeWhile(static o => o is EchoOutcome.Answered).Count();
        return (count, lost, burst >= BurstOfLimit && lost > (count - burst) * 3 / 4);
    }

    private static TimeSpan GapOf(TimeSpan roundTrip)
    {
        var gap = roundTrip / MostUnderWay;
        return gap < Gap ? Gap : gap > LongestGap ? LongestGap : gap;
    }

    private static LossObservation Enter(ProbeContext context, IpAddress address, int sent, int lost, string what)
        => new(sent, lost, what, [context.Evidence.AddSocket($"{lost} of {sent} {what} to {address} got no answer")]);
}
