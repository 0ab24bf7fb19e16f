using System.CommandLine;

namespace Fathom.Cli.Completion;

/// <summary><c>fathom completion</c>: prints the script that teaches a shell to complete this command.</summary>
internal static class CompletionCommand
{
    // Each asks the command itself, by System.CommandLine's suggest directive, so that a new option needs no new script.
    private const string Bash = """
        _fathom() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _fathom fathom
        """;

    private const string Zsh = """
        #compdef fathom
        _fathom() {
            local -a words_found
            words_found=("${(@f)$(fathom "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a words_found
        }
        compdef _fathom fathom
        """;

    private const string Fish = """
        complete -c fathom -f -a '(fathom "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a completion script: source <(fathom completion bash)") { shell };
        command.SetAction(parsed =>
        {
            Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitStatus.Good;
        });
        return command;
    }
}
