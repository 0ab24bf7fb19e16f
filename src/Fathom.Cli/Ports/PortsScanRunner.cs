using Fathom.Cli.Check;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Spectre.Console;

namespace Fathom.Cli.Ports;

/// <summary>Runs <c>fathom ports scan</c>.</summary>
internal sealed class PortsScanRunner(CommandRun run, string host, IpVersion? version, IReadOnlyList<ushort> ports, PortScanOptions options, bool all, string? pcapFile)
{
    private const string Schema = "fathom.ports.scan/1";

    // More ports of one state than this are one line: what differs is what one wants to see.
    private const int ListedPorts = 10;

    private int _done;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await ScanAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Complain("interrupted before anything was tried", ExitStatus.Unknown);
        }
    }

    private async Task<int> ScanAsync(CancellationToken cancellation)
    {
        // Without a file nothing is captured: a scan of all ports would hold every packet for nothing.
        await using var evidence = pcapFile is null ? null : await PacketEvidence.OpenAsync(run.Host, pcapFile, cancellation);
        if (evidence?.FileError is { } unwritable) return run.Refuse($"--pcap: {unwritable}");
        if (evidence?.Refusal is { } nothing) run.Complain($"--pcap: nothing can be captured: {nothing.Reason}", ExitStatus.Good);
        var log = new EvidenceLog(run.Host.Time);
        var context = new ProbeContext(run.Host, log, new PacketRecorder(evidence?.Store, log));
        var (addresses, status) = await HostAddress.FindAllAsync(run, context, host, version, cancellation);
        if (addresses.Count == 0) return status;
        var address = await HostAddress.ChooseAsync(run.Host, addresses, cancellation);
        IReadOnlyList<IpAddress> others = [.. addresses.Where(a => a != address)];
        var start = run.Host.Time.GetTimestamp();
        var results = await new PortScanner(context, options).ScanAsync(address, ports, Found, cancellation);
        var duration = run.Host.Time.GetElapsedTime(start);
        ClearProgress();
        var isCut = cancellation.IsCancellationRequested;
        if (run.IsText) Write(address, others, results, duration, isCut);
        else if (run.Format == OutputFormat.Json) WriteDocument(address, others, results, log, duration, isCut);
        run.WriteAside(Explain(results), $"nmap -sT -Pn -p {string.Join(',', ports.Take(8))}{(ports.Count > 8 ? ",…" : string.Empty)} --reason {address}");
        if (results.Count == 0 || results.All(static r => r.State == PortState.Unknown)) return ExitStatus.Unknown;
        return results.All(static r => r.State == PortState.Unreachable) ? ExitStatus.Broken : ExitStatus.Good;
    }

    private void Found(PortResult result)
    {
        _done++;
        if (run.Format == OutputFormat.Ndjson)
        {
            run.WriteJson(Schema, writer =>
            {
                writer.WriteString("host", host);
                writer.WriteString("address", result.Endpoint.Address.ToString());
                WriteResult(writer, result, null);
            });
        }
        else if (run.IsText && HasProgress && (_done % 16 == 0 || _done == ports.Count))
        {
            run.Errors.Write($"\r{_done} of {ports.Count} ports ");
        }
    }

    private static bool HasProgress => !System.Console.IsErrorRedirected && !System.Console.IsOutputRedirected;

    private void ClearProgress()
    {
        if (run.IsText && HasProgress && _done > 0) run.Errors.Write("\r" + new string(' ', 40) + "\r");
    }

    private void Write(IpAddress address, IReadOnlyList<IpAddress> others, IReadOnlyList<PortResult> results, TimeSpan duration, bool isCut)
    {
        var name = host == address.ToString() ? host : $"{host} ({address})";
        run.Console.WriteLine($"{name}: {Amount.Count(results.Count, "port", "ports")}{(isCut ? $" of {ports.Count}, interrupted" : string.Empty)} in {Amount.Time(duration)}");
        if (others.Count > 0) run.Console.WriteLine($"  not scanned: {string.Join(", ", others)}, which {host} is, too; each address has ports of its own");
        var groups = results.GroupBy(static r => r.State).ToArray();
        var hidden = all ? [] : groups.Where(static g => g.Key != PortState.Open && g.Count() > ListedPorts).ToArray();
        var shown = results.Where(r => !hidden.Any(g => g.Key == r.State)).ToArray();
        if (shown.Length > 0)
        {
            run.Console.WriteLine();
            run.Console.Write(Listing.Columns(["port", "service", "state", "ms", "because"], shown.Select(static r => new[]
            {
                Amount.Number(r.Endpoint.Port),
                PortRegistry.NameOf(r.Endpoint.Port, "tcp") ?? "-",
                Word(r.State),
                r.RoundTrip is { } time ? Amount.Milliseconds(time) : "-",
                r.Reason,
            })));
        }

        var doubts = results.Where(static r => r.Otherwise is not null).GroupBy(static r => (r.State, r.Otherwise)).ToArray();
        if (hidden.Length + doubts.Length > 0) run.Console.WriteLine();
        foreach (var group in hidden)
        {
            var reasons = group.GroupBy(static r => r.Reason).OrderByDescending(static g => g.Count()).Select(g => g.Count() == group.Count() ? g.Key : $"{g.Key} ({g.Count()})").Take(3);
            run.Console.WriteLine($"  {Amount.Count(group.Count(), "port", "ports")} {Word(group.Key)}: {string.Join(", ", reasons)}");
        }

        foreach (var doubt in doubts)
            run.Console.WriteLine($"  {Word(doubt.Key.State)} could also be {doubt.Key.Otherwise}");
        if (hidden.Length > 0) run.Console.WriteLine("  --all lists them.");
    }

    private void WriteDocument(IpAddress address, IReadOnlyList<IpAddress> others, IReadOnlyList<PortResult> results, EvidenceLog log, TimeSpan duration, bool isCut) => run.WriteJson(Schema, writer =>
    {
        writer.WriteString("host", host);
        writer.WriteString("address", address.ToString());
        if (others.Count > 0)
        {
            writer.WriteStartArray("notScanned");
            foreach (var other in others) writer.WriteStringValue(other.ToString());
            writer.WriteEndArray();
        }

        writer.WriteNumber("asked", ports.Count);
        if (isCut) writer.WriteBoolean("interrupted", true);
        writer.WriteMilliseconds("ms", duration);
        var summaries = log.Items.ToDictionary(static i => i.Id, static i => i.Summary);
        writer.WriteStartArray("ports");
        foreach (var result in results)
        {
            writer.WriteStartObject();
            WriteResult(writer, result, summaries);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void WriteResult(System.Text.Json.Utf8JsonWriter writer, PortResult result, Dictionary<string, string>? summaries)
    {
        writer.WriteNumber("port", result.Endpoint.Port);
        if (PortRegistry.NameOf(result.Endpoint.Port, "tcp") is { } service) writer.WriteString("service", service);
        writer.WriteString("state", Word(result.State));
        writer.WriteString("reason", result.Reason);
        if (result.Otherwise is { } otherwise) writer.WriteString("otherwise", otherwise);
        writer.WriteNumber("attempts", result.Attempts);
        if (result.RoundTrip is { } time) writer.WriteMilliseconds("roundTripMs", time);
        writer.WriteStartArray("evidence");
        foreach (var id in result.Evidence) writer.WriteStringValue(summaries?.GetValueOrDefault(id) is { } summary ? $"{id}: {summary}" : id);
        writer.WriteEndArray();
    }

    private static string Word(PortState state) => state.ToString().ToLowerInvariant();

    private static string Explain(IReadOnlyList<PortResult> results)
    {
        var states = results.Select(static r => r.State).ToHashSet();
        var sentences = new List<string> { "Each port got a SYN, as from any program that connects." };
        if (states.Contains(PortState.Open)) sentences.Add("Open: a SYN-ACK came, so a program accepts connections; the scan closed each by RST.");
        if (states.Contains(PortState.Refused)) sentences.Add("Refused: an RST came; the machine is there, and nothing listens.");
        if (states.Contains(PortState.Filtered)) sentences.Add("Filtered: nothing came, in several tries that each waited longer; a filter drops in silence, or no machine is there.");
        if (states.Contains(PortState.Prohibited)) sentences.Add("Prohibited: an ICMP message came instead of a segment; a filter rejects, and the reason names who sent it.");
        if (states.Contains(PortState.Unreachable)) sentences.Add("Unreachable: the SYN did not get to the machine; this says nothing of its ports.");
        return string.Join(' ', sentences);
    }
}
