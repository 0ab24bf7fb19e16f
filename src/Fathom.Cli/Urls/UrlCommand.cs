using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary><c>fathom url</c>: takes a URL apart, changes it, and says what is wrong with it. It sends nothing.</summary>
internal static class UrlCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var text = new Argument<string?>("url") { Description = "URL, or a relative reference with --base; '-' reads one a line from standard input.", Arity = ArgumentArity.ZeroOrOne };
        var baseText = new Option<string?>("--base", "-b") { Description = "Resolve against this URL.", HelpName = "URL" };
        var set = Many("--set", "PART=VALUE", "Set a part: " + UrlEdits.PartNames + ".");
        var query = new Option<bool>("--query", "-q") { Description = "List the query's names and values." };
        var querySet = Many("--query-set", "NAME=VALUE", "Give a name this one value.");
        var queryAppend = Many("--query-append", "NAME=VALUE", "Add a name and value at the end.");
        var queryDelete = Many("--query-delete", "NAME[=VALUE]", "Take a name away.");
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("url", "Take a URL apart, resolve and edit it; percent-encoding, IDNA, and what RFC 3986 says.")
        {
            text, baseText, set, query, querySet, queryAppend, queryDelete, output, explain, equivalent,
        };
        command.Subcommands.Add(UrlCodecCommands.Encode());
        command.Subcommands.Add(UrlCodecCommands.Decode());
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (parsed.GetValue(text) is not { } given) return Task.FromResult(run.Refuse("expected a URL, '-', encode TEXT or decode TEXT; 'fathom url --help' shows them"));
            if (given.StartsWith('-') && given != "-") return Task.FromResult(run.Refuse($"unknown option '{given}'; 'fathom url --help' lists the options"));
            Url? baseUrl = null;
            if (parsed.GetValue(baseText) is { } b && !Url.TryParse(b, null, out baseUrl, out var failure)) return Task.FromResult(run.Refuse($"--base {b}: not a URL: {failure}"));
            if (!UrlEdits.TryRead(parsed.GetValue(set)!, parsed.GetValue(querySet)!, parsed.GetValue(queryAppend)!, parsed.GetValue(queryDelete)!, out var edits, out var reason))
                return Task.FromResult(run.Refuse(reason));
            var request = new UrlRequest(baseUrl, parsed.GetValue(baseText), edits, parsed.GetValue(query));
            return Task.FromResult(given == "-" ? UrlLines.Run(run, request, cancellation) : UrlShow.Run(run, request, given));
        });
        return command;
    }

    private static Option<string[]> Many(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = static _ => [],
    };
}
