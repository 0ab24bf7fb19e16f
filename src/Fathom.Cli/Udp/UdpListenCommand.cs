using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Services.Transport;

namespace Fathom.Cli.Udp;

/// <summary><c>fathom udp listen</c>: one socket, many peers.</summary>
internal static class UdpListenCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var where = new Argument<string>("where") { Description = "[ADDRESS:]PORT; port 0 takes a free one. Without an address: all, of both versions." };
        var echo = new Option<bool>("--echo") { Description = "Send every datagram back (RFC 862)." };
        var discard = new Option<bool>("--discard") { Description = "Count, and print nothing of each (RFC 863)." };
        var buffer = new Option<int>("--buffer") { Description = "Octets of a datagram to take; longer ones are truncated.", DefaultValueFactory = static _ => 65535, HelpName = "N" };
        var count = new Option<long?>("--count", "-c") { Description = "Stop after so many datagrams.", HelpName = "N" };
        var timeout = new Option<double?>("--timeout", "-t") { Description = "Stop after so many seconds.", HelpName = "SECONDS" };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("listen", "Receive datagrams from anyone: print, echo or count them. Ctrl-C ends it.")
        {
            where, echo, discard, buffer, count, timeout, v4, v6, output, explain, equivalent,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return Task.FromResult(ExitStatus.Usage);
            if (!EndpointInput.TryParseLocal(parsed.GetValue(where)!, "udp", version, out var local, out var fault)) return Task.FromResult(run.Refuse(fault));
            if (parsed.GetValue(echo) && parsed.GetValue(discard)) return Task.FromResult(run.Refuse("--echo and --discard exclude each other"));
            if (parsed.GetValue(buffer) is not (>= 1 and <= 65535)) return Task.FromResult(run.Refuse($"--buffer {parsed.GetValue(buffer)}: expected 1 to 65535 octets"));
            if (parsed.GetValue(count) is < 1) return Task.FromResult(run.Refuse($"--count {parsed.GetValue(count)}: expected a number from 1"));
            if (parsed.GetValue(timeout) is { } seconds and not (>= 0.001 and <= 86400)) return Task.FromResult(run.Refuse($"--timeout {seconds}: expected seconds from 0.001 to 86400"));
            var options = new UdpServerOptions(local) { BufferSize = parsed.GetValue(buffer), StopAfter = parsed.GetValue(count) };
            var limit = parsed.GetValue(timeout) is { } most ? TimeSpan.FromSeconds(most) : (TimeSpan?)null;
            return new UdpListenRunner(run, options, parsed.GetValue(echo), parsed.GetValue(discard), limit).RunAsync(cancellation);
        });
        return command;
    }
}
