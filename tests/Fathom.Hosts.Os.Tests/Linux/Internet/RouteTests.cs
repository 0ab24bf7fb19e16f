using System.Text.Json;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Tests.Linux.Internet;

/// <summary>Routes and decisions, compared with what iproute2 says of the same namespace.</summary>
public sealed class RouteTests(RouteScene scene) : IClassFixture<RouteScene>
{
    private NetworkNamespace Place => scene.Place;

    [Theory]
    [InlineData("10.9.0.7", RouteKind.Unicast, "10.9.0.0/24")]
    [InlineData("8.8.8.8", RouteKind.Unicast, "0.0.0.0/0")]
    [InlineData("10.50.1.1", RouteKind.Unicast, "10.50.0.0/16")]
    [InlineData("10.9.0.1", RouteKind.Local, "10.9.0.1/32")]
    [InlineData("127.0.0.9", RouteKind.Local, "127.0.0.0/8")]
    [InlineData("10.9.0.255", RouteKind.Broadcast, "10.9.0.255/32")]
    [InlineData("224.0.0.251", RouteKind.Multicast, "0.0.0.0/0")]
    [InlineData("10.70.0.1", RouteKind.Unicast, "10.70.0.0/16")]
    [InlineData("fd09::7", RouteKind.Unicast, "fd09::/64")]
    [InlineData("2001:db8::1", RouteKind.Unicast, "::/0")]
    [InlineData("fd50::1", RouteKind.Unicast, "fd50::/32")]
    [InlineData("fd09::1", RouteKind.Local, "fd09::1/128")]
    [InlineData("::1", RouteKind.Local, "::1/128")]
    public async Task FindRoute_agrees_with_ip_route_get(string destination, RouteKind kind, string prefix)
    {
        var place = Place;
        await place.RunAsync(async () =>
        {
            var found = Found(await OsHost.Create().FindRouteAsync(IpAddress.Parse(destination), default));
            Assert.Equal(kind, found.Kind);
            Assert.True(IpPrefix.TryParse(prefix, out var expected));
            Assert.Equal(expected, found.Prefix);

            using var json = JsonDocument.Parse(place.Run("ip -j -N route get " + destination));
            var peer = json.RootElement[0];
            Assert.Equal(Text(peer, "dev"), await NameOf(found.InterfaceIndex));
            Assert.Equal(Text(peer, "prefsrc"), found.Source?.WithZone(0).ToString());
            var gateway = Text(peer, "gateway") ?? (peer.TryGetProperty("via", out var via) ? Text(via, "host") : null);
            Assert.Equal(gateway, found.Gateway?.WithZone(0).ToString());
        });
    }

    [Theory]
    [InlineData("10.50.1.1", 1280)] // the route's own metric
    [InlineData("fd50::1", 1300)]
    [InlineData("8.8.8.8", 1500)] // the device's
    [InlineData("2001:db8::1", 1500)]
    public async Task FindRoute_tells_the_path_mtu(string destination, int mtu)
    {
        var place = Place;
        await place.RunAsync(async () => Assert.Equal(mtu, Found(await OsHost.Create().FindRouteAsync(IpAddress.Parse(destination), default)).PathMtu));
    }

    [Theory]
    [InlineData("10.60.0.1", RouteKind.Unreachable, "10.60.0.0/16")]
    [InlineData("10.61.0.1", RouteKind.Prohibit, "10.61.0.0/16")]
    [InlineData("10.62.0.1", RouteKind.Blackhole, "10.62.0.0/16")]
    [InlineData("fd60::1", RouteKind.Unreachable, "fd60::/32")]
    [InlineData("fd61::1", RouteKind.Prohibit, "fd61::/32")]
    [InlineData("fd62::1", RouteKind.Blackhole, "fd62::/32")]
    public async Task FindRoute_names_the_route_that_refuses(string destination, RouteKind kind, string prefix)
    {
        var place = Place;
        await place.RunAsync(async () =>
        {
            var found = Found(await OsHost.Create().FindRouteAsync(IpAddress.Parse(destination), default));
            Assert.Equal(kind, found.Kind);
            Assert.Equal(prefix, found.Prefix?.ToString());
            Assert.False(found.IsUsable);
            Assert.Null(found.InterfaceIndex);
        });
    }

