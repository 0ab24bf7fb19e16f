#:project ../src/Fathom.Lab/Fathom.Lab.csproj
#:property PublishAot=true
#:property OptimizationPreference=Speed
#:property ConcurrentGarbageCollection=false
#:property Gen0MaxBudget=134217728
// What a lab builds lives as long as the lab: 128 MiB of new objects before the first collection spare a large one from copying it again and again.
// The lab on the two worlds of ../shared/measure/lab/lab.cc, with the same arguments and the same figures: a hop is one frame that has arrived at one port, `build` is topology, addresses, routes
// and programs, `run` the events only.
//   lab dumbbell FLOWS MBIT SECONDS          bulk TCP over a bottleneck of 10 ms; access links ten times faster, 1 ms
//   lab tree NODES FLOWS SECONDS nix|global  fan-out 10, 1 Gbit/s, 1 ms; 100 datagrams a second of 512 octets in each flow (which routing ns-3 uses changes nothing here)
//   lab hosts COUNT                          a tree of hosts with routes, and nothing that happens

using System.Diagnostics;
using System.Globalization;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Lab;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Stack;
using Fathom.Stack.Internet;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

// ns-3's point-to-point link has no neighbors to find, and its hosts no IPv6 that speaks by itself: neither have these.
var ip = new IpSettings { Forwarding = true };
var options = new StackOptions { Ip = ip, Tcp = new TcpSettings { MaximumReceiveBuffer = 4 << 20, MaximumSendBuffer = 4 << 20, AdvertisedSegmentSize = 1460 } };
using var lab = new Lab();
var nextNetwork = 0x0A00_0000u;
var delivered = 0L;
var watch = Stopwatch.StartNew();
var before = GC.GetTotalAllocatedBytes();
double seconds;
switch (args)
{
    case ["dumbbell", var flows, var mbit, var time]:
        seconds = Number(time);
        Dumbbell((int)Number(flows), (long)(Number(mbit) * 1e6));
        break;
    case ["tree", var nodes, var flows, var time, "nix" or "global"]:
        seconds = Number(time);
        Tree((int)Number(nodes), (int)Number(flows));
        break;
    case ["hosts", var count]:
        seconds = 0;
        Tree((int)Number(count), 0);
        break;
    default:
        Console.Error.WriteLine("lab dumbbell FLOWS MBIT SECONDS | tree NODES FLOWS SECONDS nix|global | hosts COUNT");
        return 2;
}

var built = watch.Elapsed.TotalSeconds;
var buildMemory = GC.GetTotalAllocatedBytes() - before;
before = GC.GetTotalAllocatedBytes();
var cpu = Process.GetCurrentProcess().TotalProcessorTime;
watch.Restart();
lab.Run(TimeSpan.FromSeconds(seconds));
var ran = watch.Elapsed.TotalSeconds;
cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"NOTE build {built:0.000} s, run {ran:0.000} s ({cpu.TotalSeconds:0.000} s CPU), {lab.Hops} hops, {lab.Hops / ran:0} hops/s, {seconds / ran:0.00} sim s per wall s, {delivered / 1e6:0.0} MB delivered, {(double)(GC.GetTotalAllocatedBytes() - before) / Math.Max(1, lab.Hops):0.0} B/hop allocated, {buildMemory / 1e6:0.0} MB allocated by build, heap {GC.GetTotalMemory(true) / 1e6:0.0} MB, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0.0} MB"));
return 0;

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

LabHost AddHost(string name) => lab.AddHost(new LabHostOptions(name) { Stack = options });

// The two ends of a cable get the two addresses of the next /30; the right one's is returned.
IpAddress Connect(LabHost left, LabHost right, LinkSettings settings)
{
    var (a, b) = (left.AddPointToPointPort($"p{left.Ports.Count}"), right.AddPointToPointPort($"p{right.Ports.Count}"));
    left.AddAddress(a, IpAddress.FromV4(nextNetwork + 1), 30);
    right.AddAddress(b, IpAddress.FromV4(nextNetwork + 2), 30);
    lab.Connect(a, b, settings);
    nextNetwork += 4;
    return IpAddress.FromV4(nextNetwork - 2);
}

