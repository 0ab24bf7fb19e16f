using Fathom.Hosts.Os;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Services.Application.Dhcp;
using Fathom.Wire.Internet;

namespace Fathom.Services.Tests.Application.Dhcp;

/// <summary>The DHCP server on the operating system, on one end of a cable; the usual clients on the other.</summary>
public sealed class DhcpServerPeerTests : IDisposable
{
    private readonly SemaphoreSlim _messages = new(0);
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-dhcp-").FullName;

    [Fact]
    public Task Udhcpc_gets_a_lease() => MeetAsync(async (place, server) =>
    {
        // -f -n -q: in the foreground, once, and end.
        var told = await RunAsync(place, $"udhcpc -i cli0 -f -n -q -t 5 -T 1 -x hostname:laptop -s {Script("udhcpc", "bound")}");
        Assert.Equal("192.168.9.100", told["ip"]);
        Assert.Equal("24", told["mask"]);
        Assert.Equal(("192.168.9.1", "192.168.9.53", "home.example"), (told["router"], told["dns"], told["domain"]));
        Assert.Equal(("7200", "192.168.9.1"), (told["lease"], told["serverid"]));
        Assert.Equal(["192.168.9.100 Bound laptop"], Bindings(server));
    });

    [Fact]
    public Task Dhclient_gets_a_lease_asks_for_it_again_and_gives_it_back() => MeetAsync(async (place, server) =>
    {
        var files = $"-lf {_folder}/leases -pf {_folder}/pid -cf /dev/null -sf {Script("dhclient", "BOUND")}";
        var told = await RunAsync(place, $"dhclient -1 {files} cli0");
        Assert.Equal(("192.168.9.100", "255.255.255.0"), (told["new_ip_address"], told["new_subnet_mask"]));
        Assert.Equal(("192.168.9.1", "192.168.9.53"), (told["new_routers"], told["new_domain_name_servers"]));

        // RFC 2131 §4.4.5: half, and seven eighths, of two hours.
        Assert.Equal(("7200", "3600", "6300"), (told["new_dhcp_lease_time"], told["new_dhcp_renewal_time"], told["new_dhcp_rebinding_time"]));
        Assert.Single(server.Bindings, static b => b.State == DhcpBindingState.Bound);

        // With its lease still known it asks for the same address: INIT-REBOOT.
        await RunAsync(place, $"dhclient -x -lf {_folder}/leases -pf {_folder}/pid -cf /dev/null -sf /bin/true cli0");
        Script("dhclient", "REBOOT");
        told = await RunAsync(place, $"dhclient -1 {files} cli0");
        Assert.Equal("192.168.9.100", told["new_ip_address"]);
        await RunAsync(place, $"dhclient -r -lf {_folder}/leases -pf {_folder}/pid -cf /dev/null -sf /bin/true cli0");
        await UntilAsync(() => server.Bindings[0].State == DhcpBindingState.Free);
    });

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _messages.Dispose();
    }

    private static List<string> Bindings(DhcpServer server) => [.. server.Bindings.Select(static b => $"{b.Address} {b.State} {b.HostName}")];

    // A message may be under way still when its sender has ended.
    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) Assert.True(await _messages.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private async Task MeetAsync(Func<NetworkNamespace, DhcpServer, Task> meet)
    {
        using var near = new NetworkNamespace();
        using var far = new NetworkNamespace();
        near.Run($"ip link add srv0 type veth peer name cli0 netns {far.Name}");
        near.Run("ip addr add 192.168.9.1/24 dev srv0");
        near.Run("ip link set srv0 up");
        far.Run("ip link set cli0 up");
        await near.RunAsync(async () =>
        {
            var options = new DhcpServerOptions("srv0", IpAddress.Parse("192.168.9.100"), IpAddress.Parse("192.168.9.199"))
            {
                DnsServers = [IpAddress.Parse("192.168.9.53")],
                DomainName = "home.example",
                LeaseTime = TimeSpan.FromHours(2),
                OnMessage = () => _messages.Release(),
            };
            var started = await DhcpServer.StartAsync(OsHost.Create(), options, default);
            Assert.True(started.TryGet(out var server, out var refusal), refusal?.Reason);
            await using (server) await meet(far, server);
        });
    }

    // What the client told its script when it had the lease.
    private async Task<Dictionary<string, string>> RunAsync(NetworkNamespace place, string command)
    {
        var output = Path.Combine(_folder, "told");
        File.WriteAllText(output, string.Empty);
        await Task.Run(() => place.Run(command));
        return File.ReadAllLines(output).Select(static l => l.Split('=', 2)).Where(static p => p.Length == 2).GroupBy(static p => p[0]).ToDictionary(static g => g.Key, static g => g.Last()[1]);
    }

    // udhcpc gives the reason as its argument, dhclient in the environment. The address is set, since what is given back is given back from it.
    private string Script(string client, string reason)
    {
        var path = Path.Combine(_folder, client);
        var (told, address) = client == "udhcpc" ? ("1", "ip") : ("reason", "new_ip_address");
        File.WriteAllText(path, $"#!/bin/sh\n[ \"${told}\" = {reason} ] && env > {_folder}/told && ip addr replace ${address}/24 dev $interface\nexit 0\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
