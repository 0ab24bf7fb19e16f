using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet contains</c>: is it in there? Exit status 1 where one is not.</summary>
internal static class ContainsCommand
{
    public static Command Create()
    {
        var whole = new Argument<string>("PREFIX") { Description = "The network." };
        var others = new Argument<string[]>("OTHER") { Description = "Addresses and networks; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var (output, explain) = (CommandOptions.Output(), CommandOptions.Explain());
        var command = new Command("contains", "Say whether a network contains addresses and networks, or overlaps with them. Exit status 1 unless it contains all.") { whole, others, output, explain };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain);
            if (!PrefixInput.TryRead(parsed.GetValue(whole)!, out var prefix, out var problem)) return Task.FromResult(run.Refuse($"'{parsed.GetValue(whole)}' is not a prefix: {problem}"));
            if (PrefixInput.ReadAll(parsed.GetValue(others)!, out problem, cancellation) is not { } all) return Task.FromResult(run.Refuse(problem));
            return Task.FromResult(Show(run, prefix, all));
        });
        return command;
    }

    private static int Show(CommandRun run, IpPrefix whole, List<IpPrefix> others)
    {
        if (!run.IsText)
        {
            run.WriteJson(SubnetCommand.Schema, json =>
            {
                json.WriteString("operation", "contains");
                json.WriteString("of", whole.ToString());
                json.WriteStartArray("results");
                foreach (var other in others)
                {
                    json.WriteStartObject();
                    json.WriteString("prefix", other.ToString());
                    json.WriteString("relation", Relation(whole, other));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }
        else
        {
            run.Console.Write(Listing.Columns(["", "", ""], others.Select(o => (string[])[Text(o), Relation(whole, o), Reason(whole, o)])));
            run.WriteAside($"An address is in {whole} if its first {whole.Length} bits are those of {whole.Address}. Two networks never overlap by half: either one is inside the other, or they have nothing in common.");
        }

        return others.All(whole.Contains) ? ExitStatus.Good : ExitStatus.Broken;
    }

    // A single address is shown as what was typed.
    private static string Text(IpPrefix prefix) => prefix.HostBits == 0 ? prefix.Address.ToString() : prefix.ToString();

    private static string Relation(IpPrefix whole, IpPrefix other) => whole == other ? "equal" : whole.Contains(other) ? "inside" : other.Contains(whole) ? "around" : "outside";

    private static string Reason(IpPrefix whole, IpPrefix other)
    {
        if (whole.Version != other.Version) return "the other IP version";
        if (whole == other) return "the same network";
        if (whole.Contains(other)) return $"shares all {whole.Length} bits";
        if (other.Contains(whole)) return $"is larger, and contains {whole}";
        return $"shares {IpPrefix.Common(whole.Address, other.Address).Length} of {Math.Min(whole.Length, other.Length)} bits";
    }
}
