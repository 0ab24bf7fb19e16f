using System.CommandLine;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Tcp;

/// <summary><c>fathom tcp connect</c>: a stream from standard input to a peer and back, and how its connection was made and ended.</summary>
internal static class TcpConnectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var host = new Argument<string>("host") { Description = "Name or address of the peer; HOST:PORT in one word is taken, too." };
        var port = new Argument<string?>("port") { Description = "Port, or a registered name such as https.", Arity = ArgumentArity.ZeroOrOne };
        var handshake = new Option<bool>("--show-handshake") { Description = "Show SYN, SYN-ACK and ACK with their numbers and options." };
        var teardown = new Option<bool>("--show-teardown") { Description = "Show who closed, by FIN or RST, and who keeps TIME-WAIT." };
        var info = new Option<bool>("--info") { Description = "Show round trip, MSS, windows, retransmissions (TCP_INFO)." };
        var send = new Option<string?>("--send") { Description = "Send this text instead of standard input.", HelpName = "TEXT" };
        var zero = new Option<bool>("-z") { Description = "Send nothing and close at once." };
        var halfClose = new Option<bool>("--half-close", "-N") { Description = "Send FIN at the end of the input (default true).", DefaultValueFactory = static _ => true };
        var abort = new Option<bool>("--abort") { Description = "Close by RST instead of FIN." };
        var raw = new Option<bool>("--raw") { Description = "Write what comes unchanged, even to a terminal." };
        var source = new Option<string?>("--source", "-s") { Description = "Local address to connect from.", HelpName = "ADDRESS" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Say on standard error what happens." };
        var idle = new Option<double?>("--idle", "-i") { Description = "End after so many seconds in which nothing moved.", HelpName = "SECONDS" };
        var timeout = CommandOptions.Timeout(10, "the connection");
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent, pcap) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent(), CommandOptions.Pcap());
        var command = new Command("connect", "Connect, and carry standard input to the peer and its answer to standard output.")
        {
            host, port, handshake, teardown, info, send, zero, halfClose, abort, raw, source, verbose, idle, timeout, v4, v6, output, explain, equivalent, pcap,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!EndpointInput.TryParseRemote(parsed.GetValue(host)!, parsed.GetValue(port), "tcp", out var target, out var fault)) return Task.FromResult(run.Refuse(fault));
            if (!run.TryGetVersion(parsed, v4, v6, out var version) || !run.TryGetTimeout(parsed, timeout, out var patience)) return Task.FromResult(ExitStatus.Usage);
            if (parsed.GetValue(idle) is { } seconds and not (>= 0.001 and <= 86400)) return Task.FromResult(run.Refuse($"--idle {seconds}: expected seconds from 0.001 to 86400"));
            IpAddress? from = null;
            if (parsed.GetValue(source) is { } text)
            {
                if (!IpAddress.TryParse(text, out var address)) return Task.FromResult(run.Refuse($"--source {text}: expected an IP address of this machine"));
                (from, version) = (address, version ?? address.Version);
                if (version != address.Version) return Task.FromResult(run.Refuse($"--source {text}: not of the version that was asked for"));
            }

            if (parsed.GetValue(zero) && parsed.GetValue(send) is not null) return Task.FromResult(run.Refuse("-z sends nothing: leave --send out"));
            var request = new TcpConnectRequest(target.Host, target.Port)
            {
                Version = version,
                Timeout = patience,
                Idle = parsed.GetValue(idle) is { } quiet ? TimeSpan.FromSeconds(quiet) : null,
                Send = parsed.GetValue(zero) ? [] : parsed.GetValue(send) is { } said ? Encoding.UTF8.GetBytes(said) : null,
                HalfClose = parsed.GetValue(halfClose),
                Abort = parsed.GetValue(abort),
                Info = parsed.GetValue(info),
                ShowHandshake = parsed.GetValue(handshake),
                ShowTeardown = parsed.GetValue(teardown),
                Raw = parsed.GetValue(raw),
                Verbose = parsed.GetValue(verbose),
                PcapFile = parsed.GetValue(pcap),
                Source = from,
            };
            return new TcpConnectRunner(run, request).RunAsync(cancellation);
        });
        return command;
    }
}
