using System.CommandLine;
using Fathom.Cli.Check;
using Fathom.Cli.Completion;
using Fathom.Cli.Dissect;
using Fathom.Cli.Explain;
using Fathom.Cli.Packetize;

namespace Fathom.Cli.Commands;

/// <summary>All commands, in the order in which help lists them.</summary>
internal static class CommandSet
{
    /// <summary>Makes them.</summary>
    public static IEnumerable<Command> Create()
    {
        yield return CheckCommand.Create();

        // Packets and layers.
        yield return DissectCommand.Create();
        yield return PacketizeCommand.Create();
        yield return ExplainCommand.Create();

        // Addresses.

        // Names.

        // Ping and trace.

        // Sockets and ports.

        // URLs.

        // HTTP.

        // TLS and cookies.

        // The command itself.
        yield return CompletionCommand.Create();
    }
}
