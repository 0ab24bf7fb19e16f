using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Labs;
using Fathom.Cli.Output;
using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;
using Spectre.Console;

namespace Fathom.Cli.Check;

/// <summary><c>fathom check</c>.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var targets = new Argument<string[]>("target") { Description = "URL, host, host:port, address, tcp://, udp:// or dns://server/name; '-' reads targets from standard input.", Arity = ArgumentArity.ZeroOrMore };
        var output = CommandOptions.Output();
        var failOn = new Option<string>("--fail-on") { Description = "Exit with 1 also if degraded, or at any warning (warn).", DefaultValueFactory = static _ => "broken" };
        failOn.AcceptOnlyFromAmong("broken", "degraded", "warn");
        var timeout = new Option<double>("--timeout", "-t") { Description = "Seconds after which a check ends with what is known.", DefaultValueFactory = static _ => 60 };
        var v4 = CommandOptions.V4();
        var v6 = CommandOptions.V6();
        var pcap = CommandOptions.Pcap();
        var caFile = new Option<string>("--ca-file", "--cacert") { Description = "Trust the certificates of this PEM file instead of the system's.", HelpName = "FILE" };
        var command = new Command("check", "Walk the layers to a target and name the one that is broken, with the packet that proves it.")
        {
            targets, output, failOn, timeout, v4, v6, pcap, caFile,
        };
        command.Validators.Add(result =>
        {
            // A scenario has a target of its own.
            if (result.GetResult(targets) is not { Tokens.Count: > 0 } && result.GetResult(LabFlags.Lab) is null && NetworkChoice.DefaultTarget is null) result.AddError("expected TARGET");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var errors = Console.Error;
            var options = new CheckOptions { UserAgent = "fathom/" + AppVersion.Short };
            if (parsed.GetValue(v4) && parsed.GetValue(v6)) return Refuse(errors, "-4 and -6 exclude each other; give one of them, or none for both");
            if (parsed.GetValue(v4)) options = options with { Version = IpVersion.V4 };
            if (parsed.GetValue(v6)) options = options with { Version = IpVersion.V6 };
            var seconds = parsed.GetValue(timeout);
            if (seconds is not (>= 0.1 and <= 3600)) return Refuse(errors, string.Create(CultureInfo.InvariantCulture, $"--timeout {seconds}: expected seconds from 0.1 to 3600"));
            options = options with { Timeout = TimeSpan.FromSeconds(seconds) };
            if (parsed.GetValue(caFile) is { } file)
            {
                if (!TrustFile.TryRead(file, out var anchors, out var why)) return Refuse(errors, $"--ca-file: {why}");
                options = options with { TrustAnchors = anchors };
            }

            // A file that the environment names is the user's word as much as one on the command line.
            if (Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { Length: > 0 } bundle && !TrustFile.TryRead(bundle, out _, out var unreadable))
                return Refuse(errors, $"SSL_CERT_FILE: {unreadable}");

            var words = parsed.GetValue(targets)!;
            if (words.Length == 0 && NetworkChoice.DefaultTarget is { } usual) words = [usual];
            var list = new List<CheckTarget>();
            foreach (var word in words.Where(static w => w != "-"))
            {
                if (word.StartsWith('-')) return Refuse(errors, $"unknown option '{TextSanitizer.Escape(word)}'; 'fathom check --help' lists the options");
                if (!CheckTargetParser.TryParse(word, out var target, out var reason)) return Refuse(errors, reason);
                if (target.Address is { } address && options.Version is { } version && address.Version != version)
                    return Refuse(errors, $"{target.Text} is an IPv{(int)address.Version} address, and -{(int)version} was given");
                list.Add(target);
            }

            var request = new CheckRequest(list, words.Contains("-"), options, Enum.Parse<OutputFormat>(parsed.GetValue(output)!, true), Enum.Parse<FailOn>(parsed.GetValue(failOn)!, true), parsed.GetValue(pcap));
            return await new CheckRunner(NetworkChoice.Create(), new Lazy<IAnsiConsole>(Terminal.Create), Console.Out, errors).RunAsync(request, StandardInput.OpenLines(), cancellation);
        });
        return command;
    }

    private static int Refuse(TextWriter errors, string reason)
    {
        errors.WriteLine($"fathom: {reason}");
        return ExitStatus.Usage;
    }
}