    [Theory]
    [InlineData("blackhole", RouteKind.Blackhole)]
    [InlineData("prohibit", RouteKind.Prohibit)]
    [InlineData("unreachable", RouteKind.None)] // the kernel's answer is that of no route: ENETUNREACH (fib_rules.c)
    public async Task FindRoute_tells_what_a_rule_refuses(string action, RouteKind kind)
    {
        var place = Place;
        place.Run($"ip rule add to 10.90.0.0/16 {action}");
        await place.RunAsync(async () => Assert.Equal(kind, Found(await OsHost.Create().FindRouteAsync(IpAddress.Parse("10.90.0.1"), default)).Kind));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public async Task FindRoute_says_None_without_a_default_route(string destination)
    {
        using var place = new NetworkNamespace();
        await place.RunAsync(async () =>
        {
            var found = Found(await OsHost.Create().FindRouteAsync(IpAddress.Parse(destination), default));
            Assert.Equal(RouteKind.None, found.Kind);
            Assert.Null(found.Prefix);
        });
    }

    [Fact]
    public async Task FindRoute_uses_the_zone_of_a_link_local_destination()
    {
        var place = Place;
        await place.RunAsync(async () =>
        {
            var host = OsHost.Create();
            var d1 = (await host.GetInterfacesAsync(default)).Value!.Single(entry => entry.Name == "d1");
            var found = Found(await host.FindRouteAsync(IpAddress.Parse("fe80::99").WithZone((uint)d1.Index), default));
            Assert.Equal(d1.Index, found.InterfaceIndex);
            Assert.Equal((uint)d1.Index, found.Source?.Zone);
            Assert.Equal("fe80::/64", found.Prefix?.ToString());
        });
    }

    [Fact]
    public async Task GetRoutes_lists_what_ip_route_lists_in_all_tables()
    {
        var place = Place;
        await place.RunAsync(async () =>
        {
            var host = OsHost.Create();
            var names = (await host.GetInterfacesAsync(default)).Value!.ToDictionary(entry => entry.Index, entry => entry.Name);
            var routes = (await host.GetRoutesAsync(default)).Value!;
            var ours = routes.Select(route => Describe(route, names)).Order(StringComparer.Ordinal).ToArray();
            var theirs = new[] { "-4", "-6" }.SelectMany(family => Peer(place, family)).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(theirs, ours);
            Assert.Contains(ours, line => line.StartsWith("10.51.0.0/16 Unicast via 10.9.1.2 d1", StringComparison.Ordinal));
            Assert.Contains(ours, line => line.EndsWith("table 4711", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_link_that_goes_down_takes_its_default_route_along()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 type veth peer name v1");
        place.Run("ip addr add 10.8.0.1/24 dev v0");
        place.Run("ip link set v1 up");
        place.Run("ip link set v0 up");
        place.Run("ip route add default via 10.8.0.254");
        await place.RunAsync(async () =>
        {
            var host = OsHost.Create();
            var far = IpAddress.Parse("192.0.2.1");
            Assert.Equal(RouteKind.Unicast, Found(await host.FindRouteAsync(far, default)).Kind);
            place.Run("ip link set v0 down");
            Assert.Equal(RouteKind.None, Found(await host.FindRouteAsync(far, default)).Kind);
            Assert.DoesNotContain((await host.GetRoutesAsync(default)).Value!, route => route.Destination.IsDefault);
        });
    }

    [Fact]
    public async Task Nothing_of_it_needs_a_privilege()
    {
        var place = Place;
        await place.RunAsync(
            async () =>
            {
                var host = OsHost.Create();
                Assert.NotEmpty((await host.GetInterfacesAsync(default)).Value!);
                Assert.NotEmpty((await host.GetRoutesAsync(default)).Value!);
                Assert.NotNull((await host.GetNeighborsAsync(default)).Value);
                var found = Found(await host.FindRouteAsync(IpAddress.Parse("10.50.1.1"), default));
                Assert.Equal(("10.50.0.0/16", 1280), (found.Prefix.ToString(), found.PathMtu ?? 0));
            },
            user: 65534);
    }

    [Fact]
    public async Task GetRoutes_marks_a_route_whose_link_has_no_carrier()
    {
        using var place = new NetworkNamespace();
        place.Run("ip link add v0 type veth peer name v1");
        place.Run("ip addr add 10.8.0.1/24 dev v0");
        place.Run("ip link set v0 up"); // and v1 down: no carrier
        await place.RunAsync(async () =>
        {
            var routes = (await OsHost.Create().GetRoutesAsync(default)).Value!;
            Assert.True(routes.Single(route => route.Destination.ToString() == "10.8.0.0/24").IsLinkDown);
        });
    }

    private static IEnumerable<string> Peer(NetworkNamespace place, string family)
    {
        using var json = JsonDocument.Parse(place.Run($"ip -j -N {family} route show table all"));
        foreach (var route in json.RootElement.EnumerateArray())
        {
            var destination = Text(route, "dst")!;
            var address = family == "-6" ? "::/0" : "0.0.0.0/0";
            var prefix = destination == "default" ? address : destination.Contains('/') ? destination : destination + (family == "-6" ? "/128" : "/32");
            // iproute2 prints RTN_* by number with -N, and leaves unicast and the main table out.
            var kind = int.Parse(Text(route, "type") ?? "1") switch
            {
                1 => RouteKind.Unicast,
                2 => RouteKind.Local,
                3 => RouteKind.Broadcast,
                4 or 5 => RouteKind.Multicast,
                6 => RouteKind.Blackhole,
                7 => RouteKind.Unreachable,
                8 => RouteKind.Prohibit,
                _ => RouteKind.Unknown,
            };
            var table = Text(route, "table") ?? "254";
            var metric = route.TryGetProperty("metric", out var number) ? number.GetInt64() : 0;
            var source = Text(route, "prefsrc");
            var hops = route.TryGetProperty("nexthops", out var list) ? list.EnumerateArray().ToArray() : [route];
            foreach (var hop in hops)
            {
                var gateway = Text(hop, "gateway") ?? (hop.TryGetProperty("via", out var via) ? Text(via, "host") : null);
                yield return $"{prefix} {kind} via {gateway} {Text(hop, "dev")} src {source} metric {metric} table {table}";
            }
        }
    }

    private static string Describe(HostRoute route, Dictionary<int, string> names)
        => $"{route.Destination} {route.Kind} via {route.Gateway?.WithZone(0)} {(route.InterfaceIndex is { } index ? names[index] : null)} src {route.Source?.WithZone(0)} metric {route.Metric} table {route.Table}";

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static async Task<string?> NameOf(int? index)
        => (await OsHost.Create().GetInterfacesAsync(default)).Value!.SingleOrDefault(entry => entry.Index == index)?.Name;

    private static RouteDecision Found(HostResult<RouteDecision> result)
    {
        Assert.True(result.TryGet(out var decision, out var refusal), refusal?.Reason);
        return decision;
    }
}