void Dumbbell(int flows, long rate)
{
    var bottleneck = new LinkSettings { Rate = rate, Delay = TimeSpan.FromMilliseconds(10), QueueOctets = 1 << 20, Discipline = QueueDiscipline.CoDel };
    var access = new LinkSettings { Rate = rate * 10, Delay = TimeSpan.FromMilliseconds(1), QueueOctets = 4 << 20 };
    var (left, right) = (AddHost("left"), AddHost("right"));
    Connect(left, right, bottleneck);
    for (var i = 0; i < flows; i++)
    {
        var (source, sink) = (AddHost($"source{i}"), AddHost($"sink{i}"));
        Connect(left, source, access);
        var to = Connect(right, sink, access);
        lab.Start(() => TakeAsync(sink.Network));
        var start = TimeSpan.FromMilliseconds(i);
        lab.Start(() => SendAsync(source.Network, new IpEndpoint(to, 9), start));
    }

    RoutePlanner.Plan(lab);
}

void Tree(int nodes, int flows)
{
    var settings = new LinkSettings { Rate = 1_000_000_000, Delay = TimeSpan.FromMilliseconds(1) };
    var all = new LabHost[nodes];
    var addresses = new IpAddress[nodes];
    for (var i = 0; i < nodes; i++) all[i] = AddHost($"node{i}");
    for (var i = 1; i < nodes; i++) addresses[i] = Connect(all[(i - 1) / 10], all[i], settings);
    RoutePlanner.Plan(lab);

    // ns-3's program chooses ends by this generator.
    var x = 12345u;
    int Next(int below)
    {
        x = unchecked((x * 1664525u) + 1013904223u);
        return (int)((x >> 8) % (uint)below);
    }

    for (var i = 0; i < flows; i++)
    {
        var from = (nodes / 10) + Next(nodes - (nodes / 10));
        var to = (nodes / 10) + Next(nodes - (nodes / 10));
        if (from == to) to = nodes - 1;
        var port = (ushort)(1000 + i);
        lab.Start(() => TakeDatagramsAsync(all[to].Network, port));
        var start = TimeSpan.FromMicroseconds(i * 17);
        lab.Start(() => SendDatagramsAsync(all[from].Network, new IpEndpoint(addresses[to], port), start));
    }
}

async Task TakeAsync(INetworkHost host)
{
    if (!(await host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 9)), default)).TryGet(out var listener, out var refusal)) throw new InvalidOperationException(refusal.Reason);
    var connection = await listener.AcceptAsync(default);
    var buffer = new byte[64 * 1024];
    while (await connection.ReadAsync(buffer, default) is { Status: StreamStatus.Ok } read) delivered += read.Count;
}

async Task SendAsync(INetworkHost host, IpEndpoint to, TimeSpan start)
{
    if (start > TimeSpan.Zero) await Task.Delay(start, host.Time);
    if (await host.ConnectAsync(to, new ConnectOptions(TimeSpan.FromSeconds(30)), default) is not ConnectResult.Connected { Connection: { } connection }) throw new InvalidOperationException($"{to} does not answer.");
    var buffer = new byte[64 * 1024];
    while (await connection.WriteAsync(buffer, default) is { Status: StreamStatus.Ok }) continue;
}

async Task TakeDatagramsAsync(INetworkHost host, ushort port)
{
    var socket = await OpenAsync(host, new DatagramOptions(IpVersion.V4) { Local = new IpEndpoint(IpAddress.AnyV4, port) });
    var buffer = new byte[512];
    while (true)
    {
        if (await socket.ReceiveAsync(buffer, default) is DatagramEvent.Received received) delivered += received.Length;
    }
}

async Task SendDatagramsAsync(INetworkHost host, IpEndpoint to, TimeSpan start)
{
    if (start > TimeSpan.Zero) await Task.Delay(start, host.Time);
    var socket = await OpenAsync(host, new DatagramOptions(IpVersion.V4) { Remote = to });
    var payload = new byte[512];
    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), host.Time);
    do await socket.SendAsync(payload, null, default, default);
    while (await timer.WaitForNextTickAsync());
}

static async Task<IDatagramSocket> OpenAsync(INetworkHost host, DatagramOptions options)
    => (await host.OpenDatagramAsync(options, default)).TryGet(out var socket, out var refusal) ? socket : throw new InvalidOperationException(refusal.Reason);
