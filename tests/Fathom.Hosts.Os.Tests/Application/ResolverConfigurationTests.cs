using Fathom.Hosts.Application;
using Fathom.Hosts.Os.Tests.Support;

namespace Fathom.Hosts.Os.Tests.Application;

/// <summary>The files and the environment put together.</summary>
public sealed class ResolverConfigurationTests
{
    [Fact]
    public async Task Files_and_environment_are_read()
    {
        using var folder = new TemporaryFolder();
        var resolv = folder.Write("resolv.conf", "nameserver 192.0.2.1\nsearch a.example\noptions timeout:2\n");
        var hosts = folder.Write("hosts", "192.0.2.9 Shop.example shop\n");
        var configuration = await Read(new OsHostOptions
        {
            ResolvConfPath = resolv,
            HostsPath = hosts,
            NsswitchPath = folder.Write("nsswitch.conf", "hosts: files dns\n"),
            Environment = name => name == "RES_OPTIONS" ? "attempts:1" : null,
        });
        Assert.Equal("192.0.2.1:53", configuration.Servers.Single().ToString());
        Assert.False(configuration.ServersAreDefault);
        Assert.Equal(["a.example"], configuration.Search);
        Assert.Equal((TimeSpan.FromSeconds(2), 1), (configuration.Timeout, configuration.Attempts));
        Assert.Equal("192.0.2.9", configuration.FindInHostsFile("shop.EXAMPLE.").Single().ToString());
        Assert.Equal((resolv, hosts), (configuration.Source, configuration.HostsSource));
    }

    [Fact]
    public async Task Without_a_file_libc_asks_this_host()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "resolv.conf");
        var configuration = await Read(Options(folder) with { ResolvConfPath = path });
        Assert.Equal("127.0.0.1:53", configuration.Servers.Single().ToString());
        Assert.True(configuration.ServersAreDefault);
        Assert.StartsWith(path, configuration.Source, StringComparison.Ordinal);
        Assert.Contains("missing", configuration.Source, StringComparison.Ordinal);
        Assert.Empty(configuration.HostsFile);
    }

    [Fact]
    public async Task The_hosts_file_is_not_used_when_nsswitch_leaves_it_out()
    {
        using var folder = new TemporaryFolder();
        var configuration = await Read(Options(folder) with
        {
            HostsPath = folder.Write("hosts", "192.0.2.9 shop\n"),
            NsswitchPath = folder.Write("nsswitch.conf", "hosts: dns\n"),
        });
        Assert.Empty(configuration.HostsFile);
        Assert.Contains("not used", configuration.HostsSource, StringComparison.Ordinal);
    }

    private static OsHostOptions Options(TemporaryFolder folder) => new()
    {
        ResolvConfPath = Path.Combine(folder.Path, "none"),
        HostsPath = Path.Combine(folder.Path, "none"),
        NsswitchPath = Path.Combine(folder.Path, "none"),
        Environment = _ => null,
    };

    private static async Task<ResolverConfiguration> Read(OsHostOptions options)
        => (await OsHost.Create(options).GetResolverConfigurationAsync(default)).Value!;
}
