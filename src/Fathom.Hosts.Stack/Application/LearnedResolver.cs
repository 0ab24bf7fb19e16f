using Fathom.Hosts.Application;
using Fathom.Stack;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Application;

/// <summary>How a host resolves names by what the network told it: DHCP (RFC 2132 §3.8, §3.17) and router advertisements (RFC 8106).</summary>
internal static class LearnedResolver
{
    private const ushort Port = 53;

    // resolv.conf(5): ndots, and libc's timeout and attempts.
    private const int Ndots = 1;
    private const int Attempts = 2;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>What is known now. Called with the gate held.</summary>
    public static HostResult<ResolverConfiguration> Of(NetworkStack stack)
    {
        var (servers, search, sources) = (new List<IpEndpoint>(), new List<string>(), new List<string>());
        foreach (var client in stack.DhcpClients)
        {
            if (client.Lease is not { } lease || !stack.Addresses.Any(a => a.Address == lease.Address)) continue;
            servers.AddRange(lease.DnsServers.Select(static s => new IpEndpoint(s, Port)));
            if (DnsName.TryParse(System.Text.Encoding.ASCII.GetString(lease.DomainName.Span).TrimEnd('\0'), out var domain, out _) && !domain.IsRoot) search.Add(domain.ToString());
            sources.Add($"DHCP, from {lease.Server}");
        }

        foreach (var through in stack.Interfaces)
        {
            // RFC 8106 §5.3.1: beside DHCP's both are used, DHCP's first.
            if (stack.GetRouterInformation(through) is not { DnsServers.Count: > 0 } told) continue;
            servers.AddRange(told.DnsServers.Select(s => new IpEndpoint(s.IsLinkLocal ? s.WithZone((uint)through.Index) : s, Port)));
            foreach (var wire in told.SearchList)
            {
                if (DnsName.TryReadWire(wire.Span, out var name) && !name.IsRoot) search.Add(name.ToString());
            }

            sources.Add($"router advertisements on {through.Name}");
        }

        // None: that is known, too.
        if (sources.Count == 0) sources.Add("the network (DHCP, router advertisements)");
        return new ResolverConfiguration([.. servers.Distinct()], [.. search.Distinct(StringComparer.OrdinalIgnoreCase)], Ndots, Timeout, Attempts, [], string.Join("; ", sources), "none");
    }
}
