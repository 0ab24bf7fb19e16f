using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Check;
using Fathom.Cli.Commands;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Http;

/// <summary><c>fathom http</c>.</summary>
internal static class HttpCommand
{
    // More repeats than fit on a screen teach nothing more.
    private const int MostRepeats = 1000;

    // A body that is shown, decoded or written as JSON is held in memory: this much unless more is asked for, and never more than an array holds.
    private const long MostInMemory = 64 * 1024 * 1024;
    private const long MostOfAll = 1 << 30;

    // One that goes to a file or a pipe is not: a pebibyte is no limit, and no slip of the finger either.
    private const long MostOctets = 1L << 50;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var urls = new Argument<string[]>("url") { Description = "One or more http or https URLs; '-' reads them from standard input.", Arity = ArgumentArity.ZeroOrMore };
        var request = new HttpRequestOptions();
        var method = new Option<string?>("--request", "-X") { Description = "The method.", HelpName = "METHOD" };
        var head = new Option<bool>("--head", "-I") { Description = "HEAD: the head only." };
        var include = new Option<bool>("--include", "-i") { Description = "Show the heads of responses before the body." };
        var file = new Option<string?>("-o", "--output-file") { Description = "Write the body to this file.", HelpName = "FILE" };
        var remoteName = new Option<bool>("-O", "--remote-name") { Description = "Write the body to a file named as in the URL." };
        var writeOut = new Option<string?>("-w", "--write-out") { Description = "Afterwards write this: \"%{http_code} %{time_total}\\n\", with curl's names.", HelpName = "FORMAT" };
        var location = new Option<bool>("--location", "-L") { Description = "Follow redirects." };
        var redirects = new Option<int>("--max-redirs") { Description = "Redirects to follow at the most.", DefaultValueFactory = static _ => 20, HelpName = "N" };
        var insecure = new Option<bool>("--insecure", "-k") { Description = "Go on though the certificate cannot be trusted." };
        var roots = new Option<string?>("--cacert") { Description = "Trust the certificates of this PEM file instead of the system's.", HelpName = "FILE" };
        var proxy = new Option<string?>("--proxy", "-x") { Description = "Go through this proxy, http://HOST:PORT; \"\" for none.", HelpName = "PROXY" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Tell on standard error what is sent and what comes." };
        var silent = new Option<bool>("--silent", "-s") { Description = "The body alone: no heads, no remarks." };
        var showError = new Option<bool>("--show-error", "-S") { Description = "As it is anyway: what failed is always said.", Hidden = true };
        var fail = new Option<bool>("--fail", "-f") { Description = "Status 1, and no body, for 4xx and 5xx." };
        var connectTimeout = new Option<double>("--connect-timeout") { Description = "Seconds for name, TCP, proxy and TLS.", DefaultValueFactory = static _ => 30, HelpName = "SECONDS" };
        var maxTime = new Option<double>("--max-time", "-m") { Description = "Seconds for everything.", DefaultValueFactory = static _ => 300, HelpName = "SECONDS" };
        var resolve = new Option<string[]>("--resolve") { Description = "Use this address instead of asking: HOST:PORT:ADDRESS.", HelpName = "HOST:PORT:ADDRESS" };
        var retry = new Option<int>("--retry") { Description = "Repeat a failure that may pass so often; idempotent methods only.", HelpName = "N" };
        var maxBody = new Option<long?>("--max-filesize") { Description = "Octets of a body at the most, also unpacked. Default: 64 MiB, and no limit for a file or a pipe.", HelpName = "OCTETS" };
        var v4 = CommandOptions.V4();
        var v6 = CommandOptions.V6();
        var showRequest = new Option<bool>("--show-request") { Description = "Show the exact octets of the request." };
        var timing = new Option<bool>("--timing") { Description = "Show how long each phase took." };
        var audit = new Option<bool>("--audit") { Description = "Judge the security fields of the response." };
        var repeat = new Option<int>("--repeat") { Description = "Send it so often and compare: what is idempotent?", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var output = new Option<string>("--output") { Description = "text, json or ndjson.", DefaultValueFactory = static _ => "text" };
        output.AcceptOnlyFromAmong("text", "json", "ndjson");
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("http", "Send an HTTP request and show what comes, with curl's letters; build, parse and serve HTTP.") { urls, method, head };
        foreach (var option in request.All) command.Add(option);
        var cookieOptions = new HttpCookieOptions();
        foreach (var option in cookieOptions.All) command.Add(option);
        foreach (var option in new Option[] { include, file, remoteName, writeOut, location, redirects, insecure, roots, proxy, verbose, silent, showError, fail, connectTimeout, maxTime, resolve, retry, maxBody, v4, v6, showRequest, timing, audit, repeat, output, explain, equivalent }) command.Add(option);
        command.Add(HttpBuildCommand.Create());
        command.Add(HttpParseCommand.Create());
        command.Add(HttpServeCommand.Create());
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!HttpRequestInput.TryRead(run, parsed, request, parsed.GetValue(method), parsed.GetValue(head), out var input, out var reason)) return run.Refuse(reason);
            if (!TryReadTargets(parsed.GetValue(urls)!, out var targets, out var fromInput, out reason)) return run.Refuse(reason);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            if (!run.TryGetTimeout(parsed, connectTimeout, out var connect) || !run.TryGetTimeout(parsed, maxTime, out var total)) return ExitStatus.Usage;
            if (!HttpProxies.TryRead(parsed.GetValue(proxy), Environment.GetEnvironmentVariable, out var proxies, out reason)) return run.Refuse(reason);
            if (!TryReadAddresses(parsed.GetValue(resolve) ?? [], out var addresses, out reason)) return run.Refuse(reason);
            var wrong = Range(parsed, repeat, 1, MostRepeats) ?? Range(parsed, redirects, 0, 100) ?? Range(parsed, retry, 0, 20);
            if (wrong is not null) return run.Refuse(wrong);
            var most = parsed.GetValue(maxBody);
            if (most is < 1 or > MostOctets) return run.Refuse(FormattableString.Invariant($"--max-filesize {most}: expected a number from 1 to {MostOctets}"));
            var (toFile, byName) = (parsed.GetValue(file), parsed.GetValue(remoteName));
            if (toFile is not null && byName) return run.Refuse("-o and -O exclude each other; give one of them");
            if (toFile is not (null or "-") && (targets.Count > 1 || fromInput)) return run.Refuse("-o names one file, and there are several URLs: -O gives each its own");
            if (byName && targets.Find(static t => HttpRunner.RemoteName(t) is null) is { } nameless) return run.Refuse($"-O: {nameless} has no file's name at the end of its path; give one with -o FILE");
            HttpWriteOut? format = null;
            if (parsed.GetValue(writeOut) is { } written && !HttpWriteOut.TryParse(written, out format, out reason)) return run.Refuse(reason);
            if (!cookieOptions.TryOpen(run, parsed, out var cookies)) return ExitStatus.Usage;
            if (cookieOptions.Literal(parsed) is { } literal) input = input with { Fields = input.Fields.With("Cookie", literal) };
            var options = new HttpAgentOptions
            {
                Cookies = cookies,
                UserAgent = parsed.GetValue(request.UserAgent) ?? "fathom/" + AppVersion.Short,
                ConnectTimeout = connect,
                TotalTimeout = total,
                Version = version,
                FollowRedirects = parsed.GetValue(location),
                MaximumRedirects = parsed.GetValue(redirects),
                Retries = parsed.GetValue(retry),
                MaximumBody = (int)Math.Min(most ?? MostInMemory, MostOfAll),
                MaximumStored = most,
                Compressed = parsed.GetValue(request.Compressed),
                MinorVersion = parsed.GetValue(request.Http10) ? 0 : 1,
                Insecure = parsed.GetValue(insecure),
                Addresses = addresses,
                Proxy = proxies.For,
            };
            if (parsed.GetValue(roots) is { } pem)
            {
                if (!TrustFile.TryRead(pem, out var anchors, out reason)) return run.Refuse($"--cacert: {reason}");
                options = options with { TrustAnchors = anchors };
            }

            var isHead = input.Method == "HEAD";
            var isSilent = parsed.GetValue(silent);
            // On a terminal a person looks, and the head tells the most; on a pipe a program reads, and wants the body alone, as with curl.
            var shows = parsed.GetValue(include) || isHead || (!isSilent && toFile is null && !byName && !Console.IsOutputRedirected);
            var view = new HttpView(shows, parsed.GetValue(verbose), isSilent, parsed.GetValue(fail), parsed.GetValue(showRequest), parsed.GetValue(timing), parsed.GetValue(audit), toFile, byName, format);
            var status = await new HttpRunner(run, input, options, view).RunAsync(targets, fromInput, parsed.GetValue(repeat), cancellation);
            return ExitStatus.Worst(status, cookieOptions.Close(run, parsed, cookies));
        });
        return command;
    }

    private static bool TryReadTargets(string[] words, out List<HttpTarget> targets, out bool fromInput, out string reason)
    {
        targets = [];
        fromInput = words.Contains("-");
        reason = "expected a URL, such as http://example.com/";
        foreach (var word in words.Where(static w => w != "-"))
        {
            if (word.StartsWith('-'))
            {
                reason = $"unknown option '{word}'; 'fathom http --help' lists the options";
                return false;
            }

            if (!HttpTarget.TryParse(word, out var target, out reason)) return false;
            targets.Add(target);
        }

        return fromInput || targets.Count > 0;
    }

    private static bool TryReadAddresses(string[] words, out Dictionary<string, IReadOnlyList<IpAddress>> addresses, out string reason)
    {
        addresses = new(StringComparer.OrdinalIgnoreCase);
        reason = "";
        foreach (var word in words)
        {
            var parts = word.Split(':', 3);
            var list = parts.Length == 3 ? parts[2].Split(',').Select(static p => IpAddress.TryParse(p.Trim('[', ']'), out var a) ? (IpAddress?)a : null).ToList() : [null];
            if (list.Contains(null) || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                reason = $"--resolve '{word}': expected HOST:PORT:ADDRESS";
                return false;
            }

            addresses[$"{parts[0].ToLowerInvariant()}:{parts[1]}"] = [.. list.Select(static a => a!.Value)];
        }

        return true;
    }

    private static string? Range(ParseResult parsed, Option<int> option, int least, int most)
        => parsed.GetValue(option) is var value && value >= least && value <= most ? null : string.Create(CultureInfo.InvariantCulture, $"{option.Name} {value}: expected a number from {least} to {most}");
}
