using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet merge</c>: the fewest prefixes for the same addresses.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var prefixes = new Argument<string[]>("PREFIX") { Description = "Prefixes and addresses; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var supernet = new Option<bool>("--supernet") { Description = "One prefix that holds all, even if it holds more." };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("merge", "Summarize: the fewest networks that hold exactly the same addresses.") { prefixes, supernet, output, explain, equivalent };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (PrefixInput.ReadAll(parsed.GetValue(prefixes)!, out var problem, cancellation) is not { } all) return Task.FromResult(run.Refuse(problem));
            if (parsed.GetValue(supernet) && all.Select(static p => p.Version).Distinct().Count() > 1) return Task.FromResult(run.Refuse("--supernet: IPv4 and IPv6 have no common supernet"));
            Show(run, all, parsed.GetValue(supernet) ? [IpPrefixes.Supernet(all)] : IpPrefixes.Merge(all));
            return Task.FromResult(ExitStatus.Good);
        });
        return command;
    }

    private static void Show(CommandRun run, List<IpPrefix> all, IReadOnlyList<IpPrefix> merged)
    {
        if (!run.IsText)
        {
            PrefixOutput.WriteDocument(run, "merge", merged);
            return;
        }

        PrefixOutput.WriteLines(run, merged);
        run.WriteAside(
            $"{all.Count} became {merged.Count}. Two networks become one where they are the two halves of it: of the same length, and equal in all bits but the last. A network inside another one adds nothing.",
            "python3 -c \"import ipaddress, sys; print(*ipaddress.collapse_addresses(map(ipaddress.ip_network, sys.argv[1:])), sep='\\n')\" PREFIX...");
    }
}
