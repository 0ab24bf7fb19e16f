using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Probes.Transport;

namespace Fathom.Cli.Ports;

/// <summary><c>fathom ports scan</c>: tries the ports of a host by connecting, and says what came back.</summary>
internal static class PortsScanCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var host = new Argument<string>("host") { Description = "Name or address. Scan only what is yours, or whose owner agrees." };
        var ports = new Argument<string?>("ports") { Description = "22,80,8000-8100,https; - is all. Default: the registered services.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "List every port, also those that many share a state with." };
        var timeout = new Option<double>("--timeout", "-t") { Description = "The longest wait for one try, in seconds; answers that come make it shorter.", DefaultValueFactory = static _ => 3, HelpName = "SECONDS" };
        var retries = new Option<int>("--retries") { Description = "How often a silent port is tried again.", DefaultValueFactory = static _ => 2, HelpName = "N" };
        var concurrency = new Option<int>("--concurrency") { Description = "Ports tried at once.", DefaultValueFactory = static _ => 64, HelpName = "N" };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent, pcap) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent(), CommandOptions.Pcap());
        var command = new Command("scan", "Tell open, refused, filtered and prohibited TCP ports of a host apart, with the reason.")
        {
            host, ports, all, timeout, retries, concurrency, v4, v6, output, explain, equivalent, pcap,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version) || !run.TryGetTimeout(parsed, timeout, out var patience)) return Task.FromResult(ExitStatus.Usage);
            var list = PortList.WellKnown;
            if (parsed.GetValue(ports) is { } text && !PortList.TryParse(text, out list, out var fault)) return Task.FromResult(run.Refuse(fault));
            if (parsed.GetValue(retries) is not (>= 0 and <= 10)) return Task.FromResult(run.Refuse($"--retries {parsed.GetValue(retries)}: expected a number from 0 to 10"));
            if (parsed.GetValue(concurrency) is not (>= 1 and <= 512)) return Task.FromResult(run.Refuse($"--concurrency {parsed.GetValue(concurrency)}: expected a number from 1 to 512"));
            var options = new PortScanOptions
            {
                Concurrency = parsed.GetValue(concurrency),
                Retries = parsed.GetValue(retries),
                MaximumTimeout = patience,
                InitialTimeout = patience < TimeSpan.FromSeconds(1) ? patience : TimeSpan.FromSeconds(1),
            };
            return new PortsScanRunner(run, parsed.GetValue(host)!, version, list, options, parsed.GetValue(all), parsed.GetValue(pcap)).RunAsync(cancellation);
        });
        return command;
    }
}
