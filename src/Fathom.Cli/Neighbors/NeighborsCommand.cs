using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Neighbors;

/// <summary><c>fathom neighbors</c>: which MAC address an IP address has on the link, by the host's tables and by asking.</summary>
internal static class NeighborsCommand
{
    public const string Schema = "fathom.neighbors/1";
    private const int MostSightings = 1_000_000;

    public static Command Create()
    {
        var whoHas = new Option<string>("--who-has") { Description = "Ask the link who has this address, and listen for every answer.", HelpName = "ADDRESS" };
        var announce = new Option<string>("--announce") { Description = "Tell the link that this address of this host is here (gratuitous ARP).", HelpName = "ADDRESS" };
        var watch = new Option<bool>("--watch") { Description = "Watch ARP and neighbor discovery, and tell when an address moves to another MAC address." };
        var name = new Option<string>("--interface", "-i") { Description = "Only this interface.", HelpName = "NAME" };
        var count = new Option<int?>("--count", "-c") { Description = "With --watch: end after so many packets. With --who-has: ask so often at most.", HelpName = "N" };
        var timeout = new Option<double?>("--timeout", "-t") { Description = "Seconds to watch (60), or to wait for answers to each question (1).", HelpName = "SECONDS" };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("neighbors", "Show the ARP and neighbor discovery tables; ask who has an address; watch who claims one.")
        {
            whoHas, announce, watch, name, count, timeout, v4, v6, output, explain, equivalent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            var (target, announced, isWatch) = (parsed.GetValue(whoHas), parsed.GetValue(announce), parsed.GetValue(watch));
            if ((target is null ? 0 : 1) + (announced is null ? 0 : 1) + (isWatch ? 1 : 0) > 1) return run.Refuse("--who-has, --announce and --watch exclude each other");
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            if (parsed.GetValue(count) is < 1 or > MostSightings) return run.Refuse($"--count {parsed.GetValue(count)}: expected a number from 1 to {MostSightings}");
            var seconds = parsed.GetValue(timeout) ?? (isWatch ? 60 : 1);
            if (seconds is not (>= 0.001 and <= 86400)) return run.Refuse($"--timeout {seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)}: expected seconds from 0.001 to 86400");
            IpAddress address = default;
            if ((target ?? announced) is { } text && !IpAddress.TryParse(text, out address, out var error)) return run.Refuse($"'{text}' is not an address: {error}");
            if (!(await run.Host.GetInterfacesAsync(cancellation)).TryGet(out var interfaces, out var refusal)) return run.CannotTell(refusal);
            var only = parsed.GetValue(name) is { } wanted ? interfaces.FirstOrDefault(i => i.Name == wanted) : null;
            if (parsed.GetValue(name) is { } missing && only is null) return run.Refuse($"--interface '{missing}': there is none by that name; there are {string.Join(", ", interfaces.Select(static i => i.Name))}");
            var request = new NeighborsRequest(interfaces, only, version, parsed.GetValue(count), TimeSpan.FromSeconds(seconds));
            if (target is not null) return await WhoHasRun.RunAsync(run, request, address, cancellation);
            if (announced is not null) return await AnnounceRun.RunAsync(run, request, address, cancellation);
            return isWatch ? await WatchRun.RunAsync(run, request, cancellation) : await TableRun.RunAsync(run, request, cancellation);
        });
        return command;
    }
}
