using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Subnet;

/// <summary><c>fathom subnet lookup</c>: the longest prefix of a table that contains an address.</summary>
internal static class LookupCommand
{
    public static Command Create()
    {
        var addresses = new Argument<string[]>("ADDRESS") { Description = "Addresses; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var file = new Option<FileInfo>("--table", "-f") { Description = "The table: a prefix a line, and anything behind it as its label.", HelpName = "FILE", Required = true };
        var (output, explain) = (CommandOptions.Output(), CommandOptions.Explain());
        var command = new Command("lookup", "Find the longest prefix of a table for each address, as a router does. Exit status 1 where one has none.") { addresses, file, output, explain };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain);
            if (ReadTable(parsed.GetValue(file)!, out var problem, cancellation) is not { } table) return Task.FromResult(run.Refuse(problem));
            var texts = parsed.GetValue(addresses)!;
            var isList = texts is ["-"];
            return Task.FromResult(Run(run, table, isList ? InputLines.Read(StandardInput.OpenLines(), cancellation) : texts.Select(static t => (0, t)), isList));
        });
        return command;
    }

    private static PrefixTable<string>? ReadTable(FileInfo file, out string problem, CancellationToken cancellation)
    {
        problem = string.Empty;
        var entries = new List<KeyValuePair<IpPrefix, string>>();
        try
        {
            using var reader = file.OpenText();
            foreach (var (number, text) in InputLines.Read(reader, cancellation))
            {
                var words = text.Split((char[]?)null, 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                if (!PrefixInput.TryRead(words[0], out var prefix, out var reason))
                {
                    problem = $"{file.Name}, line {number}: '{words[0]}': {reason}";
                    return null;
                }

                entries.Add(KeyValuePair.Create(prefix, words.Length > 1 ? words[1] : string.Empty));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"--table: {e.Message}";
            return null;
        }

        return new PrefixTable<string>(entries);
    }

    private static int Run(CommandRun run, PrefixTable<string> table, IEnumerable<(int Number, string Text)> addresses, bool isList)
    {
        var status = ExitStatus.Good;
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (number, text) in addresses)
        {
            if (!IpAddress.TryParse(text, out var address, out var error))
            {
                var bad = run.Refuse($"{(isList ? $"line {number}: " : string.Empty)}'{text}' is not an address: {error}");
                if (!isList) return bad;
                status = ExitStatus.Worst(status, bad);
                continue;
            }

            var isFound = table.TryFind(address, out var prefix, out var label);
            if (!isFound) status = ExitStatus.Worst(status, ExitStatus.Broken);
            if (!run.IsText) WriteJson(run, address, isFound ? prefix : null, label);
            else if (isList) run.Output.WriteLine($"{address} {(isFound ? $"{prefix} {label}".TrimEnd() : "-")}");
            else rows.Add([address.ToString(), isFound ? prefix.ToString() : "no prefix contains it", label ?? string.Empty]);
        }

        if (rows.Count > 0) run.Console.Write(Listing.Columns(["", "", ""], rows));
        run.WriteAside($"Of the {table.Entries.Count} prefixes in the table several may contain an address. The longest one counts: it says most about where the address is.");
        return status;
    }

    private static void WriteJson(CommandRun run, IpAddress address, IpPrefix? prefix, string? label) => run.WriteJson(SubnetCommand.Schema, json =>
    {
        json.WriteString("operation", "lookup");
        json.WriteString("address", address.ToString());
        if (prefix is { } found) json.WriteString("prefix", found.ToString());
        else json.WriteNull("prefix");
        if (label is { Length: > 0 }) json.WriteString("label", label);
    });
}
