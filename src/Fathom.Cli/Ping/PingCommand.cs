using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Ping;
using Fathom.Probes.Internet.Sweep;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary><c>fathom ping</c>, with ping(8)'s letters.</summary>
internal static class PingCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var hosts = new Argument<string[]>("host") { Description = "Names or addresses; '-' reads them from standard input. Several are asked at once, a line each.", Arity = ArgumentArity.ZeroOrMore };
        var count = new Option<long?>("-c", "--count") { Description = "Requests to send; without it, until Ctrl-C (several hosts: 3).", HelpName = "N" };
        var interval = new Option<double>("-i", "--interval") { Description = "Seconds between requests, from 0.002.", DefaultValueFactory = static _ => 1, HelpName = "SECONDS" };
        var adaptive = new Option<bool>("-A", "--adaptive") { Description = "The next request as soon as the answer to the last is there." };
        var outstanding = new Option<bool>("-O", "--outstanding") { Description = "Say so when a request has no answer before the next is sent." };
        var size = new Option<int>("-s", "--size") { Description = "Octets of data, 0 to 65507.", DefaultValueFactory = static _ => 56, HelpName = "OCTETS" };
        var fragments = new Option<string>("-M") { Description = "do: never fragment (DF). dont: routers may. want: the system's way.", DefaultValueFactory = static _ => "want", HelpName = "do|dont|want" };
        fragments.AcceptOnlyFromAmong("do", "dont", "want");
        var ttl = new Option<int?>("-t", "--ttl") { Description = "Hop limit of the requests, 1 to 255.", HelpName = "N" };
        var wait = new Option<double>("-W", "--wait") { Description = "Seconds after which an answer is late.", DefaultValueFactory = static _ => 2, HelpName = "SECONDS" };
        var deadline = new Option<double?>("-w", "--deadline") { Description = "Seconds after which the series ends.", HelpName = "SECONDS" };
        var pattern = new Option<string>("-p", "--pattern") { Description = "Fill the data with these octets (hexadecimal, up to 16).", HelpName = "HEX" };
        var source = new Option<string>("-I") { Description = "Source address, or the name of the only interface to use.", HelpName = "ADDRESS|NAME" };
        var quiet = new Option<bool>("-q", "--quiet") { Description = "Only the summary." };
        var numeric = new Option<bool>("-n") { Description = "No names for addresses: the default." };
        var names = new Option<bool>("--names") { Description = "Ask DNS for the name of who answers." };
        var sweep = new Option<string>("--sweep") { Description = "Ask all addresses of this prefix and list those that answer.", HelpName = "PREFIX" };
        var retries = new Option<int>("-r", "--retries") { Description = "With --sweep: how often a silent address is asked again.", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var rate = new Option<int?>("--rate") { Description = "With --sweep: requests a second at the most.", HelpName = "N" };
        var (v4, v6, output, explain, equivalent) = (CommandOptions.V4(), CommandOptions.V6(), CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("ping", "Ask hosts for an echo: who answers, how fast, what is lost, and which router says why.")
        {
            hosts, count, interval, adaptive, outstanding, size, fragments, ttl, wait, deadline, pattern, source, quiet, numeric, names, sweep, retries, rate, v4, v6, output, explain, equivalent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            var words = parsed.GetValue(hosts)!;
            if (parsed.GetValue(sweep) is { } prefix)
            {
                if (words.Length > 0) return run.Refuse("--sweep takes no further host: expected 'fathom ping --sweep PREFIX'");
                return await SweepAsync(run, prefix, parsed.GetValue(retries), parsed.GetValue(rate), parsed.GetValue(wait), parsed.GetResult(wait) is { Implicit: true }, parsed.GetValue(quiet), cancellation);
            }

            if (words.Length == 0) return run.Refuse("expected a host: 'fathom ping HOST', or 'fathom ping --sweep PREFIX'");
            if (parsed.GetValue(count) is < 1) return run.Refuse($"-c {parsed.GetValue(count)}: expected a number from 1");
            if (!IsSeconds(parsed.GetValue(interval), 0.002)) return run.Refuse(Invalid("-i", parsed.GetValue(interval), "0.002"));
            if (!IsSeconds(parsed.GetValue(wait), 0.001)) return run.Refuse(Invalid("-W", parsed.GetValue(wait), "0.001"));
            if (parsed.GetValue(deadline) is { } end && !IsSeconds(end, 0.001)) return run.Refuse(Invalid("-w", end, "0.001"));
            if (parsed.GetValue(size) is < 0 or > PingOptions.MaximumDataLength) return run.Refuse($"-s {parsed.GetValue(size)}: expected octets from 0 to {PingOptions.MaximumDataLength}");
            if (parsed.GetValue(ttl) is < 1 or > 255) return run.Refuse($"-t {parsed.GetValue(ttl)}: expected a hop limit from 1 to 255");
            if (!TryPattern(parsed.GetValue(pattern), out var fill)) return run.Refuse($"-p {parsed.GetValue(pattern)}: expected 1 to 16 octets in hexadecimal, as in -p ff00");
            foreach (var word in words)
            {
                if (word != "-" && HostAddress.Refuse(word, version) is { } reason) return run.Refuse(reason);
            }

            var options = new PingOptions
            {
                Count = parsed.GetValue(count),
                Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)),
                IsAdaptive = parsed.GetValue(adaptive),
                TellsOutstanding = parsed.GetValue(outstanding),
                Wait = TimeSpan.FromSeconds(parsed.GetValue(wait)),
                Deadline = parsed.GetValue(deadline) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                DataLength = parsed.GetValue(size),
                Pattern = fill,
                Packet = new PacketOptions((byte?)parsed.GetValue(ttl), parsed.GetValue(fragments) == "do") { MayBeFragmented = parsed.GetValue(fragments) == "dont" },
            };
            if (parsed.GetValue(source) is { } from)
            {
                if (IpAddress.TryParse(from, out var address)) options = options with { Source = address };
                else options = options with { Interface = from };
            }

            if (options.Count is null && options.Deadline is null) NetworkChoice.LastUntilInterrupted();
            var request = new PingRequest(options, version, parsed.GetValue(quiet), parsed.GetValue(names));
            if (words is [not "-"]) return await new OnePing(run, request).RunAsync(words[0], cancellation);
            using var many = new ManyPings(run, request);
            return await many.RunAsync(words, StandardInput.OpenLines(), cancellation);
        });
        return command;
    }

    private static async Task<int> SweepAsync(CommandRun run, string text, int retries, int? rate, double wait, bool isDefaultWait, bool quiet, CancellationToken cancellation)
    {
        if (!IpPrefix.TryParse(text, out var prefix)) return run.Refuse($"--sweep {text}: expected a prefix, as in 192.0.2.0/24");
        if (SweepProbe.CountOf(prefix) > SweepOptions.MaximumAddresses) return run.Refuse($"--sweep {text}: expected at most {SweepOptions.MaximumAddresses} addresses, a /12 of IPv4 or a /108 of IPv6");
        if (retries is < 0 or > 20) return run.Refuse($"-r {retries}: expected a number from 0 to 20");
        if (rate is < 1) return run.Refuse($"--rate {rate}: expected a number from 1");
        if (!IsSeconds(wait, 0.001)) return run.Refuse(Invalid("-W", wait, "0.001"));
        var options = new SweepOptions { Retries = retries, Rate = rate };
        if (!isDefaultWait) options = options with { Wait = TimeSpan.FromSeconds(wait) };
        return await SweepOutput.RunAsync(run, prefix, options, quiet, cancellation);
    }

    private static bool IsSeconds(double value, double least) => value >= least && value <= 86400;

    private static string Invalid(string option, double value, string least) => string.Create(CultureInfo.InvariantCulture, $"{option} {value}: expected seconds from {least} to 86400");

    private static bool TryPattern(string? text, out byte[] pattern)
    {
        pattern = [];
        if (text is null) return true;
        if (text.Length is < 1 or > 32 || !text.All(char.IsAsciiHexDigit)) return false;
        pattern = System.Convert.FromHexString(text.Length % 2 == 0 ? text : "0" + text);
        return true;
    }
}
