using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Cookies;
using Spectre.Console;

namespace Fathom.Cli.Cookies;

/// <summary><c>fathom cookies for</c>: which cookies a request carries.</summary>
internal static class CookiesForCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "The URL that is asked for.", HelpName = "URL" };
        var jarFile = new Option<string>("--jar", "-b") { Description = "The cookie file (curl's format); '-' is standard input.", Required = true, HelpName = "FILE" };
        var from = CookieArguments.From();
        var topLevel = CookieArguments.TopLevel();
        var method = CookieArguments.Method();
        var script = CookieArguments.Script();
        var now = CookieArguments.Now();
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("for", "Say for each cookie of a file whether a request to a URL carries it, and by which rule.") { url, jarFile, from, topLevel, method, script, now, output, explain, equivalent };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!CookieArguments.TryGetNow(run, parsed, now, out var time) || !CookieArguments.TryGetUrl(run, "the URL", parsed.GetValue(url)!, out var target)) return ExitStatus.Usage;
            if (!CookieArguments.TryWithOrigin(run, parsed, target, from, topLevel, method, script, out var request)) return ExitStatus.Usage;
            var path = parsed.GetValue(jarFile)!;
            if (!CookieArguments.TryReadJar(run, path, time, mayBeAbsent: false, out var jar)) return ExitStatus.Usage;
            var selection = jar.Select(request, time);
            if (run.IsText) Write(run, selection);
            else run.WriteJson("fathom.cookies.for/1", writer => WriteJson(writer, selection));
            run.WriteAside(
                $"The request is {(selection.IsSameSite ? "same-site: a person or a page of the same site makes it" : "cross-site: a page of another site makes it")}. A cookie goes if host, path, channel and SameSite all allow it; longer paths go first, and the server sees names and values only.",
                $"curl -v -b {path} {parsed.GetValue(url)}");
            return ExitStatus.Good;
        });
        return command;
    }

    private static void Write(CommandRun run, CookieSelection selection)
    {
        var header = selection.Header;
        run.Output.WriteLine(header.Length == 0 ? "(no Cookie field)" : $"Cookie: {TextSanitizer.Escape(header)}");
        run.Output.Flush();
        if (selection.Choices.Count == 0) return;
        run.Console.WriteLine();
        run.Console.Write(Listing.Columns(["", "cookie", "why"], selection.Choices.Select(static IReadOnlyList<string> (c) => [c.IsSent ? "sent" : "withheld", CookieArguments.Short(c.Cookie.Name.Length == 0 ? c.Cookie.Value : c.Cookie.Name), $"{c.Detail} ({c.Rule})"])));
    }

    private static void WriteJson(System.Text.Json.Utf8JsonWriter writer, CookieSelection selection)
    {
        writer.WriteString("cookie", selection.Header);
        writer.WriteBoolean("sameSite", selection.IsSameSite);
        writer.WriteStartArray("cookies");
        foreach (var choice in selection.Choices)
        {
            writer.WriteStartObject();
            CookieJson.Write(writer, choice.Cookie);
            writer.WriteBoolean("sent", choice.IsSent);
            writer.WriteString("rule", choice.Rule);
            writer.WriteString("detail", choice.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
