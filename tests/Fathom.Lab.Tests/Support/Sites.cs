using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Lab.Link;
using Fathom.Stack;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests.Support;

/// <summary>Two hosts behind a router, and two servers in front of it: 10.0.0.11 and .12 behind 10.0.0.1, 203.0.113.1 before 203.0.113.21 and .22.</summary>
internal sealed class Sites : IDisposable
{
    public Sites(ulong seed = 1, LinkSettings? outer = null)
    {
        Lab = new Lab(new LabOptions { Seed = seed, HashesLog = true });
        Router = Lab.AddHost(new LabHostOptions("router") { Stack = new StackOptions { Ip = new IpSettings { Forwarding = true } } });
        Inside = Router.AddPort("lan");
        Outside = Router.AddPort("wan");
        Router.AddAddress(Inside, IpAddress.Parse("10.0.0.1"), 24);
        Router.AddAddress(Inside, IpAddress.Parse("fd00:1::1"), 64);
        Router.AddAddress(Outside, IpAddress.Parse("203.0.113.1"), 24);
        Router.AddAddress(Outside, IpAddress.Parse("fd00:2::1"), 64);
        var (home, world) = (Lab.AddSwitch("home"), Lab.AddSwitch("world"));
        Lab.Connect(Inside, home.AddPort());
        Lab.Connect(Outside, world.AddPort(), outer ?? new LinkSettings { Delay = TimeSpan.FromMilliseconds(5) });
        A = Add("a", home, "10.0.0.11", "fd00:1::11", gateway: true);
        B = Add("b", home, "10.0.0.12", "fd00:1::12", gateway: true);

        // The servers know no way to 10.0.0.0/24: what reaches them untranslated over IPv4 is never answered.
        S = Add("s", world, "203.0.113.21", "fd00:2::21", gateway: false);
        T = Add("t", world, "203.0.113.22", "fd00:2::22", gateway: false);
        Lab.Run(TimeSpan.FromSeconds(5));
    }

    public Lab Lab { get; }

    public LabHost Router { get; }

    public HostPort Inside { get; }

    public HostPort Outside { get; }

    public LabHost A { get; }

    public LabHost B { get; }

    public LabHost S { get; }

    public LabHost T { get; }

    public static IpEndpoint At(string address, ushort port) => new(IpAddress.Parse(address), port);

    public void Dispose() => Lab.Dispose();

    /// <summary>Opens a UDP socket at an address.</summary>
    public IDatagramSocket Open(LabHost host, string address, ushort port)
        => Lab.Run(async () => (await host.Network.OpenDatagramAsync(new DatagramOptions(IpAddress.Parse(address).Version) { Local = At(address, port) }, default)).Value!, TimeSpan.FromSeconds(1));

    /// <summary>Sends, and gives who the receiver saw; null where nothing came within two seconds.</summary>
    public IpEndpoint? Pass(IDatagramSocket from, IpEndpoint to, IDatagramSocket receiver, int octets = 5)
    {
        var payload = new byte[octets];
        for (var i = 0; i < octets; i++) payload[i] = (byte)i;
        Lab.Run(async () =>
        {
            await from.SendAsync(payload, to, new PacketOptions(), default);
            return true;
        }, TimeSpan.FromSeconds(1));
        return Receive(receiver) is not DatagramEvent.Received { } received || received.Length != octets ? null : received.From;
    }

    /// <summary>What a socket hears within two seconds.</summary>
    public DatagramEvent? Receive(IDatagramSocket socket)
    {
        return Lab.Run<DatagramEvent?>(async () =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), Lab.Clock);
            try
            {
                return await socket.ReceiveAsync(new byte[65535], patience.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }, TimeSpan.FromSeconds(5));
    }

    /// <summary>Serves connections at a port: what comes in goes back.</summary>
    public void ServeEcho(LabHost host, string address, ushort port) => host.Run((h, end) => EchoAsync(h, At(address, port), end));

    public ConnectResult Connect(LabHost from, IpEndpoint to, double seconds = 5)
        => Lab.Run(async () => await from.Network.ConnectAsync(to, new ConnectOptions(TimeSpan.FromSeconds(seconds)), default), TimeSpan.FromSeconds(seconds + 5));

    /// <summary>Sends octets through an echo server and gives how many came back within a time.</summary>
    public int Exchange(IStreamConnection connection, int octets, double seconds = 20)
    {
        return Lab.Run(async () =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), Lab.Clock);
            var writing = WriteAsync();
            var count = 0;
            var buffer = new byte[65536];
            try
            {
                while (count < octets)
                {
                    var read = await connection.ReadAsync(buffer, patience.Token);
                    if (read.Status != StreamStatus.Ok || read.Count == 0) break;
                    count += read.Count;
                }

                await writing;
            }
            catch (OperationCanceledException)
            {
                // As many as came.
            }

            return count;

            async Task WriteAsync() => await connection.WriteAsync(new byte[octets], patience.Token);
        }, TimeSpan.FromSeconds(seconds + 5));
    }

    private static async Task EchoAsync(LabHost host, IpEndpoint at, CancellationToken end)
    {
        var listener = (await host.Network.ListenAsync(new ListenOptions(at), end)).Value!;
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptAsync(end), end));
            }
        }
        catch (OperationCanceledException)
        {
            // The host has crashed.
        }
    }

    private static async Task ServeAsync(IStreamConnection connection, CancellationToken end)
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var read = await connection.ReadAsync(buffer, end);
                if (read.Status != StreamStatus.Ok || read.Count == 0) break;
                await connection.WriteAsync(buffer.AsMemory(0, read.Count), end);
            }
        }
        catch (OperationCanceledException)
        {
            // The host has crashed.
        }
    }

    private LabHost Add(string name, LabSwitch on, string v4, string v6, bool gateway)
    {
        var host = Lab.AddHost(new LabHostOptions(name));
        var port = host.AddPort("eth0");
        host.AddAddress(port, IpAddress.Parse(v4), 24);
        host.AddAddress(port, IpAddress.Parse(v6), 64);
        Lab.Connect(port, on.AddPort());
        if (gateway) host.AddRoute(new IpPrefix(IpAddress.AnyV4, 0), IpAddress.Parse("10.0.0.1"));
        host.AddRoute(new IpPrefix(IpAddress.AnyV6, 0), IpAddress.Parse(gateway ? "fd00:1::1" : "fd00:2::1"));
        return host;
    }
}
