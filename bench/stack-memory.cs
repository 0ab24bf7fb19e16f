#:project ../src/Fathom.Stack/Fathom.Stack.csproj
#:property PublishAot=true
#:property OptimizationPreference=Speed
#:property ConcurrentGarbageCollection=false
// Two hosts in one process, on one thread, that hand packets to each other through one pool: octets a second, allocations, and the memory of idle connections.
//   stack-memory transfer SECONDS   MTU 1500 and 65,520, with and without the offloads of a device, both directions at once and one
//   stack-memory idle CONNECTIONS   memory and look-up time of connections that do nothing

using System.Diagnostics;
using System.Globalization;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

switch (args)
{
    case ["transfer", var seconds]:
        Console.WriteLine("| MTU | offloads | directions | Gbit/s | segments | allocated a segment |");
        Console.WriteLine("|---:|---|---:|---:|---:|---:|");
        foreach (var mtu in (int[])[1500, 65_520])
        {
            foreach (var offloads in (InterfaceOffloads[])[InterfaceOffloads.None, InterfaceOffloads.Checksum, InterfaceOffloads.Checksum | InterfaceOffloads.SegmentationV4])
            {
                if (mtu > 1500 && (offloads & InterfaceOffloads.SegmentationV4) != 0) continue;
                foreach (var directions in (int[])[1, 2]) Console.WriteLine(Transfer(mtu, offloads, directions, double.Parse(seconds, CultureInfo.InvariantCulture)));
            }
        }

        return 0;
    case ["idle", var connections]:
        Idle(int.Parse(connections, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("stack-memory transfer SECONDS | idle CONNECTIONS");
        return 2;
}

static string Transfer(int mtu, InterfaceOffloads offloads, int directions, double seconds)
{
    var pair = new Pair(mtu, offloads, new TcpSettings { MaximumReceiveBuffer = 4 << 20, MaximumSendBuffer = 4 << 20 });
    var (client, server) = pair.Connect(40_000);
    var chunk = new byte[256 * 1024];
    var scratch = new byte[256 * 1024];

    // Buffers and windows grow to what they stay at.
    Run(TimeSpan.FromSeconds(seconds / 4));
    var segments = client.GetInfo().SegmentsOut + server.GetInfo().SegmentsOut;
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var watch = Stopwatch.StartNew();
    var octets = Run(TimeSpan.FromSeconds(seconds));
    var took = watch.Elapsed.TotalSeconds;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    segments = client.GetInfo().SegmentsOut + server.GetInfo().SegmentsOut - segments;
    return string.Create(CultureInfo.InvariantCulture, $"| {mtu} | {offloads} | {directions} | {octets * 8 / took / 1e9:0.00} | {segments:N0} | {(double)allocated / segments:0.000} |");

    long Run(TimeSpan time)
    {
        long read = 0;
        for (var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency); Stopwatch.GetTimestamp() < end;)
        {
            client.Write(chunk);
            if (directions == 2) server.Write(chunk);
            pair.Exchange();
            read += Drain(server) + Drain(client);
        }

        return read;
    }

    // A reader that copies nothing: what is there is looked at and dropped.
    long Drain(TcpConnection connection)
    {
        long read = 0;
        while (connection.Read(scratch) is > 0 and var taken) read += taken;
        return read;
    }
}

static void Idle(int count)
{
    var pair = new Pair(1500, InterfaceOffloads.Checksum, new TcpSettings { MaximumHalfOpen = count });

    // Both ends are in this process: a connection is counted as one of them.
    var opened = new TcpConnection[count * 2];
    var before = Settled();
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < count; i++) (opened[2 * i], opened[(2 * i) + 1]) = pair.Connect((ushort)(10_000 + (i % 50_000)), (ushort)(80 + (i / 50_000)));
    var opening = watch.Elapsed;
    var after = Settled();
    var octet = new byte[1];
    const int Lookups = 200_000;
    watch.Restart();
    var random = new Random(1);
    for (var i = 0; i < Lookups; i++)
    {
        var chosen = random.Next(count) * 2;
        opened[chosen].Write(octet);
        pair.Exchange();
        opened[chosen + 1].Read(octet);
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{count:N0} idle connections, both ends: {(after - before) / (2.0 * count):0} octets an end, managed heap; opened in {opening.TotalSeconds:0.00} s ({count / opening.TotalSeconds:N0} a second); one octet to one of them by chance: {watch.Elapsed.TotalNanoseconds / Lookups:0} ns"));
    GC.KeepAlive(opened);
}

static long Settled()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
    return GC.GetTotalMemory(forceFullCollection: true);
}

internal sealed class Pair
{
    private readonly PacketPool _pool = new();
    private readonly NetworkStack _left;
    private readonly NetworkStack _right;
    private readonly NetworkInterface _leftPort;
    private readonly NetworkInterface _rightPort;
    private readonly Dictionary<ushort, TcpListener> _listeners = [];
    private readonly IpAddress _leftAddress = IpAddress.Parse("10.0.0.1");
    private readonly IpAddress _rightAddress = IpAddress.Parse("10.0.0.2");
    private readonly long _start = Stopwatch.GetTimestamp();

    public Pair(int mtu, InterfaceOffloads offloads, TcpSettings settings)
    {
        (_left, _leftPort) = Make(_leftAddress);
        (_right, _rightPort) = Make(_rightAddress);

        (NetworkStack Stack, NetworkInterface Port) Make(IpAddress address)
        {
            var stack = new NetworkStack(new StackOptions { Tcp = settings }, new CryptographicRandom(), _pool);
            var port = stack.AddInterface(new InterfaceOptions { Name = "link0", Mtu = mtu, Offloads = offloads });
            stack.AddAddress(port, address, 24);
            return (stack, port);
        }
    }

    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    public (TcpConnection Client, TcpConnection Server) Connect(ushort from, ushort to = 80)
    {
        if (!_listeners.TryGetValue(to, out var listener))
        {
            if (!_right.Tcp.TryListen(new IpEndpoint(_rightAddress, to), new TcpListenOptions(), out listener, out var refused)) throw new InvalidOperationException(refused.ToString());
            _listeners[to] = listener;
        }

        if (!_left.Tcp.TryConnect(new IpEndpoint(_rightAddress, to), new TcpConnectOptions { LocalPort = from }, out var client, out var refusal)) throw new InvalidOperationException(refusal.ToString());
        TcpConnection? server = null;
        for (var i = 0; i < 1000 && !listener.TryAccept(out server); i++) Exchange();
        return (client, server ?? throw new InvalidOperationException("Nobody came."));
    }

    /// <summary>Hands over what both have, until both have nothing.</summary>
    public void Exchange()
    {
        var now = Now;
        bool moved;
        do
        {
            moved = Move(_left, _leftPort, _right, _rightPort, now) | Move(_right, _rightPort, _left, _leftPort, now);
        }
        while (moved);
        if (_left.Deadline <= now) _left.HandleDeadline(now);
        if (_right.Deadline <= now) _right.HandleDeadline(now);
    }

    private static bool Move(NetworkStack from, NetworkInterface through, NetworkStack to, NetworkInterface at, TimeSpan now)
    {
        var moved = false;
        while (from.TryTransmit(through, now, out var frame))
        {
            to.Receive(at, frame, now);
            moved = true;
        }

        return moved;
    }
}

internal sealed class CryptographicRandom : StackRandom
{
    public override void Fill(Span<byte> destination) => System.Security.Cryptography.RandomNumberGenerator.Fill(destination);
}
