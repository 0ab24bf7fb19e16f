using System.CommandLine;
using System.CommandLine.Parsing;
using Fathom.Cli.Commands;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>The options that put a command into a lab: every command has them.</summary>
internal static class LabFlags
{
    private const string Name = "--lab";
    private const string PcapName = "--pcap";

    /// <summary><c>--lab[=SCENARIO|FILE.yaml]</c>.</summary>
    public static Option<string> Lab { get; } = new(Name)
    {
        Description = "Ask the lab's network in place of this machine's: a scenario's name, or a file (.yaml).",
        HelpName = "=SCENARIO",
        Recursive = true,
    };

    /// <summary><c>--from HOST</c>.</summary>
    public static Option<string> From { get; } = new("--from") { Description = "The host of the lab where the command runs.", HelpName = "HOST", Recursive = true };

    /// <summary><c>--seed N</c>.</summary>
    public static Option<ulong> Seed { get; } = new("--seed") { Description = "The lab's luck: the same number, the same packets.", HelpName = "N", DefaultValueFactory = static _ => 1, Recursive = true };

    /// <summary><c>--fault CAUSE[@PLACE]</c>, as often as wanted.</summary>
    public static Option<string[]> Fault { get; } = new("--fault")
    {
        Description = "Break the lab first: a cause, and where; 'fathom lab faults' lists them.",
        HelpName = "CAUSE[@PLACE]",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Recursive = true,
    };

    /// <summary><c>--pcap FILE</c>, for commands that have none of their own.</summary>
    public static Option<string> Pcap { get; } = CommandOptions.Pcap("With --lab: save what passes the interfaces of the command's host to this file (pcapng).");

    /// <summary><c>--pcap-at PORT[,PORT]</c>.</summary>
    public static Option<string> PcapAt { get; } = new("--pcap-at") { Description = "With --lab and --pcap: save what passes these ports of the lab instead: home-router/wan.", HelpName = "PORTS", Recursive = true };

    /// <summary>Adds them to the root, and so to every command.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(Lab);
        root.Add(From);
        root.Add(Seed);
        root.Add(Fault);
        root.Add(PcapAt);
        foreach (var command in root.Subcommands)
        {
            if (!IsOfItsOwn(command.Name)) AddPcap(command);
        }
    }

    /// <summary>The option that says where packets are saved, be it the command's own; null: it has none.</summary>
    /// <param name="command">The command.</param>
    public static Option<string>? FindPcap(Command command) => command.Options.OfType<Option<string>>().FirstOrDefault(static o => o.Name == PcapName);

    /// <summary>An option that means something only in a lab, on a command line without one; null: there is none.</summary>
    /// <param name="parsed">The command line.</param>
    public static string? FindStray(ParseResult parsed)
    {
        if (parsed.GetValue(Lab) is not null || IsBelow(parsed, "lab")) return null;
        Option[] ofTheLab = [From, Seed, Fault, Pcap, PcapAt];
        return ofTheLab.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;
    }

    private static void AddPcap(Command command)
    {
        if (command.Action is not null && FindPcap(command) is null) command.Add(Pcap);
        foreach (var below in command.Subcommands) AddPcap(below);
    }

    // What is of labs itself, or of this machine's devices, does not run in one.
    private static bool IsOfItsOwn(string group) => group is "lab" or "host";

    /// <summary>True where a command line puts its command into a lab; what is of labs itself, and what is of this machine's devices, it does not.</summary>
    /// <param name="parsed">The command line.</param>
    public static bool ChooseLab(ParseResult parsed)
    {
        if (parsed.GetValue(Lab) is null) return false;
        return !IsBelow(parsed, "lab");
    }

    /// <summary>True where a command is of this machine's devices, which no lab has.</summary>
    /// <param name="parsed">The command line.</param>
    public static bool IsOfThisMachine(ParseResult parsed) => IsBelow(parsed, "host");

    private static bool IsBelow(ParseResult parsed, string group)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Parent: CommandResult { Parent: null } } command && command.Command.Name == group) return true;
        }

        return false;
    }

    /// <summary>A scenario or its file that stands behind a bare <c>--lab</c>, where it is a word of the command; null: none does.</summary>
    /// <param name="args">The command line.</param>
    public static string? FindMisplaced(string[] args)
    {
        var end = Array.IndexOf(args, "--");
        var at = Array.IndexOf(args, Name, 0, end < 0 ? args.Length : end);
        return at >= 0 && at + 1 < args.Length && args[at + 1] is var word && (BuiltInScenarios.Names.Contains(word) || (ScenarioSource.IsFile(word) && File.Exists(word))) ? word : null;
    }

    /// <summary>A bare <c>--lab</c> is the default scenario; with the word behind it, it would take the command's target for a name.</summary>
    public static string[] Complete(string[] args)
    {
        var end = Array.IndexOf(args, "--");
        for (var i = 0; i < (end < 0 ? args.Length : end); i++)
        {
            if (args[i] == Name) args[i] = $"{Name}={BuiltInScenarios.Default}";
        }

        return args;
    }
}
