using System.CommandLine;

namespace Fathom.Cli.Host;

/// <summary><c>fathom host</c>: hosts of Fathom's own stack.</summary>
internal static class HostCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("host", "Run a host of Fathom's own TCP/IP on this machine.")
    {
        HostUpCommand.Create(),
    };
}
