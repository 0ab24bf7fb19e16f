using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Dns;

/// <summary><c>fathom dns serve</c>: an authoritative server of zones from master files.</summary>
internal static class DnsServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("zone") { Description = "ZONEFILE … [ADDRESS:]PORT", Arity = new ArgumentArity(2, 1000) };
        var origin = new Option<string>("--origin") { Description = "What relative names in the files are relative to, before any $ORIGIN.", HelpName = "NAME", DefaultValueFactory = static _ => "." };
        var command = new Command("serve", "Answer for zones from master files: fathom dns serve example.zone 127.0.0.1:5300") { files, origin };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed);
            var words = parsed.GetValue(files)!;
            if (!TryParseEndpoint(words[^1], out var local)) return run.Refuse($"\"{words[^1]}\": expected PORT or ADDRESS:PORT after the zone files");
            if (!DnsName.TryParse(parsed.GetValue(origin), out var top, out var reason)) return run.Refuse($"--origin: {reason}");
            var zones = new List<DnsZone>();
            foreach (var file in words[..^1])
            {
                if (!TryReadZone(file, top, out var zone, out reason)) return run.Refuse($"{file}: {reason}");
                zones.Add(zone);
            }

            var started = await AuthoritativeServer.StartAsync(run.Host, local, zones, cancellation);
            if (!started.TryGet(out var server, out var refusal)) return run.CannotTell(refusal);
            await using (server)
            {
                await run.Errors.WriteLineAsync($"{string.Join(", ", zones.Select(static z => $"{z.Origin.ToAbsoluteString()} ({z.NodeCount} names)"))} at {server.Local}, UDP and TCP; Ctrl-C ends it");
                run.ServeUntilInterrupted();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, run.Host.Time, cancellation);
                }
                catch (OperationCanceledException)
                {
                    await run.Errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{server.Queries} queries answered"));
                }
            }

            return ExitStatus.Good;
        });
        return command;
    }

    private static bool TryParseEndpoint(string text, out IpEndpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf(':');
        var address = IpAddress.LoopbackV4;
        if (colon > 0 && !IpAddress.TryParse(text[..colon].TrimStart('[').TrimEnd(']'), out address)) return false;
        if (!ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        endpoint = new IpEndpoint(address, port);
        return true;
    }

    private static bool TryReadZone(string file, DnsName origin, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsZone? zone, out string reason)
    {
        zone = null;
        try
        {
            if (DnsZoneText.TryParse(File.ReadAllText(file), origin, out var records, out var error)) return DnsZone.TryCreate(records, out zone, out reason);
            reason = error.ToString();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
        }

        return false;
    }
}
