using System.CommandLine;

namespace Fathom.Cli.Udp;

/// <summary><c>fathom udp</c>: datagrams, from both ends.</summary>
internal static class UdpCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("udp", "Send UDP datagrams and serve them, and tell reply, silence and rejection apart.")
    {
        UdpSendCommand.Create(),
        UdpListenCommand.Create(),
    };
}
