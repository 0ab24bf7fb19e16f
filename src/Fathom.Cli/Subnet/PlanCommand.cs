using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet plan</c>: networks of different sizes in one prefix (VLSM).</summary>
internal static class PlanCommand
{
    private const int MostNetworks = 65_536;

    public static Command Create()
    {
        var prefix = new Argument<string>("PREFIX") { Description = "The space to divide, as 192.0.2.0/24." };
        var needs = new Argument<string[]>("HOSTS") { Description = "How many hosts each network has, as 60 or office=60; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var pointToPoint = new Option<bool>("--p2p") { Description = "Networks of two hosts are links between routers: /31 or /127." };
        var tight = new Option<bool>("--tight") { Description = "IPv6: as small as the hosts allow, instead of a /64 for each network." };
        var (output, explain) = (CommandOptions.Output(), CommandOptions.Explain());
        var command = new Command("plan", "Find room for networks of different sizes (VLSM): largest first, nothing lost between them.") { prefix, needs, pointToPoint, tight, output, explain };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain);
            if (!PrefixInput.TryRead(parsed.GetValue(prefix)!, out var space, out var problem)) return Task.FromResult(run.Refuse($"'{parsed.GetValue(prefix)}' is not a prefix: {problem}"));
            if (ReadNeeds(parsed.GetValue(needs)!, out problem, cancellation) is not { } wanted) return Task.FromResult(run.Refuse(problem));
            var (links, small) = (parsed.GetValue(pointToPoint), parsed.GetValue(tight));
            return Task.FromResult(Show(run, space, wanted, SubnetPlan.Make(space, wanted, links, small), small));
        });
        return command;
    }

    private static List<SubnetNeed>? ReadNeeds(string[] arguments, out string problem, CancellationToken cancellation)
    {
        problem = string.Empty;
        var needs = new List<SubnetNeed>();
        foreach (var text in arguments is ["-"] ? InputLines.Read(StandardInput.OpenLines(), cancellation).Select(static l => l.Text) : arguments)
        {
            var equals = text.LastIndexOf('=');
            var name = equals < 0 ? "net" + (needs.Count + 1).ToString(CultureInfo.InvariantCulture) : text[..equals];
            if (!BigInteger.TryParse(text[(equals + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var hosts) || hosts.IsZero || hosts > BigInteger.One << 127)
                problem = $"'{text}': expected a number of hosts from 1, as 60 or office=60";
            else if (needs.Count == MostNetworks) problem = $"more than {MostNetworks} networks";
            if (problem.Length > 0) return null;
            needs.Add(new SubnetNeed(name, hosts));
        }

        if (needs.Count > 0) return needs;
        problem = "no network was asked for; expected hosts, as 60 or office=60";
        return null;
    }

    private static int Show(CommandRun run, IpPrefix space, List<SubnetNeed> needs, SubnetPlan plan, bool tight)
    {
        if (!run.IsText) run.WriteJson(SubnetCommand.Schema, json => PlanJson.Write(json, space, plan));
        if (plan is SubnetPlan.DoesNotFit no)
        {
            if (run.IsText)
            {
                run.Output.WriteLine($"{space} has no room for {no.First.Name} ({NumberText.Count(no.First.Hosts, "host", "hosts")}: a /{no.NeededLength}).");
                run.Output.WriteLine($"  All networks together take {NumberText.Of(no.TotalNeeded)} addresses of {NumberText.Of(space.Count)}.");
                run.Output.WriteLine(no.Free.Count == 0 ? "  Nothing was free when its turn came." : $"  Free when its turn came: {string.Join(", ", no.Free)}");
            }

            return ExitStatus.Broken;
        }

        var fits = (SubnetPlan.Fits)plan;
        if (!run.IsText) return ExitStatus.Good;
        run.WriteHeading($"{space}: {NumberText.Count(needs.Count, "network", "networks")}");
        run.Console.Write(Listing.Columns(
            ["name", "network", "hosts from", "to", "asked", "spare"],
            fits.Assignments.Select(static a => (string[])[a.Need.Name, a.Prefix.ToString(), a.Hosts.First.ToString(), a.Hosts.Last.ToString(), NumberText.Of(a.Need.Hosts), NumberText.Of(a.Spare)])));
        var free = fits.Free.Aggregate(BigInteger.Zero, static (sum, p) => sum + p.Count);
        run.Console.Write(Listing.Fields([("free", fits.Free.Count == 0 ? "nothing" : $"{FreeText(fits.Free)}: {NumberText.Count(free, "address", "addresses")} of {NumberText.Of(space.Count)}")]));
        run.WriteAside(space.Version == IpVersion.V6 && !tight
            ? "In IPv6 a network gets a /64 whatever its hosts: interface identifiers have 64 bits, and stateless autoconfiguration works with no other length (RFC 4291, RFC 7421). So one plans networks, not hosts; --tight counts hosts all the same."
            : "Each network gets the smallest power of two that holds its hosts and the addresses that are no host's. The largest come first: each block must begin at a multiple of its own size, and in falling order each ends where the next may begin, so nothing is lost between them.");
        return ExitStatus.Good;
    }

    private static string FreeText(IReadOnlyList<IpPrefix> free)
        => string.Join(", ", free.Take(8)) + (free.Count > 8 ? $" and {free.Count - 8} more" : string.Empty);
}
