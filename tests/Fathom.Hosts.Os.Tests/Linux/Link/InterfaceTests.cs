using System.Globalization;
using System.Text.Json;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Os.Tests.Linux.Link;

/// <summary>Interfaces, addresses and neighbors, compared with what iproute2 says of the same namespace.</summary>
public sealed class InterfaceTests
{
    [Fact]
    public async Task GetInterfaces_agrees_with_ip_address()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 address 02:11:22:33:44:55 mtu 1400 type veth peer name v1");
        // Link-local addresses come when a worker of the kernel has seen the carrier: at a time of its own. There is one that is given below.
        place.Run("ip link set v0 addrgenmode none");
        place.Run("ip link set v1 addrgenmode none");
        place.Run("ip link set v0 up");
        place.Run("ip link set v1 up");
        place.Run("ip addr add fe80::1/64 dev v0 nodad");
        place.Run("ip link add b0 type bridge");
        place.Run("ip tuntap add dev t0 mode tun");
        place.Run("ip link set t0 up");
        place.Run("ip addr add 10.8.0.1/24 dev v0");
        place.Run("ip addr add 10.8.1.1 peer 10.8.1.2/32 dev t0");
        place.Run("ip addr add fd08::1/64 dev v0 nodad");
        await place.RunAsync(async () =>
        {
            var ours = (await OsHost.Create().GetInterfacesAsync(default)).Value!;
            using var json = JsonDocument.Parse(place.Run("ip -j addr"));
            Assert.Equal(json.RootElement.EnumerateArray().Select(Describe), ours.Select(Describe));
            Assert.Equal(
                [InterfaceKind.Loopback, InterfaceKind.Ethernet, InterfaceKind.Ethernet, InterfaceKind.Ethernet, InterfaceKind.Tunnel],
                new[] { "lo", "v0", "v1", "b0", "t0" }.Select(name => ours.Single(entry => entry.Name == name).Kind));
        });
    }

    [Fact]
    public async Task An_interface_is_up_without_carrier_when_its_peer_is_down()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 type veth peer name v1");
        await place.RunAsync(async () =>
        {
            Assert.Equal((false, (bool?)null, false), State(await Named("v0")));
            place.Run("ip link set v0 up");
            Assert.Equal((true, (bool?)false, false), State(await Named("v0")));
            place.Run("ip link set v1 up");
            Assert.Equal((true, (bool?)true, true), State(await Named("v0")));
        });
    }

    [Fact]
    public async Task An_address_tells_its_state()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 type veth peer name v1");
        place.Run("ip link set v0 up"); // no carrier, so that duplicate address detection does not end
        place.Run("ip addr add fd08::1/64 dev v0");
        place.Run("ip addr add fd08::2/64 dev v0 nodad preferred_lft 0");
        place.Run("ip addr add fd08::3/64 dev v0 nodad");
        await place.RunAsync(async () =>
        {
            var states = (await Named("v0")).Addresses.ToDictionary(entry => entry.Address.ToString(), entry => entry.State);
            Assert.Equal(InterfaceAddressState.Tentative, states["fd08::1"]);
            Assert.Equal(InterfaceAddressState.Deprecated, states["fd08::2"]);
            Assert.Equal(InterfaceAddressState.Preferred, states["fd08::3"]);
        });
    }

    [Fact]
    public async Task A_duplicate_address_is_told()
    {
        using var place = new NetworkNamespace();
        using var other = new NetworkNamespace();
        place.Run($"ip link add v0 type veth peer name v1 netns {other.Name}");
        other.Run("ip addr add fd08::1/64 dev v1 nodad");
        other.Run("ip link set v1 up");
        place.Run("ip link set v0 up");
        place.Run("ip addr add fd08::1/64 dev v0");
        await place.RunAsync(async () =>
        {
            // RFC 4862 §5.4: the probe goes out after up to a second, and the answer comes at once.
            for (var i = 0; i < 50; i++)
            {
                var address = (await Named("v0")).Addresses.Single(entry => entry.Address.ToString() == "fd08::1");
                if (address.State == InterfaceAddressState.Duplicate) return;
                Shell.Try("ip", "netns", "exec", place.Name, "timeout", "0.1", "ip", "monitor", "address");
            }

            Assert.Fail("The address never became a duplicate.");
        });
    }

    [Fact]
    public async Task GetNeighbors_agrees_with_ip_neighbor()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 type veth peer name v1");
        // Without an address of its own making the kernel has nothing to say there, and no neighbors of its own come between the two lists.
        place.Run("ip link set v0 addrgenmode none");
        place.Run("ip link set v1 addrgenmode none");
        place.Run("ip link set v0 up");
        place.Run("ip link set v1 up");
        place.Run("ip addr add 10.8.0.1/24 dev v0");
        place.Run("ip neigh add 10.8.0.2 lladdr 02:00:00:00:00:02 nud permanent dev v0");
        place.Run("ip neigh add 10.8.0.3 lladdr 02:00:00:00:00:03 nud stale dev v0");
        place.Run("ip neigh add fd08::4 lladdr 02:00:00:00:00:04 nud permanent router dev v0");
        place.Run("ip neigh add 10.8.0.5 nud failed dev v0");
        await place.RunAsync(async () =>
        {
            var v0 = await Named("v0");
            var neighbors = (await OsHost.Create().GetNeighborsAsync(default)).Value!.Where(entry => entry.InterfaceIndex == v0.Index).ToDictionary(entry => entry.Address);
            Assert.Equal(new HostNeighbor(IpAddress.Parse("10.8.0.2"), v0.Index, NeighborState.Permanent, Mac("02:00:00:00:00:02")), neighbors[IpAddress.Parse("10.8.0.2")]);
            Assert.Equal(new HostNeighbor(IpAddress.Parse("10.8.0.3"), v0.Index, NeighborState.Stale, Mac("02:00:00:00:00:03")), neighbors[IpAddress.Parse("10.8.0.3")]);
            Assert.Equal(new HostNeighbor(IpAddress.Parse("fd08::4"), v0.Index, NeighborState.Permanent, Mac("02:00:00:00:00:04"), IsRouter: true), neighbors[IpAddress.Parse("fd08::4")]);
            Assert.Equal(new HostNeighbor(IpAddress.Parse("10.8.0.5"), v0.Index, NeighborState.Failed, null), neighbors[IpAddress.Parse("10.8.0.5")]);

            using var json = JsonDocument.Parse(place.Run("ip -j neigh show dev v0 nud all"));
            var theirs = json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("dst").GetString()).Order(StringComparer.Ordinal);
            Assert.Equal(theirs, neighbors.Keys.Select(address => address.WithZone(0).ToString()).Order(StringComparer.Ordinal));
        });
    }

    private static async Task<HostInterface> Named(string name)
        => (await OsHost.Create().GetInterfacesAsync(default)).Value!.Single(entry => entry.Name == name);

    private static (bool, bool?, bool) State(HostInterface entry) => (entry.IsUp, entry.HasCarrier, entry.IsUsable);

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    private static string Describe(JsonElement link)
    {
        var flags = link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()).ToArray();
        var isUp = flags.Contains("UP");
        var carrier = isUp ? flags.Contains("LOWER_UP").ToString() : "";
        var isEthernet = link.GetProperty("link_type").GetString() == "ether";
        var addresses = link.GetProperty("addr_info").EnumerateArray().Select(entry => $"{entry.GetProperty("local").GetString()}/{entry.GetProperty("prefixlen").GetInt32()}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{link.GetProperty("ifindex").GetInt32()} {link.GetProperty("ifname").GetString()} up={isUp} carrier={carrier} mtu={link.GetProperty("mtu").GetInt32()} mac={(isEthernet ? link.GetProperty("address").GetString() : "")} {string.Join(' ', addresses)}");
    }

    private static string Describe(HostInterface link) => string.Create(
        CultureInfo.InvariantCulture,
        $"{link.Index} {link.Name} up={link.IsUp} carrier={link.HasCarrier} mtu={link.Mtu} mac={link.HardwareAddress} {string.Join(' ', link.Addresses.Select(entry => $"{entry.Address.WithZone(0)}/{entry.PrefixLength}"))}");
}
