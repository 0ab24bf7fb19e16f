using System.CommandLine;
using Fathom.Cli.Capture;
using Fathom.Cli.Check;
using Fathom.Cli.Completion;
using Fathom.Cli.Cookies;
using Fathom.Cli.Dissect;
using Fathom.Cli.Explain;
using Fathom.Cli.Http;
using Fathom.Cli.Interfaces;
using Fathom.Cli.Ip;
using Fathom.Cli.Labs;
using Fathom.Cli.Mac;
using Fathom.Cli.Neighbors;
using Fathom.Cli.Packetize;
using Fathom.Cli.Ping;
using Fathom.Cli.Ports;
using Fathom.Cli.Route;
using Fathom.Cli.Subnet;
using Fathom.Cli.Tcp;
using Fathom.Cli.Tls;
using Fathom.Cli.Trace;
using Fathom.Cli.Udp;
using Fathom.Cli.Urls;

namespace Fathom.Cli.Commands;

/// <summary>All commands, in the order in which help lists them.</summary>
internal static class CommandSet
{
    private static readonly (string Name, Func<Command> Create)[] All =
    [
        ("check", CheckCommand.Create),

        // Packets and layers.
        ("dissect", DissectCommand.Create),
        ("capture", CaptureCommand.Create),
        ("packetize", PacketizeCommand.Create),
        ("explain", ExplainCommand.Create),

        // Addresses.
        ("ip", IpCommand.Create),
        ("subnet", SubnetCommand.Create),
        ("mac", MacCommand.Create),
        ("neighbors", NeighborsCommand.Create),
        ("interfaces", InterfacesCommand.Create),
        ("route", RouteCommand.Create),

        // Names.
        ("dns", Dns.DnsCommand.Create),

        // Ping and trace.
        ("ping", PingCommand.Create),
        ("trace", TraceCommand.Create),

        // Sockets and ports.
        ("tcp", TcpCommand.Create),
        ("udp", UdpCommand.Create),
        ("ports", PortsCommand.Create),

        // Hosts of our own stack.
        ("host", Host.HostCommand.Create),
        ("lab", LabCommand.Create),

        // URLs.
        ("url", UrlCommand.Create),

        // HTTP.
        ("http", HttpCommand.Create),

        // TLS and cookies.
        ("tls", TlsCommand.Create),
        ("cookies", CookiesCommand.Create),

        // The command itself.
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>
    /// Makes the command that a command line names; all of them where it names none, for help and suggestions. Making all takes some
    /// milliseconds, which is what a name server takes to answer.
    /// </summary>
    /// <param name="first">The command line's first word, or null.</param>
    public static IEnumerable<Command> Create(string? first)
    {
        foreach (var (name, create) in All)
        {
            if (name == first) return [Named(create())];
        }

        return All.Select(static entry => Named(entry.Create()));
    }

    // What stands for a value is written in capitals everywhere: in help, and where something is missing.
    private static Command Named(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.HelpName ??= argument.Name.ToUpperInvariant();

            // A list of values takes everything, a mistyped option too; only text to be encoded may begin so.
            if (argument.Arity.MaximumNumberOfValues > 1 && command.Name is not ("encode" or "decode")) argument.Validators.Add(CommandLineFault.RefuseOptions);
        }

        foreach (var below in command.Subcommands) Named(below);
        return command;
    }
}
