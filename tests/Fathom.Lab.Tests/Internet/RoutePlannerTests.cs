using Fathom.Hosts.Internet;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Stack;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Internet;

/// <summary>Planned routes lead everywhere, by the shortest way.</summary>
public sealed class RoutePlannerTests : IDisposable
{
    private readonly Lab _lab = new();
    private int _networks;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void In_a_tree_every_node_reaches_every_other()
    {
        var nodes = Enumerable.Range(0, 40).Select(i => Router($"n{i}")).ToArray();
        var addresses = new IpAddress[nodes.Length];
        for (var i = 1; i < nodes.Length; i++) addresses[i] = Line(nodes[(i - 1) / 3], nodes[i]).Right;
        RoutePlanner.Plan(_lab);

        // Depth of a node in a tree of three children each, and of where two ways meet.
        static int Distance(int a, int b)
        {
            var steps = 0;
            for (; a != b; steps++) (a, b) = a > b ? ((a - 1) / 3, b) : (a, (b - 1) / 3);
            return steps;
        }

        for (var a = 0; a < nodes.Length; a += 3)
        {
            for (var b = 1; b < nodes.Length; b += 5)
            {
                if (a != b) Assert.Equal(64 - (Distance(a, b) - 1), HopLimitOf(nodes[a], addresses[b]));
            }
        }
    }

    [Fact]
    public void Around_a_ring_the_shorter_way_is_taken_and_nothing_is_sent_in_circles()
    {
        var ring = Enumerable.Range(0, 6).Select(i => Router($"r{i}")).ToArray();
        for (var i = 0; i < ring.Length; i++) Line(ring[i], ring[(i + 1) % ring.Length]);
        var (_, leaf) = Line(ring[2], Router("leaf"));
        var (_, other) = Line(ring[5], Router("other"));
        RoutePlanner.Plan(_lab);
        Assert.Equal(64 - 2, HopLimitOf(ring[0], leaf));
        Assert.Equal(64 - 4, HopLimitOf(_lab.Find("leaf")!, other));
    }

    [Fact]
    public void Hosts_of_a_switch_get_a_default_route_and_routers_of_one_send_to_each_other_directly()
    {
        var middle = _lab.AddSwitch("exchange");
        var routers = Enumerable.Range(1, 3).Select(i => Plug(Router($"r{i}"), middle, $"192.0.2.{i}", 24)).ToArray();
        var hosts = routers.Select((r, i) =>
        {
            var home = _lab.AddSwitch($"home{i}");
            Plug(r, home, $"10.0.{i}.1", 24);
            return Plug(_lab.AddHost(new LabHostOptions($"h{i}")), home, $"10.0.{i}.2", 24);
        }).ToArray();
        RoutePlanner.Plan(_lab);
        _lab.Run(TimeSpan.FromSeconds(5));
        foreach (var from in hosts) Assert.Contains(from.Stack.Routes.Routes, static r => r.Prefix.IsDefault);
        Assert.Equal(64 - 2, HopLimitOf(hosts[0], IpAddress.Parse("10.0.1.2")));
        Assert.Equal(64 - 2, HopLimitOf(hosts[2], IpAddress.Parse("10.0.0.2")));
        Assert.Equal(0, routers.Sum(static r => r.Stack.Icmp.GetStatistics(IpVersion.V4).OutByType[5])); // no redirects
    }

    private static LabHost Plug(LabHost host, LabSwitch into, string address, int length)
    {
        var port = host.AddPort($"eth{host.Ports.Count}");
        host.AddAddress(port, IpAddress.Parse(address), length);
        host.Lab.Connect(port, into.AddPort());
        return host;
    }

    private LabHost Router(string name) => _lab.AddHost(new LabHostOptions(name) { Stack = new StackOptions { Ip = new IpSettings { Forwarding = true } } });

    private (IpAddress Left, IpAddress Right) Line(LabHost left, LabHost right)
    {
        var network = 0x0A00_0000u + (uint)(4 * _networks++);
        var (a, b) = (left.AddPointToPointPort($"p{left.Ports.Count}"), right.AddPointToPointPort($"p{right.Ports.Count}"));
        left.AddAddress(a, IpAddress.FromV4(network + 1), 30);
        right.AddAddress(b, IpAddress.FromV4(network + 2), 30);
        _lab.Connect(a, b, new LinkSettings { Delay = TimeSpan.FromMilliseconds(1) });
        return (IpAddress.FromV4(network + 1), IpAddress.FromV4(network + 2));
    }

    // What is left of the hop limit of an answer to an echo: 64 less the routers on the way back.
    private int HopLimitOf(LabHost from, IpAddress to) => _lab.Run(
        async () =>
        {
            await using var socket = (await from.Network.OpenEchoAsync(new EchoOptions(IpVersion.V4), default)).Value!;
            Assert.Null(await socket.SendAsync(to, 1, default, default, default));
            return Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default)).HopLimit!.Value;
        },
        TimeSpan.FromSeconds(10));
}
