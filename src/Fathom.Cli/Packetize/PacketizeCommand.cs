using System.CommandLine;
using System.Globalization;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Packetize;

/// <summary><c>fathom packetize</c>: cuts a message into packets, loses some, and puts it together again. Nothing is sent.</summary>
internal static class PacketizeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var text = new Argument<string>("text") { Description = "The message: text, a file's name (or @FILE), or '-' for standard input." };
        var mtu = new Option<int>("--mtu", "-m") { Description = "Octets that the link carries, IP header included.", DefaultValueFactory = static _ => 1500, HelpName = "N" };
        var v6 = new Option<bool>("--ipv6", "-6") { Description = "IPv6: only the sender fragments." };
        var tcp = new Option<bool>("--tcp") { Description = "TCP: a stream in segments, and what is lost is sent again." };
        var udp = new Option<bool>("--udp") { Description = "UDP: one datagram in IP fragments (the default)." };
        var lose = new Option<string?>("--lose") { Description = "Lose these packets: 2,5-7. A number given twice is lost twice.", HelpName = "N,…" };
        var reorder = new Option<int?>("--reorder") { Description = "Let packets overtake each other; the same seed gives the same order.", HelpName = "SEED", Arity = ArgumentArity.ZeroOrOne };
        var duplicate = new Option<string?>("--duplicate") { Description = "Let these packets arrive twice.", HelpName = "N,…" };
        var write = new Option<string?>("--write", "-w") { Description = "Save what the receiver's end of the link sees (pcapng).", HelpName = "FILE" };
        var all = new Option<bool>("--headers") { Description = "Show every packet's headers, not only the first one's." };
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("packetize", "Show how a message becomes segments, datagrams and fragments, and what a loss does to it.")
        {
            text, mtu, v6, tcp, udp, lose, reorder, duplicate, write, all, output, explain, equivalent,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (parsed.GetValue(tcp) && parsed.GetValue(udp)) return run.Refuse("--tcp and --udp exclude each other");
            if (!TryReadMessage(parsed.GetValue(text)!, out var message, out var reason)) return run.Refuse(reason);
            var options = (parsed.GetValue(v6) ? PacketizerOptions.ForIpv6() : new PacketizerOptions()) with
            {
                Mtu = parsed.GetValue(mtu),
                Transport = parsed.GetValue(tcp) ? IpProtocol.Tcp : IpProtocol.Udp,
            };
            if (!Packetizer.TryPacketize(message, options, out var packetized, out reason)) return run.Refuse(reason);
            var (loseText, duplicateText) = (parsed.GetValue(lose), parsed.GetValue(duplicate));
            if (!TryReadNumbers("--lose", loseText, packetized.Packets.Count, out var lost, out reason)) return run.Refuse(reason);
            if (!TryReadNumbers("--duplicate", duplicateText, packetized.Packets.Count, out var twice, out reason)) return run.Refuse(reason);
            var shuffled = parsed.GetResult(reorder) is { Implicit: false };
            var journey = new JourneyOptions
            {
                Lost = lost,
                Duplicated = twice,
                ExtraDelays = shuffled ? ExtraDelays(packetized.Packets.Count, parsed.GetValue(reorder) ?? 1) : [],
            };
            return new PacketizeRun(run, packetized, MessageJourney.Run(packetized, journey), parsed.GetValue(all)).Run(parsed.GetValue(write));
        });
        return command;
    }

    private static bool TryReadMessage(string text, out byte[] message, out string reason)
    {
        (message, reason) = ([], string.Empty);
        // One octet more than the limit, so that what is too long is seen to be.
        const int Limit = Packetizer.MaxMessageLength + 1;
        try
        {
            // Text that happens to be a file's name can come by standard input.
            var file = text.StartsWith('@') ? text[1..] : File.Exists(text) ? text : null;
            if (text == "-" || file is not null)
            {
                using var stream = file is null ? StandardInput.Open() : File.OpenRead(file);
                var buffer = new byte[Limit];
                message = buffer[..stream.ReadAtLeast(buffer, Limit, throwOnEndOfStream: false)];
            }
            else
            {
                message = Encoding.UTF8.GetBytes(text);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            reason = $"{text[1..]}: no such file";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = e.Message;
        }

        if (reason.Length == 0 && message.Length == 0) reason = "the message is empty";
        return reason.Length == 0;
    }

    private static bool TryReadNumbers(string option, string? text, int last, out IReadOnlyList<int> numbers, out string reason)
    {
        var list = new List<int>();
        (numbers, reason) = (list, string.Empty);
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            var from = 0;
            var to = 0;
            var isRead = ends.Length is 1 or 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out from) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out to);
            if (!isRead || from < 1 || to < from || to > last)
            {
                reason = string.Create(CultureInfo.InvariantCulture, $"{option} {part}: the message is {(last == 1 ? "1 packet" : $"packets 1 to {last}")}; expected numbers of them, as in 2,5-7");
                return false;
            }

            list.AddRange(Enumerable.Range(from, to - from + 1));
        }

        if (text is null || list.Count > 0) return true;
        reason = $"{option}: expected numbers, as in 2,5-7";
        return false;
    }

    // A small generator (Steele and Vigna's SplitMix64), so that a seed gives the same order on every machine.
    private static TimeSpan[] ExtraDelays(int count, int seed)
    {
        const int MostMilliseconds = 8;
        var state = (ulong)seed;
        var delays = new TimeSpan[count];
        for (var i = 0; i < count; i++)
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var z = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            delays[i] = TimeSpan.FromMilliseconds((z ^ (z >> 31)) % (MostMilliseconds * 10) / 10.0);
        }

        return delays;
    }
}
