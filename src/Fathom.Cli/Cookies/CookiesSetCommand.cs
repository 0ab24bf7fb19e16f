using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Cli.Cookies;

/// <summary><c>fathom cookies set</c>: Set-Cookie fields into a cookie file, as a browser would.</summary>
internal static class CookiesSetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var fields = new Argument<string[]>("set-cookie") { Description = "Set-Cookie fields, in the order of the response.", Arity = ArgumentArity.OneOrMore, HelpName = "FIELD" };
        var url = new Option<string>("--url", "-u") { Description = "The URL whose response has them.", Required = true, HelpName = "URL" };
        var jarFile = new Option<string>("--jar", "-c") { Description = "The cookie file (curl's format); made if it is not there.", Required = true, HelpName = "FILE" };
        var from = CookieArguments.From();
        var topLevel = CookieArguments.TopLevel();
        var script = CookieArguments.Script();
        var now = CookieArguments.Now();
        var output = CommandOptions.Output();
        var command = new Command("set", "Put Set-Cookie fields into a cookie file as a browser would, and say what became of each.") { fields, url, jarFile, from, topLevel, script, now, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            if (!CookieArguments.TryGetNow(run, parsed, now, out var time) || !CookieArguments.TryGetUrl(run, "--url", parsed.GetValue(url)!, out var target)) return ExitStatus.Usage;
            if (!CookieArguments.TryWithOrigin(run, parsed, target, from, topLevel, null, script, out var request)) return ExitStatus.Usage;
            var path = parsed.GetValue(jarFile)!;
            if (path == "-") return run.Refuse("--jar -: a jar that is written needs a file");
            if (!CookieArguments.TryReadJar(run, path, time, mayBeAbsent: true, out var jar)) return ExitStatus.Usage;
            var status = ExitStatus.Good;
            foreach (var field in parsed.GetValue(fields)!)
            {
                var text = field.Trim();
                if (text.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase)) text = text["Set-Cookie:".Length..].Trim();
                var decision = jar.Set(text, request, time);
                if (decision.Kind == CookieDecisionKind.Refused) status = ExitStatus.Broken;
                Write(run, decision, text);
            }

            jar.RemoveExpired(time);
            try
            {
                File.WriteAllText(path, CookieFile.Write(jar.Cookies), System.Text.Encoding.Latin1);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                return run.CannotTell($"cannot write {path}: {e.Message}");
            }

            return status;
        });
        return command;
    }

    private static void Write(CommandRun run, CookieDecision decision, string text)
    {
        if (!run.IsText)
        {
            run.WriteJson("fathom.cookies.set/1", writer => CookieJson.Write(writer, decision, []));
            return;
        }

        var name = decision.Field is { } field ? CookieArguments.Short(field.Name) : CookieArguments.Short(text);
        run.Output.WriteLine($"{CookieJson.Lower(decision.Kind.ToString()),-9} {name}: {decision.Detail} ({decision.Rule})");
        foreach (var evicted in decision.Evicted) run.Output.WriteLine($"evicted   {CookieArguments.Short(evicted.Cookie.Name)}: {evicted.Detail}");
    }
}
