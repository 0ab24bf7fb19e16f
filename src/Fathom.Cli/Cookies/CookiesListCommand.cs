using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Cli.Cookies;

/// <summary><c>fathom cookies list</c>: what a cookie file holds.</summary>
internal static class CookiesListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The cookie file (curl's format); '-' is standard input.", HelpName = "FILE" };
        var now = CookieArguments.Now();
        var output = CommandOptions.Output();
        var command = new Command("list", "Show the cookies of a file.") { file, now, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            if (!CookieArguments.TryGetNow(run, parsed, now, out var time)) return ExitStatus.Usage;
            if (!CookieArguments.TryReadJar(run, parsed.GetValue(file)!, time, mayBeAbsent: false, out var jar)) return ExitStatus.Usage;
            if (!run.IsText) run.WriteJson("fathom.cookies.list/1", writer => WriteJson(writer, jar));
            else if (jar.Cookies.Count == 0) run.Output.WriteLine("no cookies");
            else run.Console.Write(Listing.Columns(["domain", "path", "name", "value", "flags", "until"], jar.Cookies.Select(c => Row(c, time))));
            return ExitStatus.Good;
        });
        return command;
    }

    private static string[] Row(StoredCookie cookie, DateTimeOffset now) =>
    [
        (cookie.HostOnly ? string.Empty : ".") + cookie.Domain, cookie.Path, CookieArguments.Short(cookie.Name), cookie.Value.Length > 16 ? CookieArguments.Short(cookie.Value[..15]) + "…" : CookieArguments.Short(cookie.Value),
        $"{(cookie.Secure ? "S" : "-")}{(cookie.HttpOnly ? "H" : "-")}",
        cookie.ExpiresAt is { } end ? (cookie.IsExpired(now) ? "over since " : string.Empty) + end.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "session",
    ];

    private static void WriteJson(System.Text.Json.Utf8JsonWriter writer, CookieJar jar)
    {
        writer.WriteStartArray("cookies");
        foreach (var cookie in jar.Cookies)
        {
            writer.WriteStartObject();
            CookieJson.Write(writer, cookie);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
