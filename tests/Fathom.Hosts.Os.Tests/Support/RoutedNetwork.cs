using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>
/// near — router — far, each in a namespace: 10.77.1.1/24 and fd77:1::1/64 at the near side, 10.77.2.2/24 and fd77:2::2/64 at the far one,
/// the router being .254 and ::fe on both links. ICMP is not limited, so that every probe is answered.
/// </summary>
public sealed class RoutedNetwork : IDisposable
{
    public static readonly IpAddress NearV4 = IpAddress.Parse("10.77.1.1");
    public static readonly IpAddress NearV6 = IpAddress.Parse("fd77:1::1");
    public static readonly IpAddress RouterV4 = IpAddress.Parse("10.77.1.254");
    public static readonly IpAddress RouterV6 = IpAddress.Parse("fd77:1::fe");
    public static readonly IpAddress FarV4 = IpAddress.Parse("10.77.2.2");
    public static readonly IpAddress FarV6 = IpAddress.Parse("fd77:2::2");

    private readonly NetworkNamespace? _near, _router, _far;

    public RoutedNetwork()
    {
        // A fixture cannot skip; the tests that use it do.
        if (NetworkNamespace.Obstacle is not null) return;
        _near = new NetworkNamespace();
        _router = new NetworkNamespace();
        _far = new NetworkNamespace();
        try
        {
            Build(_near, _router, _far);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static void Build(NetworkNamespace near, NetworkNamespace router, NetworkNamespace far)
    {
        const string Unlimited = "net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0 net.ipv4.icmp_msgs_per_sec=100000 net.ipv4.icmp_msgs_burst=10000";
        router.Run($"sysctl -eqw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 {Unlimited}");
        far.Run("sysctl -eqw " + Unlimited);
        // Link-local addresses are usable at once.
        foreach (var place in new[] { near, router, far }) place.Run("sysctl -qw net.ipv6.conf.default.accept_dad=0");
        Join(near, "near0", "10.77.1.1/24", "fd77:1::1/64", router, "rnear0", "10.77.1.254/24", "fd77:1::fe/64");
        Join(far, "far0", "10.77.2.2/24", "fd77:2::2/64", router, "rfar0", "10.77.2.254/24", "fd77:2::fe/64");
        near.Run("ip route add default via 10.77.1.254");
        near.Run("ip -6 route add default via fd77:1::fe");
        far.Run("ip route add default via 10.77.2.254");
        far.Run("ip -6 route add default via fd77:2::fe");
    }

    internal NetworkNamespace Near => Required(_near);

    internal NetworkNamespace Router => Required(_router);

    internal NetworkNamespace Far => Required(_far);

    public static IpAddress FarOf(IpVersion version) => version == IpVersion.V6 ? FarV6 : FarV4;

    public static IpAddress RouterOf(IpVersion version) => version == IpVersion.V6 ? RouterV6 : RouterV4;

    public static IpAddress NearOf(IpVersion version) => version == IpVersion.V6 ? NearV6 : NearV4;

    public void Dispose()
    {
        _near?.Dispose();
        _router?.Dispose();
        _far?.Dispose();
    }

    private static void Join(
        NetworkNamespace left, string leftName, string leftV4, string leftV6, NetworkNamespace right, string rightName, string rightV4, string rightV6)
    {
        left.Run($"ip link add {leftName} type veth peer name {rightName} netns {right.Name}");
        Set(left, leftName, leftV4, leftV6);
        Set(right, rightName, rightV4, rightV6);
    }

    private static void Set(NetworkNamespace place, string name, string v4, string v6)
    {
        place.Run($"ip addr add {v4} dev {name}");
        place.Run($"ip addr add {v6} dev {name} nodad"); // no wait for duplicate address detection
        place.Run($"ip link set {name} up");
        place.WaitUntilUsable(v6.Split('/')[0]);
    }

    private static NetworkNamespace Required(NetworkNamespace? place)
    {
        NetworkNamespace.SkipWithoutPrivilege();
        return place!;
    }
}
