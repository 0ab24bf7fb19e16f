using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ports;

/// <summary><c>fathom ports</c>: what listens here and which program it is, what a port is registered for, and a scan.</summary>
internal static class PortsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var names = new Argument<string[]>("port") { Description = "Ports or service names to look up in the registry; - reads them from standard input.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Connections, too, in all states." };
        var tcp = new Option<bool>("--tcp") { Description = "TCP only." };
        var udp = new Option<bool>("--udp", "-u") { Description = "UDP only." };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("ports", "Show what listens here and which program, or look ports up in the registry.")
        {
            names, all, tcp, udp, v4, v6, output, explain, equivalent, PortsScanCommand.Create(),
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            if (parsed.GetValue(tcp) && parsed.GetValue(udp)) return run.Refuse("--tcp and --udp exclude each other; give one of them, or none for both");
            IpProtocol? protocol = parsed.GetValue(tcp) ? IpProtocol.Tcp : parsed.GetValue(udp) ? IpProtocol.Udp : null;
            var asked = parsed.GetValue(names) ?? [];
            if (asked.Length == 0) return await new PortsListing(run, version, protocol, parsed.GetValue(all)).RunAsync(cancellation);
            var lookup = new PortLookup(run);
            await lookup.LoadAsync(cancellation);
            var status = ExitStatus.Good;
            foreach (var name in asked)
            {
                if (name != "-")
                {
                    status = ExitStatus.Worst(status, lookup.Show(name));
                    continue;
                }

                foreach (var (_, line) in InputLines.Read(StandardInput.OpenLines(), cancellation)) status = ExitStatus.Worst(status, lookup.Show(line));
            }

            run.WriteAside(
                "A registration is an agreement, not a lock: it says which service people expect at a port. Any program may listen at any port; ports below 1024 need privilege on most systems.",
                $"getent services {asked[0]}",
                $"ss -tulnp 'sport = {asked[0]}'");
            return status;
        });
        return command;
    }
}
