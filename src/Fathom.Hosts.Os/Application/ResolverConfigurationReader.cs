using System.Net;
using System.Net.Sockets;
using Fathom.Hosts.Application;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Application;

/// <summary>Puts resolv.conf, the environment, the hosts file and nsswitch.conf together, as a Unix libc does.</summary>
internal static class ResolverConfigurationReader
{
    private const string DefaultHostsPath = "/etc/hosts";

    /// <summary>Reads the files. One that is not there, or may not be read, counts as empty, as it does for libc.</summary>
    public static ResolverConfiguration Read(OsHostOptions options)
    {
        var source = options.ResolvConfPath;
        var resolv = ResolvConf.Parse(TextFile.ReadOrEmpty(ref source), options.Environment("LOCALDOMAIN"), options.Environment("RES_OPTIONS"));
        var hostsSource = options.HostsPath ?? DefaultHostsPath;
        IReadOnlyList<HostsEntry> hosts = [];
        var nsswitch = options.NsswitchPath;
        if (NsswitchConf.UsesHostsFile(TextFile.ReadOrEmpty(ref nsswitch))) hosts = HostsFile.Parse(TextFile.ReadOrEmpty(ref hostsSource));
        else hostsSource += $" (not used: {options.NsswitchPath} does not name \"files\" for hosts)";

        var hasServers = resolv.Servers.Count > 0;
        return new ResolverConfiguration(
            hasServers ? resolv.Servers : [new IpEndpoint(IpAddress.LoopbackV4, 53)],
            resolv.Search ?? DomainOf(HostName()),
            resolv.Flags.Ndots,
            TimeSpan.FromSeconds(resolv.Flags.Timeout),
            resolv.Flags.Attempts,
            hosts,
            source,
            hostsSource)
        {
            ServersAreDefault = !hasServers,
        };
    }

    /// <summary>The system's name for itself, with its domain where it has one.</summary>
    public static string HostName()
    {
        try
        {
            return Dns.GetHostName();
        }
        catch (SocketException)
        {
            return "localhost"; // no name is set
        }
    }

    // Without a search list the domain of the host's own name is searched (resolv.conf(5)).
    private static string[] DomainOf(string hostName)
    {
        var dot = hostName.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || dot == hostName.Length - 1 ? [] : [hostName[(dot + 1)..].TrimEnd('.')];
    }
}
