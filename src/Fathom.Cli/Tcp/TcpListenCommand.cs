using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Cli.Tls;
using Fathom.Services.Application.Tls;
using Fathom.Services.Transport;

namespace Fathom.Cli.Tcp;

/// <summary><c>fathom tcp listen</c>: serves many connections at once.</summary>
internal static class TcpListenCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var where = new Argument<string>("where") { Description = "[ADDRESS:]PORT; port 0 takes a free one. Without an address: all, of both versions." };
        var echo = new Option<bool>("--echo") { Description = "Send every octet back (RFC 862)." };
        var discard = new Option<bool>("--discard") { Description = "Read and throw away (RFC 863)." };
        var raw = new Option<bool>("--raw") { Description = "Write what clients send unchanged to standard output." };
        var clients = new Option<int>("--max-clients") { Description = "Clients served at once.", DefaultValueFactory = static _ => 512, HelpName = "N" };
        var full = new Option<string>("--when-full") { Description = "What the next client gets: reset (RST at once) or wait.", DefaultValueFactory = static _ => "reset" };
        full.AcceptOnlyFromAmong("reset", "wait");
        var bytes = new Option<long?>("--max-bytes") { Description = "Octets that one client may send before it is closed.", HelpName = "N" };
        var idle = new Option<double?>("--idle", "-i") { Description = "Close a client that makes no progress for so many seconds.", HelpName = "SECONDS" };
        var count = new Option<int?>("--count", "-c") { Description = "Stop after so many clients.", HelpName = "N" };
        var backlog = new Option<int>("--backlog") { Description = "Connections that may wait to be accepted.", DefaultValueFactory = static _ => 128, HelpName = "N" };
        var reuse = new Option<bool>("--reuse-address") { Description = "SO_REUSEADDR: take the port beside TIME-WAIT (default true).", DefaultValueFactory = static _ => true };
        var timeout = new Option<double?>("--timeout", "-t") { Description = "Stop after so many seconds.", HelpName = "SECONDS" };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("listen", "Serve connections: print what clients send, echo it, or discard it. Ctrl-C ends it.")
        {
            where, echo, discard, raw, clients, full, bytes, idle, count, backlog, reuse, timeout, v4, v6, output, explain, equivalent,
        };
        var tls = new ServerTlsOptions();
        foreach (var option in tls.All) command.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return Task.FromResult(ExitStatus.Usage);
            if (!EndpointInput.TryParseLocal(parsed.GetValue(where)!, "tcp", version, out var local, out var fault)) return Task.FromResult(run.Refuse(fault));
            if (parsed.GetValue(echo) && parsed.GetValue(discard)) return Task.FromResult(run.Refuse("--echo and --discard exclude each other"));
            if (parsed.GetValue(raw) && !run.IsText) return Task.FromResult(run.Refuse("--raw writes octets: leave --output out"));
            if (parsed.GetValue(clients) < 1) return Task.FromResult(run.Refuse($"--max-clients {parsed.GetValue(clients)}: expected a number from 1"));
            if (parsed.GetValue(backlog) < 1) return Task.FromResult(run.Refuse($"--backlog {parsed.GetValue(backlog)}: expected a number from 1"));
            if (parsed.GetValue(bytes) is < 1) return Task.FromResult(run.Refuse($"--max-bytes {parsed.GetValue(bytes)}: expected a number from 1"));
            if (parsed.GetValue(count) is < 1) return Task.FromResult(run.Refuse($"--count {parsed.GetValue(count)}: expected a number from 1"));
            foreach (var option in new[] { idle, timeout })
            {
                if (parsed.GetValue(option) is { } seconds and not (>= 0.001 and <= 86400)) return Task.FromResult(run.Refuse($"{option.Name} {seconds}: expected seconds from 0.001 to 86400"));
            }

            if (!tls.TryRead(run, parsed, [], out var secure)) return Task.FromResult(ExitStatus.Usage);
            var options = new TcpServerOptions(local)
            {
                Wrap = secure is null ? null : connection => new TlsServerConnection(run.Host, connection, secure, ServerTlsOptions.Reporter(run)),
                Backlog = parsed.GetValue(backlog),
                ReuseAddress = parsed.GetValue(reuse),
                MaximumClients = parsed.GetValue(clients),
                QueueWhenFull = parsed.GetValue(full) == "wait",
                MaximumBytes = parsed.GetValue(bytes),
                IdleTimeout = parsed.GetValue(idle) is { } quiet ? TimeSpan.FromSeconds(quiet) : null,
                StopAfter = parsed.GetValue(count),
            };
            var limit = parsed.GetValue(timeout) is { } most ? TimeSpan.FromSeconds(most) : (TimeSpan?)null;
            var kind = parsed.GetValue(echo) ? TcpListenKind.Echo : parsed.GetValue(discard) ? TcpListenKind.Discard : parsed.GetValue(raw) ? TcpListenKind.Raw : TcpListenKind.Print;
            return new TcpListenRunner(run, options, kind, limit).RunAsync(cancellation);
        });
        return command;
    }
}
