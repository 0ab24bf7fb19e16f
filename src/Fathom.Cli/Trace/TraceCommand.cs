using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Probes.Internet.Trace;

namespace Fathom.Cli.Trace;

/// <summary><c>fathom trace</c>, with traceroute(8)'s letters.</summary>
internal static class TraceCommand
{
    // mtr's ten.
    private const int ReportSamples = 10;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var host = new Argument<string>("host") { Description = "Name or address." };
        var numeric = new Option<bool>("-n") { Description = "Do not ask for names." };
        var first = new Option<int>("-f", "--first") { Description = "First hop.", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var most = new Option<int>("-m", "--max") { Description = "Last hop, to 255.", DefaultValueFactory = static _ => 30, HelpName = "N" };
        var queries = new Option<int?>("-q", "-c", "--queries") { Description = "Probes for each hop (3; with --report 10). More than 3 are spaced, as routers limit their answers.", HelpName = "N" };
        var wait = new Option<double>("-w", "--wait") { Description = "Seconds to wait for an answer at the most; usually three times the slowest seen.", DefaultValueFactory = static _ => 3, HelpName = "SECONDS" };
        var icmp = new Option<bool>("-I", "--icmp") { Description = "Probe with ICMP echo: the default where permitted." };
        var tcp = new Option<bool>("-T", "--tcp") { Description = "Probe with TCP SYNs." };
        var udp = new Option<bool>("-U", "--udp") { Description = "Probe with UDP." };
        var port = new Option<int?>("-p", "--port") { Description = "Destination port for -T (80) and -U (33434).", HelpName = "PORT" };
        var mtu = new Option<bool>("-F", "--mtu") { Description = "Find the path MTU and who limits it." };
        var report = new Option<bool>("--report") { Description = "Statistics for each hop, as mtr has them." };
        var (v4, v6, output, explain, equivalent) = (CommandOptions.V4(), CommandOptions.V6(), CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("trace", "Show the routers on the way to a host, all hops at once, and read what it means.")
        {
            host, numeric, first, most, queries, wait, icmp, tcp, udp, port, mtu, report, v4, v6, output, explain, equivalent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            var name = parsed.GetValue(host)!;
            if (HostAddress.Refuse(name, version) is { } reason) return run.Refuse(reason);
            var methods = new List<TraceMethod>();
            if (parsed.GetValue(icmp)) methods.Add(TraceMethod.Echo);
            if (parsed.GetValue(tcp)) methods.Add(TraceMethod.Tcp);
            if (parsed.GetValue(udp)) methods.Add(TraceMethod.Udp);
            if (methods.Count > 1) return run.Refuse("-I, -T and -U exclude each other; give one of them, or none");
            var method = methods.FirstOrDefault();
            var (from, to) = (parsed.GetValue(first), parsed.GetValue(most));
            if (to is < 1 or > 255) return run.Refuse($"-m {to}: expected a hop from 1 to 255");
            if (from < 1 || from > to) return run.Refuse($"-f {from}: expected a hop from 1 to {to}");
            var samples = parsed.GetValue(queries) ?? (parsed.GetValue(report) ? ReportSamples : 3);
            if (samples is < 1 or > TraceOptions.MaximumSamples) return run.Refuse($"-q {samples}: expected a number from 1 to {TraceOptions.MaximumSamples}");
            var seconds = parsed.GetValue(wait);
            if (seconds is not (>= 0.01 and <= 60)) return run.Refuse(string.Create(CultureInfo.InvariantCulture, $"-w {seconds}: expected seconds from 0.01 to 60"));
            if (parsed.GetValue(port) is < 1 or > 65535) return run.Refuse($"-p {parsed.GetValue(port)}: expected a port from 1 to 65535");
            if (parsed.GetValue(port) is not null && method is not (TraceMethod.Tcp or TraceMethod.Udp)) return run.Refuse("-p needs -T or -U: ICMP has no ports");
            var options = new TraceOptions
            {
                Method = method,
                Port = (ushort?)parsed.GetValue(port),
                FirstHop = from,
                MaximumHops = to,
                Samples = samples,
                Wait = TimeSpan.FromSeconds(seconds),
                FindMtu = parsed.GetValue(mtu),
            };
            return await new TraceRunner(run, options, version, !parsed.GetValue(numeric), parsed.GetValue(report)).RunAsync(name, cancellation);
        });
        return command;
    }
}
