using Fathom.Hosts.Os.Tests.Support;

namespace Fathom.Hosts.Os.Tests.Linux.Internet;

/// <summary>A namespace with a route of every kind, made when it is first needed.</summary>
public sealed class RouteScene : IDisposable
{
    private static readonly string[] Scene =
    [
        "sysctl -qw net.ipv6.conf.default.accept_dad=0", // link-local addresses at once
        "ip link add d0 type veth peer name p0", "ip link set p0 up", "ip addr add 10.9.0.1/24 dev d0", "ip addr add fd09::1/64 dev d0 nodad", "ip link set d0 up",
        "ip link add d1 type veth peer name p1", "ip link set p1 up", "ip addr add 10.9.1.1/24 dev d1", "ip link set d1 up",
        "ip route add default via 10.9.0.254", "ip route add 10.50.0.0/16 via 10.9.0.253 metric 77 src 10.9.1.1 mtu 1280",
        "ip route add 10.51.0.0/16 nexthop via 10.9.0.2 dev d0 weight 1 nexthop via 10.9.1.2 dev d1 weight 2",
        "ip route add unreachable 10.60.0.0/16", "ip route add prohibit 10.61.0.0/16", "ip route add blackhole 10.62.0.0/16",
        "ip route add 10.70.0.0/16 via inet6 fe80::7 dev d0", "ip route add 10.80.0.0/16 dev d1 table 4711",
        "ip -6 route add default via fe80::fe dev d0", "ip -6 route add fd50::/32 via fd09::2 metric 77 mtu 1300",
        "ip -6 route add unreachable fd60::/32", "ip -6 route add prohibit fd61::/32", "ip -6 route add blackhole fd62::/32",
        "ip -6 route add fd51::/32 nexthop via fd09::3 nexthop via fd09::4",
    ];

    private readonly Lazy<NetworkNamespace> _place = new(Build);

    internal NetworkNamespace Place => _place.Value;

    public void Dispose()
    {
        if (_place.IsValueCreated) _place.Value.Dispose();
    }

    private static NetworkNamespace Build()
    {
        var place = new NetworkNamespace();
        try
        {
            foreach (var command in Scene) place.Run(command);
            place.WaitUntilUsable("fd09::1");
            foreach (var device in new[] { "d0", "p0", "d1", "p1" }) place.WaitUntilUsable($"fe80::[0-9a-f:]* dev {device}");
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }
}
