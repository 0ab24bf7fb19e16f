using System.CommandLine;

namespace Fathom.Cli.Cookies;

/// <summary><c>fathom cookies</c>.</summary>
internal static class CookiesCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create() => new("cookies", "What a browser does with cookies and why: kept or refused, sent or withheld, stolen or protected.")
    {
        CookiesExplainCommand.Create(),
        CookiesSetCommand.Create(),
        CookiesForCommand.Create(),
        CookiesListCommand.Create(),
        CookiesSessionDemoCommand.Create(),
    };
}
