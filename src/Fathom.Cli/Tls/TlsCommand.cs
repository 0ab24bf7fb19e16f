using System.CommandLine;
using Fathom.Cli.Check;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Cli.Tls;

/// <summary><c>fathom tls</c>.</summary>
internal static class TlsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var hosts = new Argument<string[]>("host") { Description = "host, host:port, address or https:// URL (port 443 if none); '-' reads them from standard input.", Arity = ArgumentArity.OneOrMore, HelpName = "HOST[:PORT]" };
        var serverName = new Option<string>("--servername", "-servername") { Description = "Ask for this name (SNI) and judge the certificate by it; '' sends none.", HelpName = "NAME" };
        var alpn = new Option<string>("--alpn", "-alpn") { Description = "Application protocols to offer, in order: h2,http/1.1; '' offers none.", HelpName = "LIST", DefaultValueFactory = static _ => "http/1.1" };
        var tls12 = new Option<bool>("--tls1.2", "-tls1_2") { Description = "Offer TLS 1.2 only." };
        var tls13 = new Option<bool>("--tls1.3", "-tls1_3") { Description = "Offer TLS 1.3 only." };
        var caFile = new Option<string>("--cacert", "-CAfile") { Description = "Trust the certificates of this PEM file instead of the system's.", HelpName = "FILE" };
        var startTls = new Option<string?>("--starttls", "-starttls") { Description = "Begin in the clear and go over to TLS: smtp, imap, pop3 or ftp (port 25, 143, 110, 21 if none).", HelpName = "PROTOCOL" };
        startTls.AcceptOnlyFromAmong("smtp", "imap", "pop3", "ftp");
        var resume = new Option<bool>("--resume", "-reconnect") { Description = "Also try to go on with the session on another connection." };
        var versions = new Option<bool>("--versions") { Description = "Also ask which versions the server speaks (one connection each)." };
        var suites = new Option<bool>("--suites") { Description = "Also ask which cipher suites it takes (one connection each)." };
        var showCerts = new Option<bool>("--show-certs", "-showcerts") { Description = "Print the certificates as sent, in PEM." };
        var timeout = CommandOptions.Timeout(10, "each connection and each handshake");
        var v4 = CommandOptions.V4();
        var v6 = CommandOptions.V6();
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("tls", "Look at a TLS server: the handshake message by message, the certificates, and what a client would refuse and why.")
        {
            hosts, serverName, alpn, tls12, tls13, caFile, startTls, resume, versions, suites, showCerts, timeout, v4, v6, output, explain, equivalent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetTimeout(parsed, timeout, out var limit) || !run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            if (parsed.GetValue(tls12) && parsed.GetValue(tls13)) return run.Refuse("--tls1.2 and --tls1.3 exclude each other; give one of them, or none for both");
            var protocols = parsed.GetValue(alpn)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (protocols.Any(static p => p.Length > 255 || p.Any(static c => c is < '!' or > '~'))) return run.Refuse($"--alpn '{parsed.GetValue(alpn)}': expected protocol names of printable ASCII, separated by commas: h2,http/1.1");
            var sni = parsed.GetValue(serverName);
            if (sni is not null && (sni.Length > 253 || sni.Any(static c => c is < '!' or > '~'))) return run.Refuse($"--servername '{sni}': expected a host name in ASCII");
            TrustAnchors? anchors = null;
            if (parsed.GetValue(caFile) is { } file && !TrustFile.TryRead(file, out anchors, out var why)) return run.Refuse($"--cacert: {why}");

            var request = new TlsRequest(sni, anchors, parsed.GetValue(versions), parsed.GetValue(suites), parsed.GetValue(showCerts), version, parsed.GetValue(startTls) is { } before ? Enum.Parse<StartTlsProtocol>(before, ignoreCase: true) : null, parsed.GetValue(resume), new TlsProbeOptions(null, limit)
            {
                ApplicationProtocols = protocols,
                MinimumVersion = parsed.GetValue(tls13) ? TlsVersion.Tls13 : TlsVersion.Tls12,
                MaximumVersion = parsed.GetValue(tls12) ? TlsVersion.Tls12 : TlsVersion.Tls13,
            });
            var words = parsed.GetValue(hosts)!;
            var targets = new List<CheckTarget>();
            foreach (var word in words.Where(static w => w != "-"))
            {
                if (!TryTarget(word, out var target, out var reason)) return run.Refuse(reason);
                targets.Add(target!);
            }

            var runner = new TlsRunner(run, request);
            var status = ExitStatus.Good;
            var isList = words.Length > 1 || words.Contains("-");
            foreach (var target in targets) status = ExitStatus.Worst(status, await runner.RunAsync(target, isList, cancellation));
            if (!words.Contains("-")) return status;
            await foreach (var (number, text) in InputLines.ReadAsync(StandardInput.OpenLines(), cancellation))
            {
                if (TryTarget(text, out var target, out var reason)) status = ExitStatus.Worst(status, await runner.RunAsync(target!, isList, cancellation));
                else status = ExitStatus.Worst(status, run.Complain($"line {number}: {reason}", ExitStatus.Usage));
            }

            return status;
        });
        return command;
    }

    private static bool TryTarget(string word, out CheckTarget? target, out string reason)
    {
        target = null;
        if (word.StartsWith('-'))
        {
            reason = $"unknown option '{word}'; 'fathom tls --help' lists the options";
            return false;
        }

        // A bare host means port 443 here; the parser's own rule for URLs does the rest.
        var text = word.Contains("://", StringComparison.Ordinal) ? word : "https://" + word;
        if (!CheckTargetParser.TryParse(text, out target, out reason)) return false;
        if (target.Kind is TargetKind.Http or TargetKind.Udp or TargetKind.Dns)
        {
            reason = $"'{word}' does not speak TLS; expected a host, host:port or an https:// URL";
            return false;
        }

        return true;
    }
}
