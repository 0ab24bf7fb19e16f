using Fathom.EndToEnd.Worlds;
using Fathom.EndToEnd.Worlds.Servers;

namespace Fathom.EndToEnd.Cases;

/// <summary>Worlds in which nothing is broken, however it looks to a careless eye.</summary>
internal static class ControlCases
{
    // Neighbor discovery is ICMPv6 too: without it there is no link, so it stays.
    private const string DropIcmpV6 = "icmpv6 type != { nd-neighbor-solicit, nd-neighbor-advert } drop";

    /// <summary>No ICMP passes, arrives or leaves anywhere, as careless firewalls have it.</summary>
    public static Fault IcmpFiltered { get; } = new[] { Node.Gateway, Node.FarRouter, Node.Server }
        .Select(node => Fault
            .Firewall(node, "input", "ip protocol icmp drop", DropIcmpV6)
            .And(Fault.Firewall(node, "forward", "ip protocol icmp drop", DropIcmpV6))
            .And(Fault.Firewall(node, "output", "ip protocol icmp drop", DropIcmpV6)))
        .Aggregate((all, next) => all.And(next));

    /// <summary>A link of 1,400 octets between the routers, as tunnels have it.</summary>
    public static Fault NarrowLink { get; } = new(
        [
            new Step(Node.Gateway, "ip link set dev wan mtu 1400"),
            new Step(Node.FarRouter, "ip link set dev wan mtu 1400"),
        ],
        [
            new Step(Node.Gateway, "ip link set dev wan mtu 1500"),
            new Step(Node.FarRouter, "ip link set dev wan mtu 1500"),
        ]);

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        Healthy("control: all well, HTTPS", $"https://{Names.Www}/"),
        Healthy("control: all well, HTTPS over IPv6", $"https://{Names.V6Only}/"),
        Healthy("control: all well, HTTP", $"http://{Names.V4Only}/large.txt"),
        Healthy("control: all well, address", $"https://{Topology.ServerV4}/"),
        Healthy("control: all well, bare host", Names.Www, $"https://{Names.Www}/"),
        Healthy("control: all well, redirect", $"https://{Names.Www}/moved"),
        new(
            "control: all well, tcp",
            $"tcp://{Names.Www}:80",
            Expectation.Works,
            Fault.None,
            Witness.Status($"http://{Names.Www}/", 200)),
        new(
            "control: all well, dns",
            $"dns://{Topology.ResolverV4}/{Names.Www}",
            Expectation.Works,
            Fault.None,
            new Witness($"dig +short @{Topology.ResolverV4} {Names.Www}", 0, Topology.ServerV4)),
        new(
            "control: ICMP filtered everywhere",
            $"https://{Names.Www}/",
            Expectation.Works,
            IcmpFiltered,
            new Witness(
                $"! ping -c 1 -W 1 {Topology.GatewayV4} && ! ping -c 1 -W 1 {Topology.ServerV4} && curl -sS -m 20 https://{Names.Www}/", 0, "All is well")),
        new(
            "control: ICMP budget of the routers spent",
            $"https://{Names.Www}/",
            Expectation.Works,
            Fault.OnClient($"traceroute -n -q 10 -N 40 -w 0.2 -m 4 {Topology.ServerV4}", $"traceroute -n -q 10 -N 40 -w 0.2 -m 4 {Topology.ServerV6}"),
            new Witness($"traceroute -n -q 6 -N 12 -w 0.5 -m 2 {Topology.ServerV4}", 0, @"\*")),
        new(
            "control: slow server",
            $"https://{Names.Www}/slow",
            Expectation.NeverBroken("path.latency"),
            Fault.None,
            Witness.Status($"https://{Names.Www}/slow", 200)),
        new(
            "control: smaller MTU, reported",
            $"https://{Names.Www}/",
            Expectation.NeverBroken("path.mtu-reduced"),
            NarrowLink,
            new Witness($"ping -c 1 -W 1 -M do -s 1400 {Topology.ServerV4}; curl -sS -m 20 https://{Names.Www}/", 0, "mtu = ?1400.*All is well")),
        new(
            "control: one dead resolver of two",
            $"https://{Names.Www}/",
            Expectation.NeverBroken("dns.server-degraded"),
            Fault.None,
            new Witness($"dig +tries=1 +time=1 @{NameserverBehavior.Silent.Address} x; dig +short {Names.Www} @{Topology.ResolverV4}", 0, $"timed out.*{Topology.ServerV4}"))
        {
            ResolvConf = $"nameserver {NameserverBehavior.Silent.Address}\nnameserver {Topology.ResolverV4}\n",
        },
    ];

    private static FaultCase Healthy(string name, string target, string? url = null) =>
        new(name, target, Expectation.Works, Fault.None, new Witness($"curl -sS -m 20 -L '{url ?? target}'", 0, "All is well|0123456789"));
}
