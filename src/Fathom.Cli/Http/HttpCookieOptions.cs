using System.CommandLine;
using System.Globalization;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Cookies;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Cli.Http;

/// <summary>curl's -b and -c, and <c>--cookies FILE</c>, which is both and says of every cookie what became of it and why.</summary>
internal sealed class HttpCookieOptions
{
    private readonly Option<string?> _read = new("--cookie", "-b") { Description = "Send the cookies of this file (curl's format), or NAME=VALUE; … as it is.", HelpName = "FILE|DATA" };
    private readonly Option<string?> _write = new("--cookie-jar", "-c") { Description = "Keep cookies, and write them to this file in the end.", HelpName = "FILE" };
    private readonly Option<string?> _told = new("--cookies") { Description = "Both, in one file, and say which cookies were sent, withheld, kept and refused, and why.", HelpName = "FILE" };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_read, _write, _told];

    /// <summary>Data for the Cookie field as it is, where -b gave such; else null.</summary>
    public string? Literal(ParseResult parsed) => parsed.GetValue(_read) is { } text && text.Contains('=', StringComparison.Ordinal) ? text : null;

    /// <summary>Reads the jar. Complains where it cannot be read.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="cookies">The jar; null where no option asks for one.</param>
    public bool TryOpen(CommandRun run, ParseResult parsed, out HttpCookies? cookies)
    {
        cookies = null;
        var told = parsed.GetValue(_told);
        var file = told ?? (Literal(parsed) is null ? parsed.GetValue(_read) : null);
        if (told is not null && (parsed.GetValue(_read) ?? parsed.GetValue(_write)) is not null)
        {
            run.Refuse("--cookies reads and writes one file; give it, or -b and -c");
            return false;
        }

        if (file is null && parsed.GetValue(_write) is null) return true;
        var jar = new CookieJar();

        // As with curl, a file that is not there yet is an empty jar.
        if (file is not null && !CookieArguments.TryReadJar(run, file, run.Host.Time.GetUtcNow(), mayBeAbsent: true, out jar)) return false;
        cookies = new HttpCookies(jar);
        return true;
    }

    /// <summary>After the last request: tells, and writes the file.</summary>
    /// <returns>The exit status.</returns>
    public int Close(CommandRun run, ParseResult parsed, HttpCookies? cookies)
    {
        if (cookies is null) return ExitStatus.Good;
        if (parsed.GetValue(_told) is not null && run.IsText) foreach (var one in cookies.Events) run.Errors.WriteLine(Line(one));
        if ((parsed.GetValue(_told) ?? parsed.GetValue(_write)) is not { } file) return ExitStatus.Good;
        cookies.Jar.RemoveExpired(run.Host.Time.GetUtcNow());
        var text = CookieFile.Write(cookies.Jar.Cookies);
        try
        {
            if (file == "-") run.Output.Write(text);
            else File.WriteAllText(file, text, Encoding.Latin1);
            return ExitStatus.Good;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return run.CannotTell($"cannot write {file}: {e.Message}");
        }
    }

    private static string Line(HttpCookieEvent one)
    {
        var (word, name, detail, rule) = one switch
        {
            { Choice: { } choice } => (choice.IsSent ? "sent" : "withheld", choice.Cookie.Name, choice.Detail, choice.Rule),
            { Decision: { } decision } => (decision.Kind.ToString().ToLowerInvariant(), decision.Field?.Name ?? string.Empty, decision.Detail, decision.Rule),
            _ => throw new InvalidOperationException("A cookie event is a choice or a decision."),
        };
        return TextSanitizer.Escape(string.Create(CultureInfo.InvariantCulture, $"cookie {word,-8} {CookieArguments.Short(name)}: {detail} ({rule})"));
    }
}
