using System.Diagnostics;
using Fathom.EndToEnd.Worlds.Servers;

namespace Fathom.EndToEnd.Worlds;

/// <summary>
/// A small internet made of network namespaces (see <see cref="Topology"/>) with real servers in it. Several worlds can
/// exist at once: each has its own name, and all that it makes carries that name.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    // Daemons start in well under a second; a machine busy with builds may need much longer.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    // Of the daemons that the first healthy exchange does not meet.
    private static readonly int[] StreamPorts = [Ports.ClientCertificate, Ports.NullCipher, Ports.WeakKey];
    private static readonly string[] Nameservers = [Topology.AuthoritativeV4, Topology.OneZoneV4, Topology.ResolverV4, Topology.RefusingResolverV4];

    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<Daemon> _daemons = [];
    private readonly string _folder;
    private int _generation;

    private World(string name, string folder, TestAuthority authority)
    {
        Name = name;
        _folder = folder;
        Authority = authority;
    }

    public string Name { get; }

    public TestAuthority Authority { get; }

    /// <summary>The client's IPv4 address at present.</summary>
    public string ClientV4 => Topology.ClientV4(_generation);

    /// <summary>The client's IPv6 address at present.</summary>
    public string ClientV6 => Topology.ClientV6(_generation);

    /// <summary>What programs in the client are told: whose certificates to trust, and the client's addresses.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["SSL_CERT_FILE"] = Authority.RootFile,
            ["SSL_CERT_DIR"] = Authority.NoFurtherRoots,
            ["CURL_CA_BUNDLE"] = Authority.RootFile,
            ["no_proxy"] = "*",
            ["WORLD"] = Name,
            ["CLIENT4"] = ClientV4,
            ["CLIENT6"] = ClientV6,
        };

    public static async Task<World> CreateAsync(string name, string folder, TestAuthority authority)
    {
        var world = new World(name, folder, authority);
        try
        {
            await world.BuildAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public string NamespaceOf(string node) => $"{Name}-{node}";

    /// <summary>
    /// Repairs the client and makes every node forget what it learned, so that a case begins as the first one did:
    /// a new client address (<see cref="Topology.ClientV4"/>), no neighbors, no path MTU, no TCP metrics.
    /// </summary>
    public async Task ResetAsync(string? resolvConf = null, string? hosts = null)
    {
        _generation++;
        await BatchAsync(Node.Client, Topology.ClientConfiguration(_generation));
        await WaitUntilUsableAsync(Node.Client);
        await WaitForAsync(Node.Switch, "[ \"$(bridge link | grep -c 'state forwarding')\" = 3 ]");
        WriteClientFile("resolv.conf", resolvConf ?? $"nameserver {Topology.ResolverV4}\n");
        WriteClientFile("hosts", hosts ?? "127.0.0.1 localhost\n::1 localhost\n");
        foreach (var node in new[] { Node.Client, Node.Neighbor, Node.Gateway, Node.FarRouter, Node.Nameserver, Node.Server })
        {
            await BatchAsync(node, ["neigh flush all", "route flush cache", "tcp_metrics flush"]);
            (await Shell.RunAsync(["ip", "-6", "-n", NamespaceOf(node), "route", "flush", "cache"])).OrFail();
        }
    }

    /// <summary>Runs a shell command in a node.</summary>
    public async Task<CommandResult> ExecuteAsync(string node, string command) =>
        await Shell.RunAsync(["ip", "netns", "exec", NamespaceOf(node), "sh", "-c", command], environment: Environment);

    /// <summary>Runs a command in a node that must succeed.</summary>
    public async Task ApplyAsync(Step step) => (await ExecuteAsync(step.Node, step.Command)).OrFail();

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        foreach (var node in Node.All)
        {
            await Leftovers.RemoveNamespaceAsync(NamespaceOf(node));
        }

        if (Directory.Exists(ClientFolder))
        {
            Directory.Delete(ClientFolder, recursive: true);
        }
    }

    /// <summary>`ip netns exec` shows the files of this folder as those of /etc.</summary>
    private string ClientFolder => $"/etc/netns/{NamespaceOf(Node.Client)}";

    private async Task BuildAsync()
    {
        foreach (var node in Node.All)
        {
            await Shell.RunAsync(["ip", "netns", "add", NamespaceOf(node)]);
            await ApplyAsync(new Step(node, $"sysctl -qw {string.Join(' ', Topology.Settings(node))} && ip link set lo up"));
        }

        foreach (var cable in Topology.Cables)
        {
            (await Shell.RunAsync(
            [
                "ip", "-n", NamespaceOf(cable.Node), "link", "add", cable.Interface, "type", "veth",
                "peer", "name", cable.PeerInterface, "netns", NamespaceOf(cable.Peer),
            ])).OrFail();
            // One segment, one packet: without this a sender hands 64 KiB "packets" to the next node, and no
            // rule about a packet's length or every third packet would mean what it says.
            await BatchAsync(cable.Node, [$"link set {cable.Interface} gso_max_segs 1"]);
            await BatchAsync(cable.Peer, [$"link set {cable.PeerInterface} gso_max_segs 1", $"link set {cable.PeerInterface} up"]);
        }

        foreach (var node in Node.All)
        {
            await BatchAsync(node, Topology.Configuration(node));
        }

        foreach (var node in Node.All)
        {
            await WaitUntilUsableAsync(node);
        }

        Directory.CreateDirectory(ClientFolder);
        await ResetAsync();
        StartServers();
        await WaitUntilHealthyAsync();
    }

    private void StartServers()
    {
        var web = Path.Combine(_folder, Name, "web");
        var names = Path.Combine(_folder, Name, "names");
        NginxFiles.Write(web, Authority);
        NameserverFiles.Write(names);
        StartDaemon(Node.Nameserver, "nsd", "-d", "-c", Path.Combine(names, "nsd.conf"));
        StartDaemon(Node.Nameserver, "nsd", "-d", "-c", Path.Combine(names, "nsd-one.conf"));
        StartDaemon(Node.Nameserver, "unbound", "-d", "-c", Path.Combine(names, "unbound.conf"));
        StartDaemon(Node.Server, "nginx", "-e", "stderr", "-p", web, "-c", Path.Combine(web, "nginx.conf"));
        foreach (var (port, behavior) in StreamBehaviors.All)
        {
            _servers.Add(new StreamServer(NamespaceOf(Node.Server), port, behavior));
        }

        StartDaemon(
            Node.Server, "openssl", "s_server", "-www", "-accept", $"{Ports.ClientCertificate}", "-cert", Authority.ChainFile("good"),
            "-cert_chain", Authority.ChainFile("good"), "-key", Authority.KeyFile, "-CAfile", Authority.RootFile, "-Verify", "1", "-verify_return_error");
        StartDaemon(
            Node.Server, "openssl", "s_server", "-www", "-accept", $"{Ports.NullCipher}", "-cert", Authority.ChainFile("good"),
            "-key", Authority.KeyFile, "-tls1_2", "-cipher", "eNULL:@SECLEVEL=0");
        StartDaemon(
            Node.Server, "openssl", "s_server", "-www", "-accept", $"{Ports.WeakKey}", "-cipher", "DEFAULT:@SECLEVEL=0",
            "-cert", Authority.ChainFile("weak"), "-cert_chain", Authority.ChainFile("weak"), "-key", Authority.WeakKeyFile);
        var unclean = new UncleanTlsServer(Authority);
        _servers.Add(new StreamServer(NamespaceOf(Node.Server), Ports.NoCloseNotify, unclean.ServeAsync));

        foreach (var behavior in NameserverBehavior.All)
        {
            _servers.Add(new DatagramServer(
                NamespaceOf(Node.Nameserver), behavior.Address, Topology.MisbehavingResolverV4(Topology.MisbehavingResolvers - 1), behavior));
        }
    }

    private void StartDaemon(string node, params string[] command)
    {
        var daemon = Daemon.Start(NamespaceOf(node), command);
        _servers.Add(daemon);
        _daemons.Add(daemon);
    }

    // A healthy exchange (name, TCP, TLS, HTTP) is the event that says the servers in it are up; the others are up when they listen.
    private async Task WaitUntilHealthyAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();
        while (true)
        {
            _daemons.ForEach(daemon => daemon.AssertRunning());
            var exchange = await ExecuteAsync(Node.Client, $"curl -sS -m 10 -o /dev/null https://{Names.Www}/");
            if (exchange.ExitCode == 0 && await AllListenAsync())
            {
                return;
            }

            if (watch.Elapsed > StartLimit)
            {
                throw new TimeoutException($"The world did not become healthy.\n{exchange}");
            }

            await pause.WaitForNextTickAsync();
        }
    }

    private async Task<bool> AllListenAsync()
    {
        var streams = (await ExecuteAsync(Node.Server, "ss -Hltn")).OrFail().Output;
        var datagrams = (await ExecuteAsync(Node.Nameserver, "ss -Hlun")).OrFail().Output;
        return StreamPorts.All(port => streams.Contains($":{port} ", StringComparison.Ordinal)) && Nameservers.All(address => datagrams.Contains($"{address}:53 ", StringComparison.Ordinal));
    }

    // Packets to an IPv6 address are taken when a worker of the kernel has put its route into the local table, some time after `ip addr add` has ended.
    private Task WaitUntilUsableAsync(string node) => WaitForAsync(
        node, "for a in $(ip -6 -o addr show scope global | awk '{ sub(\"/.*\", \"\", $4); print $4 }'); do ip -6 route show table local | grep -q \"^local $a \" || exit 1; done");

    // A worker opens a port of the bridge, too, when it has seen its carrier.
    private async Task WaitForAsync(string node, string condition)
        => (await ExecuteAsync(node, $"for i in $(seq 1500); do ( {condition} ) && exit 0; sleep 0.02; done; exit 1")).OrFail();

    private async Task BatchAsync(string node, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            (await Shell.RunAsync(["ip", "-n", NamespaceOf(node), "-batch", "-"], string.Join('\n', lines) + "\n")).OrFail();
        }
    }

    private void WriteClientFile(string file, string text) => File.WriteAllText(Path.Combine(ClientFolder, file), text);
}
