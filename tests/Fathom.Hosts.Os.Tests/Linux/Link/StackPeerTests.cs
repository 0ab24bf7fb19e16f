using System.Diagnostics;
using Fathom.Hosts.Os.Link;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Link;

/// <summary>Fathom's stack on a TAP device, beside those who speak the link's protocols every day: the kernel, its bridge, arping and dnsmasq.</summary>
public sealed class StackPeerTests
{
    [Fact]
    public Task Dnsmasq_gives_an_address_a_router_and_resolvers() => OnBridgeAsync(async (place, tun, watch) =>
    {
        using var server = Start(place, [
            "dnsmasq", "-k", "-p", "0", "-i", "br0", "--bind-interfaces", "--no-ping", "--user=root", "--dhcp-leasefile=/dev/null", "--dhcp-range=10.77.0.50,10.77.0.60,2m",
            "--dhcp-option=option:dns-server,10.77.0.53", "--dhcp-option=option:domain-name,deep.test", "--enable-ra", "--dhcp-range=fd77::,ra-only,64,300",
            "--dhcp-option=option6:dns-server,[fd77::53]"]);
        try
        {
            DhcpClient? client = null;
            await tun.RunAsync(() =>
            {
                client = tun.Stack.CreateDhcpClient(tun.Interface);
                Assert.True(client.Start());
                return Task.CompletedTask;
            });
            await watch.ForAsync(static e => e is DhcpStateChanged { After: DhcpState.Bound });
            await watch.ForAsync(static e => e is AddressChanged { Origin: AddressOrigin.Autoconfigured, After: AddressState.Preferred });
            await tun.RunAsync(() =>
            {
                var given = Assert.Single(tun.Stack.Addresses, static a => a.Origin == AddressOrigin.Dhcp);
                Assert.InRange((uint)given.Address.Value, (uint)IpAddress.Parse("10.77.0.50").Value, (uint)IpAddress.Parse("10.77.0.60").Value);
                Assert.Equal(24, given.PrefixLength);
                Assert.Equal([IpAddress.Parse("10.77.0.53")], client!.Lease!.DnsServers);
                Assert.Equal("deep.test", System.Text.Encoding.ASCII.GetString(client.Lease.DomainName.Span));
                Assert.Equal(IpAddress.Parse("10.77.0.1"), tun.Stack.Routes.Find(IpAddress.Parse("192.0.2.1"))!.Gateway);
                Assert.Equal(IpAddress.Parse("fd77::ff:fe00:77"), Assert.Single(tun.Stack.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured).Address);
                Assert.Equal([IpAddress.Parse("fd77::53")], tun.Stack.GetRouterInformation(tun.Interface)!.DnsServers);
                Assert.True(tun.Stack.Routes.Find(IpAddress.Parse("2606::1"))!.Gateway!.Value.IsLinkLocal);
                return Task.CompletedTask;
            });
        }
        finally
        {
            server.Kill();
        }
    });

    [Fact]
    public Task The_kernels_bridge_understands_the_reports_of_groups() => OnBridgeAsync(async (place, tun, watch) =>
    {
        await tun.RunAsync(() =>
        {
            foreach (var (any, group) in ((IpAddress, string)[])[(IpAddress.AnyV4, "239.7.7.7"), (IpAddress.AnyV6, "ff15::77")])
            {
                Assert.True(tun.Stack.Udp.TryOpen(new IpEndpoint(any, 7), out var socket, out _));
                socket.JoinGroup(IpAddress.Parse(group), tun.Interface);
            }

            return Task.CompletedTask;
        });

        // A query's answer is the last word: what was told before it may have come before the bridge listened.
        await watch.ForAsync(static e => e is GroupReported { Type: MulticastRecordType.ModeIsExclude } g && g.Group == IpAddress.Parse("239.7.7.7"));
        await watch.ForAsync(static e => e is GroupReported { Type: MulticastRecordType.ModeIsExclude } g && g.Group == IpAddress.Parse("ff15::77"));
        place.Run("arping -c 1 -w 20 -I br0 -s 10.77.0.1 10.77.0.2"); // what was sent before its answer has been taken by then
        var groups = place.Run("bridge mdb show");
        Assert.Contains("port ft0 grp 239.7.7.7", groups, StringComparison.Ordinal);
        Assert.Contains("port ft0 grp ff15::77", groups, StringComparison.Ordinal);
        Assert.Contains("port ft0 grp ff02::1:ff00:77", groups, StringComparison.Ordinal);
    });

