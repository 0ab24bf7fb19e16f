using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary>One host, a line for each answer as it comes, and the summary.</summary>
internal sealed class OnePing(CommandRun run, PingRequest request)
{
    // A document is one object in memory: what is longer belongs into ndjson.
    private const int MaximumEvents = 10_000;

    private readonly List<PingEvent> _events = [];

    /// <summary>Pings and writes. Returns the exit status.</summary>
    public async Task<int> RunAsync(string host, CancellationToken cancellation)
    {
        var (found, status) = await HostAddress.FindAsync(run, host, request.Version, cancellation);
        if (found is not { } address) return status;
        string? name = null;
        if (request.Names && (await ReverseNames.FindAsync(ProbeContext.WithoutCapture(run.Host), [address], cancellation)).TryGetValue(address, out var reverse)) name = TextSanitizer.Escape(reverse);
        var options = request.Options;
        if (options.Source is { } source && source.Version != address.Version) return run.Refuse($"-I {source}: expected an IPv{(int)address.Version} address, as {address} is one");
        var headers = address.IsV6 ? 48 : 28;
        if (run.IsText) Write($"PING {TextSanitizer.Escape(host)}{(host == address.ToString() ? string.Empty : $" ({address})")}: {options.DataLength} octets of data, {options.DataLength + headers} with headers");
        var result = await PingSeries.RunAsync(run.Host, address, options, e => OnEvent(address, name, e), cancellation);
        if (!result.TryGet(out var report, out var refusal)) return run.CannotTell(refusal);
        var statistics = report.Statistics;
        if (run.IsText) WriteSummary(host, report);
        else PingJson.WriteReport(run, host, report, run.Format == OutputFormat.Json ? _events : []);
        run.WriteAside(PingExplanation.Of(host, report, options), Equivalent(address, options));
        // Interrupted before anything could be waited for: nothing is known.
        return statistics.Received > 0 ? ExitStatus.Good : statistics.Sent == 0 ? ExitStatus.Unknown : ExitStatus.Broken;
    }

    private static string Equivalent(IpAddress address, PingOptions options)
    {
        var invariant = CultureInfo.InvariantCulture;
        return "ping -n"
            + (options.Count is { } count ? string.Create(invariant, $" -c {count}") : string.Empty)
            + (options.Interval != TimeSpan.FromSeconds(1) ? string.Create(invariant, $" -i {options.Interval.TotalSeconds}") : string.Empty)
            + (options.IsAdaptive ? " -A" : string.Empty)
            + (options.TellsOutstanding ? " -O" : string.Empty)
            + (options.DataLength != 56 ? string.Create(invariant, $" -s {options.DataLength}") : string.Empty)
            + (options.Packet.HopLimit is { } ttl ? string.Create(invariant, $" -t {ttl}") : string.Empty)
            + (options.Packet.DontFragment ? " -M do" : options.Packet.MayBeFragmented ? " -M dont" : string.Empty)
            + $" {address}";
    }

    private void OnEvent(IpAddress address, string? name, PingEvent happened)
    {
        if (run.Format == OutputFormat.Ndjson && !request.Quiet) PingJson.WriteEvent(run, address, happened);
        if (run.Format == OutputFormat.Json && _events.Count < MaximumEvents) _events.Add(happened);
        if (run.IsText && !request.Quiet) Write(PingText.Line(address, name, happened));
    }

    private void WriteSummary(string host, PingReport report)
    {
        if (!request.Quiet || report.Statistics.Sent > 0) Write(string.Empty);
        Write($"--- {TextSanitizer.Escape(host)} ping statistics ---");
        foreach (var line in PingText.Summary(report)) Write(line);
    }

    private void Write(string line)
    {
        run.Output.WriteLine(line);
        run.Output.Flush();
    }
}
