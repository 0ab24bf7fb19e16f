using System.Net.NetworkInformation;
using Fathom.Hosts.Application;
using Fathom.Hosts.Os.Application;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>How names are resolved: resolv.conf on a Unix; on Windows what the interfaces are set to.</summary>
internal static class PortableResolver
{
    private const ushort DnsPort = 53;

    public static HostResult<ResolverConfiguration> Read(OsHostOptions options)
    {
        if (!OperatingSystem.IsWindows()) return ResolverConfigurationReader.Read(options);
        var hostsPath = options.HostsPath ?? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts");
        var hosts = HostsFile.Parse(TextFile.ReadOrEmpty(ref hostsPath));
        try
        {
            var properties = NetworkInterface.GetAllNetworkInterfaces()
                .Where(nic => nic.OperationalStatus == OperationalStatus.Up)
                .Select(nic => nic.GetIPProperties())
                .ToArray();
            var servers = properties.SelectMany(entry => entry.DnsAddresses).Select(address => new IpEndpoint(Convert.FromNet(address), DnsPort)).Distinct().ToArray();
            var search = properties.Select(entry => entry.DnsSuffix.TrimEnd('.')).Where(suffix => suffix.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
            // Windows has no such options: these are libc's defaults.
            return new ResolverConfiguration(servers, search, 1, TimeSpan.FromSeconds(5), 2, hosts, "the settings of the network interfaces", hostsPath);
        }
        catch (NetworkInformationException e)
        {
            return new HostRefusal(HostRefusalKind.Failed, $"The settings of the network interfaces cannot be read: {e.Message}");
        }
    }
}
