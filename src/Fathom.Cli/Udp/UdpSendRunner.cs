using Fathom.Cli.Check;
using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Internet;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Udp;

/// <summary>Runs <c>fathom udp send</c>.</summary>
internal sealed class UdpSendRunner(CommandRun run, UdpSendRequest request)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Complain("interrupted before anything was sent", ExitStatus.Unknown);
        }
    }

    private async Task<int> SendAsync(CancellationToken cancellation)
    {
        var log = new EvidenceLog(run.Host.Time);
        var (addresses, status) = await HostAddress.FindAllAsync(run, ProbeContext.WithoutCapture(run.Host), request.Host, request.Version, cancellation);
        if (addresses.Count == 0) return status;
        // UDP tells of no address whether it is the right one: the first is taken, of IPv4 and IPv6 the one that has a route.
        var remote = new IpEndpoint(await HostAddress.ChooseAsync(run.Host, addresses, cancellation), request.Port);
        if (TooLong(remote.Address.Version) is { } reason) return run.Refuse(reason);
        var isGroup = await IsGroupAsync(remote.Address, cancellation);
        if (isGroup && !request.AllowGroups)
            return run.Refuse($"{remote.Address} is a {(remote.Address.IsMulticast ? "multicast" : "broadcast")} address: many hosts would get the datagram, and all may answer. --broadcast allows it");

        await using var evidence = await PacketEvidence.OpenAsync(run.Host, request.PcapFile, cancellation);
        if (evidence.FileError is { } unwritable) return run.Refuse($"--pcap: {unwritable}");
        if (request.PcapFile is not null && evidence.Refusal is { } nothing) run.Complain($"--pcap: nothing can be captured: {nothing.Reason}", ExitStatus.Good);
        var context = new ProbeContext(run.Host, log, new PacketRecorder(evidence.Store, log));
        var opened = await DatagramExchange.OpenAsync(context, remote, isGroup, request.BufferSize, cancellation);
        if (!opened.TryGet(out var exchange, out var refusal)) return run.CannotTell(refusal);
        await using (exchange)
        {
            var report = new UdpSendReport(exchange.Local, remote, request.Payload) { CaptureRefusal = evidence.Refusal?.Reason };
            var text = new UdpSendText(run, request);
            await RepeatAsync(exchange, report, text, cancellation);
            text.WriteEnd(report);
            if (run.Format == OutputFormat.Json) run.WriteJson(UdpSendJson.Schema, writer => UdpSendJson.Write(writer, report));
            return StatusOf(report);
        }
    }

    private async Task RepeatAsync(DatagramExchange exchange, UdpSendReport report, UdpSendText text, CancellationToken cancellation)
    {
        try
        {
            for (var number = 1; number <= request.Count; number++)
            {
                var start = run.Host.Time.GetTimestamp();
                var outcome = await exchange.RunAsync(request.Payload, request.Wait, cancellation);
                report.Local = exchange.Local; // known once there is a route
                report.Captured ??= exchange.FindSent(request.Payload);
                report.Outcomes.Add(outcome);
                if (run.IsText) text.Write(report, number, outcome);
                else if (run.Format == OutputFormat.Ndjson) run.WriteJson(UdpSendJson.Schema, writer => UdpSendJson.WriteOne(writer, report, number, outcome));
                var pause = request.Interval - run.Host.Time.GetElapsedTime(start);
                if (number < request.Count && pause > TimeSpan.Zero) await Task.Delay(pause, run.Host.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            report.Interrupted = true;
        }
    }

    private async Task<bool> IsGroupAsync(IpAddress address, CancellationToken cancellation)
    {
        if (address.IsMulticast || address == IpAddress.FromV4(uint.MaxValue)) return true;
        return (await run.Host.FindRouteAsync(address, cancellation)).Value?.Kind == RouteKind.Broadcast;
    }

    private string? TooLong(IpVersion version)
    {
        var most = DatagramExchange.MaximumPayload(version);
        if (request.Payload.Length <= most) return null;
        return version == IpVersion.V6
            ? $"the payload has more than {most} octets: the 16-bit length of UDP counts 65,535, 8 of them header"
            : $"the payload has more than {most} octets: the 16-bit length of IPv4 counts 65,535, 20 of them IPv4 header and 8 UDP header";
    }

    private static int StatusOf(UdpSendReport report)
    {
        if (report.Outcomes.Count == 0) return ExitStatus.Unknown;
        return report.Outcomes.Any(static o => o is DatagramExchangeOutcome.Answered or DatagramExchangeOutcome.Sent) ? ExitStatus.Good : ExitStatus.Broken;
    }
}
