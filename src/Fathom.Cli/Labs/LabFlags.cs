using System.CommandLine;
using System.CommandLine.Parsing;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>The options that put a command into a lab: every command has them.</summary>
internal static class LabFlags
{
    private const string Name = "--lab";

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

    /// <summary>Adds them to the root, and so to every command.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(Lab);
        root.Add(From);
        root.Add(Seed);
        root.Add(Fault);
    }

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
