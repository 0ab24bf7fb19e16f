using System.CommandLine;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Sockets;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Udp;

/// <summary><c>fathom udp send</c>: a datagram, its octets, and what comes back.</summary>
internal static class UdpSendCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var host = new Argument<string>("host") { Description = "Name or address of the peer." };
        var port = new Argument<string>("port") { Description = "Port, or a registered name such as ntp." };
        var text = new Argument<string?>("text") { Description = "The payload; - reads standard input; none sends an empty datagram.", Arity = ArgumentArity.ZeroOrOne };
        var hex = new Option<string?>("--hex") { Description = "The payload in hexadecimal.", HelpName = "DIGITS" };
        var file = new Option<string?>("--file") { Description = "The payload from a file.", HelpName = "FILE" };
        var count = new Option<int>("--count", "-c") { Description = "How many to send.", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var interval = new Option<double>("--interval", "-i") { Description = "Seconds between them.", DefaultValueFactory = static _ => 1, HelpName = "SECONDS" };
        var timeout = new Option<double>("--timeout", "-t") { Description = "Seconds to wait for an answer; 0 does not wait.", DefaultValueFactory = static _ => 2, HelpName = "SECONDS" };
        var groups = new Option<bool>("--broadcast", "-b") { Description = "Allow a broadcast or multicast address." };
        var buffer = new Option<int>("--buffer") { Description = "Octets of an answer to take.", DefaultValueFactory = static _ => 65535, HelpName = "N" };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent, pcap) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent(), CommandOptions.Pcap());
        var command = new Command("send", "Send a datagram, show its octets, and tell what comes back.")
        {
            host, port, text, hex, file, count, interval, timeout, groups, buffer, v4, v6, output, explain, equivalent, pcap,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!EndpointInput.TryParseRemote(parsed.GetValue(host)!, parsed.GetValue(port), "udp", out var target, out var fault)) return run.Refuse(fault);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            if (parsed.GetValue(count) is < 1 or > 1_000_000) return run.Refuse($"--count {parsed.GetValue(count)}: expected a number from 1 to 1000000");
            if (parsed.GetValue(interval) is not (>= 0 and <= 86400)) return run.Refuse($"--interval {parsed.GetValue(interval)}: expected seconds from 0 to 86400");
            if (parsed.GetValue(timeout) is not (>= 0 and <= 86400)) return run.Refuse($"--timeout {parsed.GetValue(timeout)}: expected seconds from 0 to 86400");
            if (parsed.GetValue(buffer) is not (>= 1 and <= 65535)) return run.Refuse($"--buffer {parsed.GetValue(buffer)}: expected 1 to 65535 octets");
            if (new[] { parsed.GetValue(text), parsed.GetValue(hex), parsed.GetValue(file) }.Count(static p => p is not null) > 1) return run.Refuse("the payload is given once: as text, by --hex, or by --file");
            var (payload, wrong) = await PayloadAsync(parsed.GetValue(text), parsed.GetValue(hex), parsed.GetValue(file), cancellation);
            if (payload is null) return run.Refuse(wrong);
            return await new UdpSendRunner(run, new UdpSendRequest(target.Host, target.Port, payload)
            {
                Version = version,
                Count = parsed.GetValue(count),
                Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)),
                Wait = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                AllowGroups = parsed.GetValue(groups),
                BufferSize = parsed.GetValue(buffer),
                PcapFile = parsed.GetValue(pcap),
            }).RunAsync(cancellation);
        });
        return command;
    }

    private static async Task<(byte[]? Payload, string Wrong)> PayloadAsync(string? text, string? hex, string? file, CancellationToken cancellation)
    {
        const int Most = DatagramExchange.MaximumPayloadV6;
        try
        {
            if (text == "-") return (await StandardStreams.ReadAllAsync(Most, cancellation), string.Empty);
            if (file is not null)
            {
                await using var stream = File.OpenRead(file);
                var buffer = new byte[Most + 1];
                var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
                return (buffer[..length], string.Empty);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"--file: {e.Message}");
        }

        if (hex is null) return (Encoding.UTF8.GetBytes(text ?? string.Empty), string.Empty);
        var digits = string.Concat(hex.Where(static c => c is not (' ' or ':')));
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? (Convert.FromHexString(digits), string.Empty)
            : (null, "--hex: expected pairs of hexadecimal digits, with blanks or colons between them if you like");
    }
}
