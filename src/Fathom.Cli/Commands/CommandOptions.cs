using System.CommandLine;

namespace Fathom.Cli.Commands;

/// <summary>The options that every command spells alike. Each call makes a new one: an option belongs to one command.</summary>
internal static class CommandOptions
{
    /// <summary><c>--output text|json|ndjson</c>.</summary>
    public static Option<string> Output()
    {
        var option = new Option<string>("--output", "-o") { Description = "text, json or ndjson.", DefaultValueFactory = static _ => "text" };
        option.AcceptOnlyFromAmong("text", "json", "ndjson");
        return option;
    }

    /// <summary><c>--explain</c>.</summary>
    public static Option<bool> Explain() => new("--explain") { Description = "Say in plain words what just happened." };

    /// <summary><c>--show-equivalent</c>.</summary>
    public static Option<bool> ShowEquivalent() => new("--show-equivalent") { Description = "Print the usual tool's command line for the same." };

    /// <summary><c>--timeout SECONDS</c>; read it with <see cref="CommandRun.TryGetTimeout"/>.</summary>
    /// <param name="seconds">The default, in seconds.</param>
    /// <param name="what">What is waited for, as the description's object: "an answer".</param>
    public static Option<double> Timeout(double seconds, string what)
        => new("--timeout", "-t") { Description = $"Seconds to wait for {what}.", DefaultValueFactory = _ => seconds, HelpName = "SECONDS" };

    /// <summary><c>-4</c>.</summary>
    public static Option<bool> V4() => new("-4") { Description = "IPv4 only." };

    /// <summary><c>-6</c>.</summary>
    public static Option<bool> V6() => new("-6") { Description = "IPv6 only." };

    /// <summary><c>--pcap FILE</c>.</summary>
    public static Option<string> Pcap() => Pcap("Save the captured packets to this file (pcapng).");

    /// <summary><c>--pcap FILE</c>, and no "-": two things in one stream are neither.</summary>
    /// <param name="description">What is saved.</param>
    public static Option<string> Pcap(string description)
    {
        var option = new Option<string>("--pcap") { Description = description, HelpName = "FILE" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "-" }]) result.AddError("--pcap -: standard output holds the results; name a file");
        });
        return option;
    }
}
