using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Tls;
using Fathom.Hosts.Transport;
using Fathom.Services.Application.Http;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Http;

/// <summary><c>fathom http serve</c>.</summary>
internal static class HttpServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var where = new Argument<string>("address") { Description = "[ADDRESS:]PORT; without an address 127.0.0.1. Port 0 takes a free one.", HelpName = "[ADDRESS:]PORT" };
        var folder = new Option<string?>("--folder") { Description = "Serve the files of this folder.", HelpName = "DIR" };
        var methods = new Option<bool>("--methods") { Description = "Serve a store whose state GET, PUT, POST, PATCH and DELETE change (the default)." };
        var silent = new Option<bool>("--silent", "-s") { Description = "No line for each request." };
        var command = new Command("serve", "Answer HTTP/1.1: a folder's files, or a store to see what methods do. Ctrl-C ends it.") { where, folder, methods, silent };
        var tls = new ServerTlsOptions();
        foreach (var option in tls.All) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed);
            if (!TryReadEndpoint(parsed.GetValue(where)!, out var local)) return run.Refuse($"'{parsed.GetValue(where)}': expected [ADDRESS:]PORT, an IPv6 address in brackets");
            var directory = parsed.GetValue(folder);
            if (directory is not null && parsed.GetValue(methods)) return run.Refuse("--folder and --methods exclude each other");
            if (directory is not null && !Directory.Exists(directory)) return run.Refuse($"--folder {directory}: no such folder");
            if (!tls.TryRead(run, parsed, ["http/1.1"], out var secure)) return ExitStatus.Usage;
            var opened = await run.Host.ListenAsync(new ListenOptions(local), cancellation);
            if (!opened.TryGet(out var listener, out var refusal)) return run.CannotTell(refusal);
            if (secure is not null) listener = new TlsListener(run.Host, listener, secure, ServerTlsOptions.Reporter(run));
            await using (listener)
            {
                run.Errors.WriteLine($"serving {(directory is null ? "a store of resources" : TextSanitizer.Escape(directory))} at {(secure is null ? "http" : "https")}://{listener.Local}/; Ctrl-C ends it");
                IHttpHandler handler = directory is null ? new MethodLab() : new FolderHandler(directory);
                var count = 0;
                var gate = new Lock();
                void OnServed(HttpServed served)
                {
                    lock (gate)
                    {
                        count++;
                        if (parsed.GetValue(silent)) return;
                        run.Output.WriteLine(Line(served));
                        run.Output.Flush();
                    }
                }

                run.ServeUntilInterrupted();
                await new HttpServer(run.Host, listener, handler, new HttpServerOptions(), OnServed).RunAsync(cancellation);
                run.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} requests were answered"));
            }

            return ExitStatus.Good;
        });
        return command;
    }

    private static string Line(HttpServed served)
    {
        var what = served.Request is { } head ? $"{head.Method} {head.Target}" : "(unreadable)";
        var why = served.Refused is { } error ? $": {error.Detail}{(error.Shape is { } shape ? $" [{shape.ToText()}]" : "")}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{served.Client} {TextSanitizer.Escape(what)} → {served.Status}, {served.BodyLength} octets{why}");
    }

    private static bool TryReadEndpoint(string text, out IpEndpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf(':');
        var address = IpAddress.LoopbackV4;
        if (colon >= 0 && !IpAddress.TryParse(text[..colon].Trim('[', ']'), out address)) return false;
        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        endpoint = new IpEndpoint(address, port);
        return true;
    }
}
