namespace Fathom.EndToEnd.Worlds;

/// <summary>
/// The addresses of a world and the links between its nodes:
/// <code>
/// client c ─┐
///           w ─ r1 ─────────── r2 ─── server s
/// neighbor n┘    └ nameserver d
/// </code>
/// Client link 10.77.1.0/24, nameservers 10.77.5.0/24, between the routers 10.77.12.0/30, servers 10.77.9.0/24;
/// in IPv6 fd77:1::/64, fd77:5::/64, fd77:12::/64 and fd77:9::/64.
/// </summary>
internal static class Topology
{
    public const string GatewayV4 = "10.77.1.1";
    public const string GatewayV6 = "fd77:1::1";
    public const string NeighborV4 = "10.77.1.20";
    public const string NeighborV6 = "fd77:1::20";

    /// <summary>An address of the client's link that nobody has.</summary>
    public const string AbsentNeighborV4 = "10.77.1.99";
    public const string AbsentNeighborV6 = "fd77:1::99";

    public const string ResolverV4 = "10.77.5.53";
    public const string ResolverV6 = "fd77:5::53";
    public const string AuthoritativeV4 = "10.77.5.54";

    /// <summary>An authoritative server that has a zone of no name used here, and another without its data; it refuses questions for all others.</summary>
    public const string OneZoneV4 = "10.77.5.56";

    /// <summary>Unbound answers here too, and refuses everybody.</summary>
    public const string RefusingResolverV4 = "10.77.5.55";

    /// <summary>An address of the nameservers' link that nobody has.</summary>
    public const string AbsentResolverV4 = "10.77.5.99";

    public const string ServerV4 = "10.77.9.10";
    public const string ServerV6 = "fd77:9::10";

    /// <summary>A second address of the server, with the same services.</summary>
    public const string SecondServerV4 = "10.77.9.11";

    /// <summary>An address of the servers' link that nobody has.</summary>
    public const string AbsentServerV4 = "10.77.9.99";
    public const string AbsentServerV6 = "fd77:9::99";

    public const string FarRouterV4 = "10.77.12.2";

    /// <summary>A documentation address (RFC 5737): no router of the world knows the way.</summary>
    public const string UnknownV4 = "192.0.2.1";

    /// <summary>Addresses on which the misbehaving nameservers answer, one behavior each.</summary>
    public static string MisbehavingResolverV4(int index) => $"10.77.5.{60 + index}";

    /// <summary>How many addresses <see cref="MisbehavingResolverV4"/> has.</summary>
    public const int MisbehavingResolvers = 16;

    /// <summary>
    /// The client's n-th address. Every case gets another one, because a router counts ICMP errors per
    /// destination (six at once, then one a second): what one case spends must not be missing in the next.
    /// </summary>
    public static string ClientV4(int generation) => $"10.77.1.{ClientHost(generation)}";

    public static string ClientV6(int generation) => $"fd77:1::{ClientHost(generation)}";

    private static int ClientHost(int generation) => 100 + (generation % 150);

    /// <summary>Kernel settings of every node, before it has an interface.</summary>
    public static IReadOnlyList<string> Settings(string node)
    {
        // No router advertisements, no generated addresses, no duplicate detection: the world is
        // whole as soon as it is configured, and link-local addresses are known in advance.
        List<string> settings =
        [
            "net.ipv6.conf.default.accept_ra=0",
            "net.ipv6.conf.default.accept_dad=0",
            "net.ipv6.conf.default.addr_gen_mode=1",
        ];
        if (node is Node.Gateway or Node.FarRouter)
        {
            settings.AddRange(["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"]);
        }

        return settings;
    }

    /// <summary>The two ends of every cable: node, interface, node, interface.</summary>
    public static IReadOnlyList<(string Node, string Interface, string Peer, string PeerInterface)> Cables { get; } =
    [
        (Node.Client, "eth0", Node.Switch, "client"),
        (Node.Neighbor, "eth0", Node.Switch, "neighbor"),
        (Node.Gateway, "lan", Node.Switch, "gateway"),
        (Node.Gateway, "dns", Node.Nameserver, "eth0"),
        (Node.Gateway, "wan", Node.FarRouter, "wan"),
        (Node.FarRouter, "srv", Node.Server, "eth0"),
    ];

    /// <summary>The lines for `ip -batch` that configure a node once its cables are there.</summary>
    public static IReadOnlyList<string> Configuration(string node) => node switch
    {
        Node.Client => [],
        Node.Switch =>
        [
            "link add br0 type bridge",
            "link set client master br0",
            "link set neighbor master br0",
            "link set gateway master br0",
            "link set br0 up",
        ],
        Node.Neighbor =>
        [
            .. Host("eth0", "20", $"{NeighborV4}/24", $"{NeighborV6}/64"),
            $"route add default via {GatewayV4}",
            $"route add default via {GatewayV6}",
        ],
        Node.Gateway =>
        [
            .. Host("lan", "1", $"{GatewayV4}/24", $"{GatewayV6}/64"),
            .. Host("dns", "1", "10.77.5.1/24", "fd77:5::1/64"),
            .. Host("wan", "1", "10.77.12.1/30", "fd77:12::1/64"),
            $"route add 10.77.9.0/24 via {FarRouterV4}",
            "route add fd77:9::/64 via fd77:12::2",
        ],
        Node.FarRouter =>
        [
            .. Host("wan", "2", $"{FarRouterV4}/30", "fd77:12::2/64"),
            .. Host("srv", "1", "10.77.9.1/24", "fd77:9::1/64"),
            "route add default via 10.77.12.1",
            "route add default via fd77:12::1",
        ],
        Node.Nameserver =>
        [
            .. Host("eth0", "53", $"{ResolverV4}/24", $"{ResolverV6}/64"),
            $"addr add {AuthoritativeV4}/24 dev eth0",
            $"addr add {OneZoneV4}/24 dev eth0",
            $"addr add {RefusingResolverV4}/24 dev eth0",
            .. Enumerable.Range(0, MisbehavingResolvers).Select(index => $"addr add {MisbehavingResolverV4(index)}/24 dev eth0"),
            "route add default via 10.77.5.1",
            "route add default via fd77:5::1",
        ],
        Node.Server =>
        [
            .. Host("eth0", "10", $"{ServerV4}/24", $"{ServerV6}/64"),
            $"addr add {SecondServerV4}/24 dev eth0",
            "route add default via 10.77.9.1",
            "route add default via fd77:9::1",
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>The client as it should be: link up, both families, a default route in each.</summary>
    public static IReadOnlyList<string> ClientConfiguration(int generation) =>
    [
        "link set eth0 down",
        "addr flush dev eth0",
        .. Host("eth0", "c", $"{ClientV4(generation)}/24", $"{ClientV6(generation)}/64"),
        $"route add default via {GatewayV4}",
        $"route add default via {GatewayV6}",
    ];

    private static IEnumerable<string> Host(string device, string linkLocal, string v4, string v6) =>
    [
        $"link set dev {device} up",
        $"addr add {v4} dev {device}",
        $"addr add {v6} dev {device} nodad",
        $"addr add fe80::{linkLocal}/64 dev {device} nodad",
    ];
}
