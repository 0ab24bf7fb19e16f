using Fathom.Contracts;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Tests.Contracts;

/// <summary>The two ends of a routed network of namespaces, as hosts: what the contracts run on comes from the near one, whose thread enters the far one for each call of that host.</summary>
internal sealed class OsContractWorld : IContractWorld
{
    private readonly RoutedNetwork _network;

    public OsContractWorld(RoutedNetwork network)
    {
        _network = network;
        A = OsHost.Create();
        B = new HostElsewhere(OsHost.Create(), network.Far.Name, network.Near.Name);

        // What leads nowhere: dropped without a word behind the router, and no route at all at the near end. Adding what is there already is refused, and is as good.
        Add(network.Router, "ip route add blackhole 10.99.0.0/16");
        Add(network.Router, "ip -6 route add blackhole fd99::/32");
        Add(network.Near, "ip route add throw 10.98.0.0/16");
        Add(network.Near, "ip -6 route add throw fd98::/32");
    }

    public INetworkHost A { get; }

    public INetworkHost B { get; }

    public IpAddress AddressOfA(IpVersion version) => RoutedNetwork.NearOf(version);

    public IpAddress AddressOfB(IpVersion version) => RoutedNetwork.FarOf(version);

    public int RoutersBetween => 1;

    // The kernel by itself would try for two minutes.
    public TimeSpan Lateness => TimeSpan.FromSeconds(20);

    public IpAddress Silent(IpVersion version) => IpAddress.Parse(version == IpVersion.V6 ? "fd99::1" : "10.99.0.1");

    public IpAddress Unrouted(IpVersion version) => IpAddress.Parse(version == IpVersion.V6 ? "fd98::1" : "10.98.0.1");

    public Task RunAsync(Func<Task> action) => _network.Near.RunAsync(action);

    public ValueTask DisposeAsync() => default;

    private static void Add(NetworkNamespace place, string command) => Shell.Try("ip", ["netns", "exec", place.Name, .. command.Split(' ')]);
}
