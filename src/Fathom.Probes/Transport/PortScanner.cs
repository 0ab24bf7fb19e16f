using System.Globalization;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>
/// Tries the TCP ports of a host by connecting, as any program does: no privilege, no forged segments. Each result says what came back.
/// Scan only hosts that are yours, or whose owner agrees.
/// </summary>
/// <param name="context">Host and evidence.</param>
/// <param name="options">How.</param>
public sealed class PortScanner(ProbeContext context, PortScanOptions options)
{
    // A Linux host sends six ICMP errors to a peer at once and then one a second (icmp_ratelimit, XRLIM_BURST_FACTOR): of many
    // rejected ports most stay silent. A silent port is therefore tried once more alone, at that pace.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(1100);

    // At one a second, so many hold a scan up by half a minute. Beyond it the result says that it could be the other thing.
    private const int PacedLimit = 30;

    // The round trip of an attempt that the kernel's own retransmission (after one second) may have answered is ambiguous (Karn, RFC 6298 §3).
    private static readonly TimeSpan Ambiguous = TimeSpan.FromMilliseconds(950);

    private readonly ScanTimeout _timeout = new(options);
    private IReadOnlyCollection<IpAddress> _own = [];

    /// <summary>Tries the ports.</summary>
    /// <param name="address">The host.</param>
    /// <param name="ports">The ports; one that comes twice is tried once.</param>
    /// <param name="found">Is given each result when it is final; may be null.</param>
    /// <param name="cancellation">Ends the scan with what is known: the ports left are not in the result.</param>
    /// <returns>The results, by port.</returns>
    public async Task<IReadOnlyList<PortResult>> ScanAsync(IpAddress address, IEnumerable<ushort> ports, Action<PortResult>? found, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ports);
        context.Packets.Watch(address);
        var results = new SortedDictionary<ushort, PortResult>();
        try
        {
            var interfaces = await context.Host.GetInterfacesAsync(cancellation);
            _own = [.. (interfaces.Value ?? []).SelectMany(static i => i.Addresses).Select(static a => a.Address.WithZone(0))];
            await ScanAllAsync(address, [.. ports.Distinct()], results, found, cancellation);
            await PaceAsync(results, found, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is known is the answer.
        }

        return [.. results.Values];
    }

    private async Task ScanAllAsync(IpAddress address, IReadOnlyList<ushort> ports, SortedDictionary<ushort, PortResult> results, Action<PortResult>? found, CancellationToken cancellation)
    {
        var running = new HashSet<Task<PortResult>>();
        var next = 0;
        while (next < ports.Count || running.Count > 0)
        {
            while (next < ports.Count && running.Count < options.Concurrency)
                running.Add(TryAsync(new IpEndpoint(address, ports[next++]), cancellation));
            var done = await Task.WhenAny(running);
            running.Remove(done);
            var result = await done;
            results[result.Endpoint.Port] = result;
            // A silent one may yet be found to be prohibited.
            if (result.State != PortState.Filtered) found?.Invoke(result);
        }
    }

    private async Task PaceAsync(SortedDictionary<ushort, PortResult> results, Action<PortResult>? found, CancellationToken cancellation)
    {
        var silent = results.Values.Where(static r => r.State == PortState.Filtered).ToArray();
        var somebodyReports = results.Values.Any(static r => r.State == PortState.Prohibited);
        for (var i = 0; i < silent.Length; i++)
        {
            var result = silent[i];
            if (somebodyReports)
            {
                if (i < PacedLimit)
                {
                    await Task.Delay(ReportInterval, context.Host.Time, cancellation);
                    var again = await TryOnceAsync(result.Endpoint, ReportInterval, result.Attempts + 1, cancellation);
                    if (again.State != PortState.Unknown) result = again;
                }
                else
                {
                    result = result with { Otherwise = "prohibited: other ports were rejected by ICMP, which hosts send about once a second" };
                }

                results[result.Endpoint.Port] = result;
            }

            found?.Invoke(result);
        }
    }

    private async Task<PortResult> TryAsync(IpEndpoint endpoint, CancellationToken cancellation)
    {
        PortResult result;
        var attempt = 0;
        do
        {
            result = await TryOnceAsync(endpoint, _timeout.For(attempt), attempt + 1, cancellation);
            attempt++;
        }
        while (result.State == PortState.Filtered && attempt <= options.Retries);
        return result;
    }

    private async Task<PortResult> TryOnceAsync(IpEndpoint endpoint, TimeSpan timeout, int attempt, CancellationToken cancellation)
    {
        var outcome = await ConnectProbe.RunAsync(context, endpoint, new ConnectOptions(timeout), cancellation);
        var answered = outcome.Result is ConnectResult.Connected or ConnectResult.Reset;
        if (answered && outcome.Duration < Ambiguous) _timeout.Add(outcome.Duration);
        // Closed by RST: an open port is not left in TIME-WAIT here, and the service sees at once that nobody is there.
        outcome.Connection?.Abort();
        var (state, reason, otherwise) = Judge(outcome.Result, attempt);
        return new PortResult(endpoint, state, reason, attempt, outcome.Evidence)
        {
            RoundTrip = answered || state == PortState.Prohibited ? outcome.Duration : null,
            Otherwise = otherwise,
        };
    }

    private (PortState State, string Reason, string? Otherwise) Judge(ConnectResult result, int attempts) => result switch
    {
        ConnectResult.Connected => (PortState.Open, "SYN, ACK", null),
        ConnectResult.Reset => (PortState.Refused, "RST", null),
        ConnectResult.Unreachable u => Judge(u.Error),
        ConnectResult.TimedOut => (PortState.Filtered, string.Create(CultureInfo.InvariantCulture, $"no answer to {attempts} {(attempts == 1 ? "try" : "tries")}"), "a host that is not there, or packets that were lost"),
        ConnectResult.Refused r => (PortState.Unknown, r.Refusal.Reason, null),
        _ => (PortState.Unknown, "no result", null),
    };

    private (PortState State, string Reason, string? Otherwise) Judge(NetworkError error) => (error.GetMeaning(_own) switch
    {
        // A TCP that has no listener answers RST (RFC 9293 §3.10.7.1): port unreachable is a filter's word.
        IcmpMeaning.PortUnreachable or IcmpMeaning.Prohibited => PortState.Prohibited,
        IcmpMeaning.LocallyProhibited => PortState.Unknown,
        _ => PortState.Unreachable,
    }, error.Describe(), null);
}
