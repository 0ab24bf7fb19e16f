using System.CommandLine;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application;
using Spectre.Console;

namespace Fathom.Cli.Explain;

/// <summary><c>fathom explain</c>: what a word of the field means.</summary>
internal static class ExplainCommand
{
    private static readonly ITermSource[] Sources =
        [new LayerSource(), new IcmpSource(), new ProtocolSource(), new WordSource(), new HttpSource(), new NumberSource(), new CauseSource()];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var term = new Argument<string[]>("term")
        {
            Description = "layers, a protocol (tcp), tcp flags, SYN, a header field, icmp 3 3, ethertype 0x86dd, protocol 6, port 443, 503, GET, Content-Type, \"Cache-Control: max-age=60\", a cause (tcp.refused).",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = CommandOptions.Output();
        var command = new Command("explain", "Say what a word of the field means: at which layer, for what, by which standard.") { term, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            var words = string.Join(' ', parsed.GetValue(term)!).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var asked = string.Join(' ', words);
            if (asked.Length == 0) return run.Refuse("expected a term, as in: fathom explain tcp");
            if (asked[0] == '-') return run.Refuse($"unknown option '{words[0]}'; 'fathom explain --help' lists the options");
            var answers = Sources.SelectMany(s => s.Find(asked)).ToArray();
            if (answers.Length == 0) return Unknown(run, asked);
            if (!run.IsText) run.WriteJson("fathom.explain/1", writer => WriteMembers(writer, asked, answers));
            else WriteText(run.Console, answers);
            return ExitStatus.Good;
        });
        return command;
    }

    private static int Unknown(CommandRun run, string term)
    {
        var near = Suggestions.For(term, Sources.SelectMany(static s => s.Terms));
        return run.Complain($"'{term}' is not known here. " + (near.Count > 0 ? $"Close to it: {string.Join(", ", near)}." : "Try 'fathom explain layers', or a protocol's name."), ExitStatus.Broken);
    }

    private static void WriteText(IAnsiConsole console, IReadOnlyList<TermAnswer> answers)
    {
        foreach (var answer in answers)
        {
            if (answer != answers[0]) console.WriteLine();
            console.Write(Listing.Heading(answer.Title));
            console.WriteLine();
            if (answer.Text.Length > 0) console.Write(new Padder(new Text(TextSanitizer.Escape(answer.Text)), new Padding(2, 0, 0, 0)));
            if (answer.Facts.Count > 0)
            {
                console.WriteLine();
                console.Write(Listing.Fields(answer.Facts));
            }

            foreach (var (name, lines) in answer.Drawings)
            {
                console.WriteLine();
                console.WriteLine("  " + name);
                foreach (var line in lines) console.WriteLine("  " + line);
            }

            if (answer.Rows.Count == 0) continue;
            console.WriteLine();
            console.Write(Listing.Columns(["", "", ""], answer.Rows.Select(static IReadOnlyList<string> (r) => [r.Name, r.Place, r.Meaning])));
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, string asked, IReadOnlyList<TermAnswer> answers)
    {
        writer.WriteString("term", asked);
        writer.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", answer.Kind);
            writer.WriteString("title", answer.Title);
            writer.WriteString("text", answer.Text);
            writer.WriteStartObject("facts");
            foreach (var (label, value) in answer.Facts.Where(static f => f.Value.Length > 0)) writer.WriteString(label, value);
            writer.WriteEndObject();
            writer.WriteStartArray("rows");
            foreach (var (name, place, meaning) in answer.Rows)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("place", place);
                writer.WriteString("meaning", meaning);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
