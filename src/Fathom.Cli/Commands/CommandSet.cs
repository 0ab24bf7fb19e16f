using System.CommandLine;
using Fathom.Cli.Check;
using Fathom.Cli.Completion;
using Fathom.Cli.Cookies;
using Fathom.Cli.Tls;

namespace Fathom.Cli.Commands;

/// <summary>All commands, in the order in which help lists them.</summary>
internal static class CommandSet
{
    /// <summary>Makes them.</summary>
    public static IEnumerable<Command> Create()
    {
        yield return CheckCommand.Create();

        // Packets and layers.

        // Addresses.

        // Names.

        // Ping and trace.

        // Sockets and ports.

        // URLs.

        // HTTP.

        // TLS and cookies.
        yield return TlsCommand.Create();
        yield return CookiesCommand.Create();

        // The command itself.
        yield return CompletionCommand.Create();
    }
}
