using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application.Cookies;
using Spectre.Console;

namespace Fathom.Cli.Cookies;

/// <summary><c>fathom cookies explain</c>: one Set-Cookie field, taken apart and judged.</summary>
internal static class CookiesExplainCommand
{
    private const string FieldName = "Set-Cookie:";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var field = new Argument<string>("set-cookie") { Description = "The field: 'Set-Cookie: id=1; Secure', with or without its name.", HelpName = "FIELD" };
        var url = new Option<string>("--url", "-u") { Description = "The URL whose response has it.", DefaultValueFactory = static _ => "https://example.org/", HelpName = "URL" };
        var from = CookieArguments.From();
        var topLevel = CookieArguments.TopLevel();
        var now = CookieArguments.Now();
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var command = new Command("explain", "Take a Set-Cookie field apart: each attribute, kept or refused and by which rule, and what is weak about it.") { field, url, from, topLevel, now, output, explain };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain);
            if (!CookieArguments.TryGetNow(run, parsed, now, out var time) || !CookieArguments.TryGetUrl(run, "--url", parsed.GetValue(url)!, out var target)) return ExitStatus.Usage;
            if (!CookieArguments.TryWithOrigin(run, parsed, target, from, topLevel, null, null, out var request)) return ExitStatus.Usage;
            var text = parsed.GetValue(field)!.Trim();
            if (text.StartsWith(FieldName, StringComparison.OrdinalIgnoreCase)) text = text[FieldName.Length..].Trim();
            if (text.Length == 0) return run.Refuse("the field is empty; expected NAME=VALUE and attributes");
            var decision = new CookieJar().Set(text, request, time);
            var remarks = decision is { IsKept: true, Field: { } read, Cookie: { } cookie } ? CookieAudit.Judge(read, request.Host, cookie.Secure || request.Scheme == "https", request.Path) : [];
            if (run.IsText) Write(run, decision, remarks);
            else run.WriteJson("fathom.cookies.explain/1", writer => CookieJson.Write(writer, decision, remarks));
            run.WriteAside(Words(decision, request));
            return decision.Kind == CookieDecisionKind.Refused ? ExitStatus.Broken : ExitStatus.Good;
        });
        return command;
    }

    private static void Write(CommandRun run, CookieDecision decision, IReadOnlyList<CookieRemark> remarks)
    {
        if (decision.Field is { } field) run.Console.Write(Listing.Fields(Attributes(field, decision)));
        var (word, color) = decision.Kind switch
        {
            CookieDecisionKind.Refused => ("REFUSED", "red"),
            CookieDecisionKind.Deleted => ("DELETED", "yellow"),
            _ => ("KEPT", "green"),
        };
        run.Console.WriteLine();
        run.Console.Write(new Padder(new Rows(new Markup($"[bold {color}]{word}[/] {Listing.Safe(decision.Detail)} [grey]({Listing.Safe(decision.Rule)})[/]")), new Padding(2, 0, 0, 0)));
        if (remarks.Count == 0) return;
        run.Console.WriteLine();
        run.Console.Write(Listing.Columns(["", "", ""], remarks.Select(static IReadOnlyList<string> (r) => [r.Severity == CookieRemarkSeverity.Insecure ? "weak" : "note", r.Rule, r.Detail])));
    }

    private static IEnumerable<(string Label, string Value)> Attributes(SetCookie field, CookieDecision decision)
    {
        yield return ("name", field.Name.Length == 0 ? "(none)" : CookieArguments.Short(field.Name));
        yield return ("value", CookieArguments.Short(field.Value));
        yield return ("Domain", field.Domain is { } domain ? $"{domain}: this host and all below it" : "absent: this host alone");
        yield return ("Path", field.Path ?? (decision.Cookie is { } cookie ? $"absent: {cookie.Path}, from the URL" : "absent: from the URL"));
        yield return ("Expires", field.Expires is { } end ? CookieArguments.Until(end) : string.Empty);
        yield return ("Max-Age", field.MaxAge is { } age ? $"{age} s{(field.Expires is null ? string.Empty : ", which overrules Expires")}" : string.Empty);
        yield return ("ends", field.IsExpired ? "over already: a deletion" : field.ExpiresAt is { } until ? $"{CookieArguments.Until(until)}{(IsCapped(field, until) ? ", capped at 400 days (RFC 6265bis §5.5)" : string.Empty)}" : "with the session");
        yield return ("Secure", field.Secure ? "yes: over secure channels only" : "no");
        yield return ("HttpOnly", field.HttpOnly ? "yes: scripts do not see it" : "no");
        yield return ("SameSite", field.SameSite == SameSite.Default ? "absent: counts as Lax" : field.SameSite.ToString());
        yield return ("Partitioned", field.Partitioned ? "yes: kept apart for each top-level site" : string.Empty);
        yield return ("prefix", field.HasHostPrefix ? "__Host-: needs Secure, Path=/ and no Domain" : field.HasSecurePrefix ? "__Secure-: needs Secure" : string.Empty);
    }

    private static bool IsCapped(SetCookie field, DateTimeOffset until) => field.MaxAge is { } age ? age > SetCookie.MaximumAge.TotalSeconds : field.Expires > until;

    private static string Words(CookieDecision decision, CookieRequest request) => decision.Kind == CookieDecisionKind.Refused
        ? $"A browser reads the field, then asks whether {request.Host} may set this cookie at all. Here a rule says no, and the browser drops it without a word: the page never learns. That is why a login can \"not stick\" with nothing in any log."
        : $"The cookie goes back to the server with every request that its domain, path and attributes allow. The server sees name and value only: what the attributes said stays in the browser.";
}
