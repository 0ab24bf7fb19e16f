using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Hosts.Transport;
using Fathom.Services.Application.Sessions;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Cookies;

/// <summary><c>fathom cookies session-demo</c>: a session stolen and protected, over HTTP on this machine's loopback.</summary>
internal static class CookiesSessionDemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var command = new Command("session-demo", "Run a small site on loopback: log in, have the session stolen by a script, protect it; plant an id, and renew it.") { output, explain };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain);
            var steps = new List<(string Scene, string Step, string Result)>();
            try
            {
                if (await TheftAsync(run, steps, httpOnly: false, cancellation) is { } refused) return run.CannotTell(refused);
                await TheftAsync(run, steps, httpOnly: true, cancellation);
                await FixationAsync(run, steps, renews: false, cancellation);
                await FixationAsync(run, steps, renews: true, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                run.Complain("interrupted", ExitStatus.Unknown);
            }

            Write(run, steps);
            run.WriteAside("A session id is a key: whoever shows it is the visitor. So it must not be guessed (128 random bits), not be read (HttpOnly against scripts, Secure against listeners), not be planted (a new id at login), and not live forever.");
            return steps.Count == 0 ? ExitStatus.Unknown : ExitStatus.Good;
        });
        return command;
    }

    private static async Task<Hosts.HostRefusal?> TheftAsync(CommandRun run, List<(string, string, string)> steps, bool httpOnly, CancellationToken cancellation)
    {
        var scene = httpOnly ? "with HttpOnly" : "without HttpOnly";
        return await WithSiteAsync(run, new SessionSiteOptions { HttpOnly = httpOnly }, async site =>
        {
            var (ada, thief) = (new SessionVisitor(run.Host, site), new SessionVisitor(run.Host, site));
            steps.Add((scene, "Ada logs in", await ada.AskAsync("POST", "/login/ada", cancellation) ?? "no answer"));
            var loot = ada.ScriptSees;
            steps.Add((scene, "a script reads document.cookie", loot.Length == 0 ? "(nothing)" : "session=" + loot["session=".Length..][..6] + "…"));
            steps.Add((scene, "the thief sends what it read", await thief.AskAsync("GET", "/", loot, cancellation) ?? "no answer"));
            await ada.AskAsync("POST", "/logout", cancellation);
            if (loot.Length > 0) steps.Add((scene, "Ada logs out; the thief again", await thief.AskAsync("GET", "/", loot, cancellation) ?? "no answer"));
        }, cancellation);
    }

    private static async Task FixationAsync(CommandRun run, List<(string, string, string)> steps, bool renews, CancellationToken cancellation)
    {
        var scene = renews ? "id renewed at login" : "id kept at login";
        await WithSiteAsync(run, new SessionSiteOptions { RenewsAtLogin = renews }, async site =>
        {
            var (thief, ada) = (new SessionVisitor(run.Host, site), new SessionVisitor(run.Host, site));
            steps.Add((scene, "the thief begins a session", await thief.AskAsync("GET", "/", cancellation) ?? "no answer"));
            foreach (var cookie in thief.Jar.Cookies) ada.Jar.Add(cookie);
            steps.Add((scene, "its id is planted; Ada logs in", await ada.AskAsync("POST", "/login/ada", cancellation) ?? "no answer"));
            steps.Add((scene, "the thief asks again", await thief.AskAsync("GET", "/", cancellation) ?? "no answer"));
        }, cancellation);
    }

    private static async Task<Hosts.HostRefusal?> WithSiteAsync(CommandRun run, SessionSiteOptions options, Func<IpEndpoint, Task> act, CancellationToken cancellation)
    {
        var listening = await run.Host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), cancellation);
        if (!listening.TryGet(out var listener, out var refusal)) return refusal;
        await using (listener)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var serving = new SessionSite(run.Host, options).ServeAsync(listener, stop.Token);
            try
            {
                await act(listener.Local);
            }
            finally
            {
                stop.Cancel();
                await serving;
            }
        }

        return null;
    }

    private static void Write(CommandRun run, List<(string Scene, string Step, string Result)> steps)
    {
        if (!run.IsText)
        {
            run.WriteJson("fathom.cookies.session-demo/1", writer =>
            {
                writer.WriteStartArray("steps");
                foreach (var (scene, step, result) in steps)
                {
                    writer.WriteStartObject();
                    writer.WriteString("scene", scene);
                    writer.WriteString("step", step);
                    writer.WriteString("result", result);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return;
        }

        var last = string.Empty;
        foreach (var (scene, step, result) in steps)
        {
            if (scene != last) run.Output.WriteLine($"{(last.Length > 0 ? "\n" : string.Empty)}{scene}");
            last = scene;
            run.Output.WriteLine($"  {step,-34} {result}");
        }
    }
}
