using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet exclude</c>: what is left of a prefix without others.</summary>
internal static class ExcludeCommand
{
    public static Command Create()
    {
        var whole = new Argument<string>("PREFIX") { Description = "The network." };
        var without = new Argument<string[]>("WITHOUT") { Description = "What is taken out of it; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("exclude", "Say what is left of a network without others, as the fewest networks.") { whole, without, output, explain, equivalent };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!PrefixInput.TryRead(parsed.GetValue(whole)!, out var prefix, out var problem)) return Task.FromResult(run.Refuse($"'{parsed.GetValue(whole)}' is not a prefix: {problem}"));
            if (PrefixInput.ReadAll(parsed.GetValue(without)!, out problem, cancellation) is not { } holes) return Task.FromResult(run.Refuse(problem));
            return Task.FromResult(Show(run, prefix, holes));
        });
        return command;
    }

    private static int Show(CommandRun run, IpPrefix whole, List<IpPrefix> holes)
    {
        foreach (var hole in holes.Where(h => !whole.Overlaps(h))) run.Errors.WriteLine($"fathom: {hole} is not in {whole}; it changes nothing");
        var left = IpPrefixes.Exclude(whole, holes);
        if (!run.IsText) PrefixOutput.WriteDocument(run, "exclude", left);
        else if (left.Count == 0) run.Output.WriteLine($"Nothing is left of {whole}.");
        else PrefixOutput.WriteLines(run, left);
        run.WriteAside(
            $"To take {holes[0]} out of {whole}, halve: the half without it is kept whole, the half with it is halved again. One network is left for each bit between /{whole.Length} and /{holes[0].Length}.",
            $"python3 -c \"import ipaddress; print(*ipaddress.ip_network('{whole}').address_exclude(ipaddress.ip_network('{holes[0]}')), sep='\\n')\"");
        return ExitStatus.Good;
    }
}
