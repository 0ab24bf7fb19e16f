using System.CommandLine;
using Fathom.Cli.Check;
using Fathom.Cli.Completion;
using Fathom.Cli.Cookies;
using Fathom.Cli.Dissect;
using Fathom.Cli.Explain;
using Fathom.Cli.Http;
using Fathom.Cli.Interfaces;
using Fathom.Cli.Ip;
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
    /// <summary>Makes them.</summary>
    public static IEnumerable<Command> Create()
    {
        yield return CheckCommand.Create();

        // Packets and layers.
        yield return DissectCommand.Create();
        yield return PacketizeCommand.Create();
        yield return ExplainCommand.Create();

        // Addresses.
        yield return IpCommand.Create();
        yield return SubnetCommand.Create();
        yield return MacCommand.Create();
        yield return NeighborsCommand.Create();
        yield return InterfacesCommand.Create();
        yield return RouteCommand.Create();

        // Names.
        yield return Dns.DnsCommand.Create();

        // Ping and trace.
        yield return PingCommand.Create();
        yield return TraceCommand.Create();

        // Sockets and ports.
        yield return TcpCommand.Create();
        yield return UdpCommand.Create();
        yield return PortsCommand.Create();

        // URLs.
        yield return UrlCommand.Create();

        // HTTP.
        yield return HttpCommand.Create();

        // TLS and cookies.
        yield return TlsCommand.Create();
        yield return CookiesCommand.Create();

        // The command itself.
        yield return CompletionCommand.Create();
    }
}
