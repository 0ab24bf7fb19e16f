using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs.Up;

/// <summary><c>fathom lab up</c>: a lab in real time, with this machine as a host in it.</summary>
internal static class LabUpCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string?>("scenario") { Description = "A scenario's name, or a file.", Arity = ArgumentArity.ZeroOrOne };
        var tun = new Option<string?>("--tun") { Description = "The TUN device (IP packets) that joins them; it is made if it is not there.", HelpName = "NAME" };
        var tap = new Option<string?>("--tap") { Description = "A TAP device (Ethernet frames) instead: with ARP, neighbor discovery, router advertisements and DHCP.", HelpName = "NAME" };
        var authority = new Option<string?>("--ca") { Description = "Write the certificate of the lab's authority to this file (PEM), for curl --cacert.", HelpName = "FILE" };
        var route = new Option<string[]>("--route") { Description = "A route into the lab beside those to its networks; 0.0.0.0/0 for all.", HelpName = "PREFIX", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        var noSetup = new Option<bool>("--no-setup") { Description = "Set no addresses and routes on the device: dhclient or you will." };
        var pcap = CommandOptions.Pcap();
        var timeout = new Option<double?>("--timeout", "-t") { Description = "Stop after so many seconds.", HelpName = "SECONDS" };
        var output = CommandOptions.Output();
        var command = new Command("up", "Run a lab in real time with this machine as a host in it: its own ping, dig, curl and browser reach the lab. Takes 'break CAUSE', 'mend', 'help' from standard input meanwhile. Ctrl-C ends it.")
        {
            name, tun, tap, authority, route, noSetup, pcap, timeout, output,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output);
            Task<int> Refuse(string reason) => Task.FromResult(run.Refuse(reason));
            var (tunName, tapName) = (parsed.GetValue(tun), parsed.GetValue(tap));
            if (tunName is null == tapName is null) return Refuse("give one of --tun NAME and --tap NAME, as in --tun lab0");
            var source = parsed.GetValue(name) ?? parsed.GetValue(LabFlags.Lab) ?? BuiltInScenarios.Default;
            if (!ScenarioSource.TryRead(source, out var scenario, out var reason)) return Refuse(reason);
            var routes = new List<IpPrefix>();
            foreach (var text in parsed.GetValue(route) ?? [])
            {
                if (!IpPrefix.TryParse(text, out var prefix, out _)) return Refuse($"--route '{text}': expected a prefix, as in 198.51.100.0/24");
                routes.Add(prefix);
            }

            if (parsed.GetValue(timeout) is { } seconds and not (>= 0.001 and <= 86400)) return Refuse($"--timeout {seconds}: expected seconds from 0.001 to 86400");
            var request = new LabUpRequest(source, scenario, tunName ?? tapName!, tapName is not null)
            {
                At = parsed.GetValue(LabFlags.From),
                Seed = parsed.GetValue(LabFlags.Seed),
                Faults = parsed.GetValue(LabFlags.Fault) ?? [],
                Routes = routes,
                SetsUp = !parsed.GetValue(noSetup),
                AuthorityFile = parsed.GetValue(authority),
                Pcap = parsed.GetValue(pcap),
                Limit = parsed.GetValue(timeout) is { } most ? TimeSpan.FromSeconds(most) : null,
            };
            return new LabUpRun(run, request).RunAsync(cancellation);
        });
        return command;
    }
}
