using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Application;

/// <summary>How a host's stub resolver is set up: resolv.conf(5) and hosts(5), read as libc reads them.</summary>
/// <param name="Servers">The resolvers, in order. Empty: none is configured.</param>
/// <param name="Search">The search list, in order, without trailing dots.</param>
/// <param name="Ndots">A name with fewer dots is tried with the search list first (default 1, at most 15).</param>
/// <param name="Timeout">How long libc waits for one server (default 5 s, at most 30 s).</param>
/// <param name="Attempts">How often libc asks each server (default 2, at most 5).</param>
/// <param name="HostsFile">The entries of the hosts file.</param>
/// <param name="Source">Where the servers come from, for people: "/etc/resolv.conf".</param>
/// <param name="HostsSource">Where the entries come from: "/etc/hosts".</param>
public sealed record ResolverConfiguration(
    IReadOnlyList<IpEndpoint> Servers,
    IReadOnlyList<string> Search,
    int Ndots,
    TimeSpan Timeout,
    int Attempts,
    IReadOnlyList<HostsEntry> HostsFile,
    string Source,
    string HostsSource)
{
    /// <summary>
    /// True where libc of this system answers queries from the file above even though no server is named:
    /// without a nameserver line it asks 127.0.0.1. The servers then hold that address.
    /// </summary>
    public bool ServersAreDefault { get; init; }

    /// <summary>The addresses that the hosts file gives a name, compared without regard to case or a trailing dot.</summary>
    /// <param name="name">The name.</param>
    public IReadOnlyList<IpAddress> FindInHostsFile(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = name.EndsWith('.') ? name[..^1] : name;
        var found = new List<IpAddress>();
        foreach (var entry in HostsFile)
        {
            foreach (var alias in entry.Names)
            {
                if (!alias.Equals(wanted, StringComparison.OrdinalIgnoreCase)) continue;
                if (!found.Contains(entry.Address)) found.Add(entry.Address);
                break;
            }
        }

        return found;
    }
}
