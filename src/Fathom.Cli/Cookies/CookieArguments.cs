using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Diagnosis.Targets;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Cli.Cookies;

/// <summary>The options that the subcommands of <c>fathom cookies</c> share, and how they are read.</summary>
internal static class CookieArguments
{
    // The largest jars have 3,000 cookies of 4 KiB.
    private const long MaximumFile = 16 * 1024 * 1024;

    public static Option<string> Now() => new("--now") { Description = "Judge by this time instead of the clock's: 2026-01-31T12:00:00Z.", HelpName = "TIME" };

    public static Option<string> From() => new("--from") { Description = "The page that makes the request, as a URL; without it a person does.", HelpName = "URL" };

    public static Option<bool> TopLevel() => new("--top-level") { Description = "The request loads the page itself: a link that is followed, a form that is sent." };

    public static Option<string> Method() => new("--method", "-X") { Description = "The request's method.", DefaultValueFactory = static _ => "GET", HelpName = "METHOD" };

    public static Option<bool> Script() => new("--script") { Description = "A script asks (document.cookie), not a request." };

    public static bool TryGetNow(CommandRun run, ParseResult parsed, Option<string> option, out DateTimeOffset now)
    {
        now = run.Host.Time.GetUtcNow();
        if (parsed.GetValue(option) is not { } text) return true;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out now)) return true;
        run.Refuse($"--now '{text}': expected a time like 2026-01-31T12:00:00Z");
        return false;
    }

    /// <summary>Reads a URL as cookies need it. A URL without a path has the path "/".</summary>
    public static bool TryGetUrl(CommandRun run, string what, string text, [NotNullWhen(true)] out CookieRequest? request)
    {
        request = null;
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            run.Refuse($"{what} '{text}': expected an http:// or https:// URL");
            return false;
        }

        if (!CheckTargetParser.TryParse(text, out var target, out var reason) || target.Kind is not (TargetKind.Http or TargetKind.Https))
        {
            run.Refuse($"{what} '{text}': {(reason.Length > 0 ? reason : "expected an http:// or https:// URL")}");
            return false;
        }

        var path = target.RequestTarget.Split('?', '#')[0];
        request = new CookieRequest(target.Kind == TargetKind.Https ? "https" : "http", target.Host, path.StartsWith('/') ? path : "/");
        return true;
    }

    /// <summary>Adds who made the request.</summary>
    public static bool TryWithOrigin(CommandRun run, ParseResult parsed, CookieRequest request, Option<string> from, Option<bool> topLevel, Option<string>? method, Option<bool>? script, [NotNullWhen(true)] out CookieRequest? whole)
    {
        whole = request with
        {
            IsTopLevelNavigation = parsed.GetValue(topLevel),
            Method = method is null ? "GET" : parsed.GetValue(method)!.ToUpperInvariant(),
            IsScript = script is not null && parsed.GetValue(script),
        };
        if (parsed.GetValue(from) is not { } page) return true;
        if (!TryGetUrl(run, "--from", page, out var origin))
        {
            whole = null;
            return false;
        }

        whole = whole with { Initiator = (origin.Scheme, origin.Host) };
        return true;
    }

    /// <summary>Reads a cookie file ("-" is standard input); lines that cannot be read are told on standard error.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file.</param>
    /// <param name="now">The present.</param>
    /// <param name="mayBeAbsent">A file that is not there is an empty jar.</param>
    /// <param name="jar">The jar.</param>
    public static bool TryReadJar(CommandRun run, string path, DateTimeOffset now, bool mayBeAbsent, [NotNullWhen(true)] out CookieJar? jar)
    {
        jar = new CookieJar();
        if (mayBeAbsent && path != "-" && !Path.Exists(path)) return true;
        string text;
        try
        {
            if (path != "-" && new FileInfo(path).Length > MaximumFile) throw new IOException($"it is larger than {MaximumFile / (1024 * 1024)} MiB");
            text = path == "-" ? new StreamReader(StandardInput.Open(), System.Text.Encoding.Latin1).ReadToEnd() : File.ReadAllText(path, System.Text.Encoding.Latin1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            run.Refuse($"cannot read {path}: {e.Message}");
            jar = null;
            return false;
        }

        var cookies = CookieFile.Read(text, now, out var problems);
        foreach (var cookie in cookies) jar.Add(cookie);
        foreach (var problem in problems) run.Complain($"{path} {problem}", ExitStatus.Usage);
        return true;
    }

    /// <summary>"2026-01-31 12:00:00 UTC", or "the session's end".</summary>
    public static string Until(DateTimeOffset? end) => end is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "the session's end";

    /// <summary>Text of a cookie, cut so that a line stays a line.</summary>
    public static string Short(string text)
    {
        var safe = TextSanitizer.Escape(text);
        return safe.Length <= 40 ? safe : safe[..39] + "…";
    }
}