    [Fact]
    public Task The_kernel_finds_the_stack_and_keeps_its_own_addresses() => OnBridgeAsync(async (place, tun, watch) =>
    {
        await watch.ForAsync(static e => e is AddressChanged { Origin: AddressOrigin.LinkLocal, After: AddressState.Preferred });
        Assert.Contains("02:00:00:00:00:77", place.Run("arping -c 1 -w 20 -I br0 -s 10.77.0.1 10.77.0.2").ToLowerInvariant(), StringComparison.Ordinal);
        place.Run("ping -c 1 -W 5 -s 4000 10.77.0.2");
        place.WaitUntilLinkLocal("br0");
        place.Run("ping -c 1 -W 5 -s 4000 fe80::ff:fe00:77%br0");
        Assert.Contains("fe80::ff:fe00:77 lladdr 02:00:00:00:00:77", place.Run("ip -6 neigh show dev br0"), StringComparison.Ordinal);

        // The kernel speaks for its addresses, and the stack does not take them.
        await tun.RunAsync(() =>
        {
            Assert.True(tun.Stack.AddAddress(tun.Interface, IpAddress.Parse("fd77::1"), 64));
            return Task.CompletedTask;
        });
        await watch.ForAsync(static e => e is AddressConflict { Action: AddressConflictAction.NotUsed } c && c.Address == IpAddress.Parse("fd77::1"));
    });

    private static async Task OnBridgeAsync(Func<NetworkNamespace, TunHost, EventWatch, Task> test)
    {
        using var place = new NetworkNamespace();
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "There is no /dev/net/tun here.");
        var (status, _, errors) = Shell.Try("ip", "netns", "exec", place.Name, "ip", "link", "add", "br0", "type", "bridge", "mcast_snooping", "1", "mcast_querier", "1",
            "mcast_query_interval", "300", "mcast_query_response_interval", "100", "mcast_startup_query_interval", "300", "mcast_igmp_version", "3", "mcast_mld_version", "2");
        Assert.SkipUnless(status == 0, $"The kernel has no bridge: {errors}");
        await place.RunAsync(async () =>
        {
            var opened = TunHost.Open(new TunOptions("ft0")
            {
                IsTap = true,
                HardwareAddress = MacAddress.FromValue(0x02_00_00_00_00_77),
                Addresses = [new Fathom.Hosts.Link.InterfaceAddress(IpAddress.Parse("10.77.0.2"), 24)],
            });
            Assert.True(opened.TryGet(out var tun, out var refusal), refusal?.Reason);
            await using (tun)
            {
                var watch = new EventWatch();
                tun.Observe(watch);
                place.Run("ip link set ft0 master br0");
                place.Run("ip link set ft0 up");
                place.Run("ip link set br0 up");
                place.Run("ip addr add 10.77.0.1/24 dev br0");
                place.Run("ip addr add fd77::1/64 dev br0 nodad");
                await test(place, tun, watch);
            }
        });
    }

    private static Process Start(NetworkNamespace place, string[] command)
    {
        if (Shell.Try(command[0], "--version").Status != 0) Assert.Skip($"{command[0]} is not installed.");
        return Process.Start(new ProcessStartInfo("ip", ["netns", "exec", place.Name, .. command]) { RedirectStandardError = true })!;
    }
}
