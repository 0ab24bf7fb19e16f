using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet split</c>: a prefix into equal ones.</summary>
internal static class SplitCommand
{
    // More than two screens are read by programs; they ask for json, or for more.
    private const int DefaultLimit = 64;
    private const int MostLimit = 1 << 20;

    public static Command Create()
    {
        var prefix = new Argument<string>("PREFIX") { Description = "What to split, as 192.0.2.0/24." };
        var length = new Argument<string?>("LENGTH") { Description = "The new prefix length, as 26 or /26.", Arity = ArgumentArity.ZeroOrOne };
        var count = new Option<string>("--into", "--count", "-n") { Description = "Into so many (the next power of two), instead of LENGTH.", HelpName = "N" };
        var hosts = new Option<string>("--hosts") { Description = "Into networks of at least so many hosts, instead of LENGTH.", HelpName = "N" };
        var limit = new Option<int>("--limit") { Description = "Show at most so many.", DefaultValueFactory = static _ => DefaultLimit, HelpName = "N" };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("split", "Split a network into equal ones.") { prefix, length, count, hosts, limit, output, explain, equivalent };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!PrefixInput.TryRead(parsed.GetValue(prefix)!, out var whole, out var problem)) return run.Refuse($"'{parsed.GetValue(prefix)}' is not a prefix: {problem}");
            if (parsed.GetValue(limit) is < 1 or > MostLimit) return run.Refuse($"--limit {parsed.GetValue(limit)}: expected a number from 1 to {MostLimit}");
            return TryReadLength(whole, parsed.GetValue(length), parsed.GetValue(count), parsed.GetValue(hosts), out var target, out problem)
                ? Show(run, whole, target, parsed.GetValue(limit))
                : run.Refuse(problem);
        });
        return command;
    }

    private static bool TryReadLength(IpPrefix whole, string? length, string? count, string? hosts, out int target, out string problem)
    {
        target = 0;
        problem = string.Empty;
        if ((length is null ? 0 : 1) + (count is null ? 0 : 1) + (hosts is null ? 0 : 1) != 1) problem = "expected one of: the new length (26), --into N, --hosts N";
        else if (length is not null) problem = ProblemOfLength(whole, length, out target);
        else if (count is not null) problem = ProblemOfCount(whole, count, out target);
        else problem = ProblemOfHosts(whole, hosts!, out target);
        return problem.Length == 0;
    }

    private static string ProblemOfLength(IpPrefix whole, string text, out int target)
        => int.TryParse(text.StartsWith('/') ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out target) && target >= whole.Length && target <= whole.Address.BitLength
            ? string.Empty
            : $"new length '{text}': expected a number from {whole.Length} to {whole.Address.BitLength}, since {whole} is split{Hint(whole, target)}";

    // "split 10.0.0.0/24 4": people think of four networks, and so it is said how to ask for them.
    private static string Hint(IpPrefix whole, int number) => number > 0 && whole.TryGetLengthFor(number, out _) ? $"; for {NumberText.Count(number, "network", "networks")}: --into {number}" : string.Empty;

    private static string ProblemOfCount(IpPrefix whole, string text, out int target)
    {
        target = 0;
        return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parts) && whole.TryGetLengthFor(parts, out target)
            ? string.Empty
            : $"--into {text}: expected a number from 1 to {whole.Count}, as many as {whole} has addresses";
    }

    private static string ProblemOfHosts(IpPrefix whole, string text, out int target)
    {
        target = 0;
        if (!BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hosts) || hosts.IsZero) return $"--hosts {text}: expected a number from 1";
        target = SubnetPlan.LengthFor(whole.Version, hosts, tight: true);
        return target >= whole.Length ? string.Empty : $"--hosts {text}: {whole} has {IpHosts.Of(whole).Count} addresses for hosts";
    }

    private static int Show(CommandRun run, IpPrefix whole, int length, int limit)
    {
        var total = whole.CountOf(length);
        var parts = whole.Split(length).Take(limit);
        if (!run.IsText)
        {
            run.WriteJson(SubnetCommand.Schema, json =>
            {
                json.WriteString("operation", "split");
                json.WriteString("of", whole.ToString());
                json.WriteNumber("length", length);
                json.WriteString("count", total.ToString(CultureInfo.InvariantCulture));
                json.WriteStartArray("subnets");
                foreach (var part in parts)
                {
                    json.WriteStartObject();
                    PrefixOutput.WriteMembers(json, part);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return ExitStatus.Good;
        }

        run.WriteHeading($"{whole} into {NumberText.Count(total, "network", "networks")} of /{length}");
        run.Console.Write(Listing.Columns(["network", "first host", "last host", "hosts"], parts.Select(PrefixOutput.Row)));
        if (total > limit) run.Output.WriteLine($"  … and {NumberText.Of(total - limit)} more (--limit N shows more)");
        run.WriteAside(
            $"{length - whole.Length} bits that named hosts now name networks: 2^{length - whole.Length} = {NumberText.Of(total)} of them, each with {NumberText.Of(IpHosts.Of(new IpPrefix(whole.Address, length)).Count)} addresses for hosts. {IpHosts.Of(new IpPrefix(whole.Address, length)).Explanation}",
            $"python3 -c \"import ipaddress; print(*ipaddress.ip_network('{whole}').subnets(new_prefix={length}), sep='\\n')\"");
        return ExitStatus.Good;
    }
}
