using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet range</c>: from first and last address to prefixes, and back.</summary>
internal static class RangeCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("FIRST") { Description = "The first address; or a range, 192.0.2.10-192.0.2.99; or a prefix, to see its range." };
        var last = new Argument<string?>("LAST") { Description = "The last address.", Arity = ArgumentArity.ZeroOrOne };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("range", "Turn a range of addresses into the fewest networks, and a network into its range.") { first, last, output, explain, equivalent };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            var (from, to) = (parsed.GetValue(first)!, parsed.GetValue(last));
            if (to is null && from.Contains('/'))
            {
                if (!IpPrefix.TryParse(from, out var prefix, out var fault)) return run.Refuse($"'{from}' is not a prefix: {fault}");
                return Show(run, new IpRange(prefix.Address, prefix.Last), isBack: true);
            }

            var text = to is null ? from : $"{from}-{to}";
            return IpRange.TryParse(text, out var range, out var error) ? Show(run, range, isBack: false) : run.Refuse($"'{text}' is not a range: {error}");
        });
        return command;
    }

    private static int Show(CommandRun run, IpRange range, bool isBack)
    {
        if (!run.IsText)
        {
            run.WriteJson(SubnetCommand.Schema, json =>
            {
                json.WriteString("operation", "range");
                json.WriteString("first", range.First.ToString());
                json.WriteString("last", range.Last.ToString());
                json.WriteString("addresses", range.Count.ToString(CultureInfo.InvariantCulture));
                PrefixOutput.WriteArray(json, "prefixes", range.ToPrefixes());
            });
            return ExitStatus.Good;
        }

        if (isBack) run.Output.WriteLine($"{range}  {NumberText.Count(range.Count, "address", "addresses")}");
        else PrefixOutput.WriteLines(run, range.ToPrefixes());
        run.WriteAside(
            $"From {range.First} to {range.Last} are {NumberText.Count(range.Count, "address", "addresses")}. A network begins at a multiple of its own size, so a range that does not needs several: from its start always the largest that begins there and does not end behind it.",
            $"python3 -c \"import ipaddress; print(*ipaddress.summarize_address_range(ipaddress.ip_address('{range.First}'), ipaddress.ip_address('{range.Last}')), sep='\\n')\"");
        return ExitStatus.Good;
    }
}
