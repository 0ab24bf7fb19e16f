using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Internet.Trace;

/// <summary>
/// Traces the path to a destination: all hops at once, a steady flow where the probes allow it, samples spaced so that routers' limits on
/// ICMP errors are kept, and waits that follow the round trips seen: three times the slowest so far, never the whole
/// <see cref="TraceOptions.Wait"/> where somebody answered sooner.
/// </summary>
public static class TraceProbe
{
    private const ushort DefaultTcpPort = 80;

    /// <summary>Traces.</summary>
    /// <param name="host">The host.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="options">How.</param>
    /// <param name="observer">Told of what is known when it has changed, one at a time and ten times a second at the most; or null.</param>
    /// <param name="cancellation">Ends the trace; the outcome then tells what is known.</param>
    /// <returns>The outcome, or why the host cannot send such probes.</returns>
    public static async Task<HostResult<TraceOutcome>> RunAsync(
        INetworkHost host, IpAddress destination, TraceOptions options, Action<TraceOutcome>? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Samples is >= 1 and <= TraceOptions.MaximumSamples, true);
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.FirstHop >= 1 && options.FirstHop <= options.MaximumHops && options.MaximumHops <= 255, true);
        EchoSession? session = null;
        IHopProber? prober = null;
        try
        {
            var own = await OwnAddresses.FindAsync(host, cancellation);
            if (options.Method is TraceMethod.Automatic or TraceMethod.Echo || options.FindMtu)
            {
                var opened = await EchoSession.OpenAsync(host, destination, cancellation);
                if (opened.Refusal is { } refusal && options.Method == TraceMethod.Echo) return refusal;
                session = opened.Value;
            }

            switch (options.Method)
            {
                case TraceMethod.Tcp:
                    prober = new TcpHopProber(host, new IpEndpoint(destination, options.Port ?? DefaultTcpPort), own);
                    break;
                case TraceMethod.Automatic or TraceMethod.Echo when session is not null:
                    prober = new EchoHopProber(session, own);
                    break;
                default:
                    var flow = await UdpFlowProber.OpenAsync(host, new IpEndpoint(destination, options.Port ?? UdpHopProber.FirstPort), own, cancellation);
                    if (!flow.TryGet(out var udp, out var cannot)) return cannot;
                    prober = udp;
                    break;
            }

            var outcome = await new TraceRun(host, destination, prober, options, observer).RunAsync(cancellation);
            return options.FindMtu && outcome is { Reached: true, WasInterrupted: false }
                ? await FindMtuAsync(host, outcome, session is null ? prober : new EchoHopProber(session, own), options, cancellation)
                : outcome;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new TraceOutcome(destination, prober?.Method ?? string.Empty, prober?.Flow ?? string.Empty, [], TimeSpan.Zero, true);
        }
        finally
        {
            if (prober is not null) await prober.DisposeAsync();
            if (session is not null) await session.DisposeAsync();
        }
    }

    private static async Task<TraceOutcome> FindMtuAsync(INetworkHost host, TraceOutcome outcome, IHopProber prober, TraceOptions options, CancellationToken cancellation)
    {
        var start = host.Time.GetTimestamp();
        var route = (await host.FindRouteAsync(outcome.Destination, cancellation)).Value;
        var link = (await host.GetInterfacesAsync(cancellation)).Value?.FirstOrDefault(i => i.Index == route?.InterfaceIndex)?.Mtu;

        // Large packets take longer than small ones, and a silent one is asked three times: a little more than the trace's own patience.
        var slowest = outcome.Hops.Max(static h => h.Worst) ?? 0;
        var wait = TimeSpan.FromMilliseconds(Math.Clamp(2 * TraceRun.Patience(slowest, options.Wait).TotalMilliseconds, 0, options.Wait.TotalMilliseconds));
        try
        {
            var mtu = await PathMtuProbe.RunAsync(prober, outcome.Destination.Version, link ?? TraceRun.UsualMtu, outcome.Hops.Count, wait, cancellation);
            return outcome with { Mtu = mtu, Duration = outcome.Duration + host.Time.GetElapsedTime(start) };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return outcome with { WasInterrupted = true };
        }
    }
}
