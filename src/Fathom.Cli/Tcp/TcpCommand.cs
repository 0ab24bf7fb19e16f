using System.CommandLine;

namespace Fathom.Cli.Tcp;

/// <summary><c>fathom tcp</c>: connections, from both ends.</summary>
internal static class TcpCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("tcp", "Open TCP connections and serve them, and see what happens on the way.")
    {
        TcpConnectCommand.Create(),
        TcpListenCommand.Create(),
    };
}
