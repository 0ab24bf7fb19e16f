#:project ../src/Fathom.Probes/Fathom.Probes.csproj
#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
// 28. Ping and ICMP
//
// Take away: an echo request asks a host to send the same octets back; who cannot deliver it says so with an ICMP error that names its sender.
// Why it matters: reply, error and silence are three different answers. A tool that calls all but the first "down" sends you to the wrong place.
//
// --real HOST pings an address of this machine's network instead.

using Fathom.Hosts.Internet;
using Fathom.Hosts.Os;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

var host = OsHost.Create();
var target = args is ["--real", var given] ? IpAddress.Parse(given) : IpAddress.Parse("127.0.0.1");

// Three requests, a fifth of a second apart, each with 56 octets. The kernel stamps the reply's arrival: the time it took is the network's.
var options = new PingOptions { Count = 3, Interval = TimeSpan.FromMilliseconds(200) };
var result = await PingSeries.RunAsync(host, target, options, Show, CancellationToken.None);
if (!result.TryGet(out var report, out var refusal))
{
    // Not a word about the network: this process may not ask. The remedy names the sysctl.
    Console.WriteLine($"cannot ping: {refusal.Reason} {refusal.Remedy}");
    return 3;
}

var s = report.Statistics;
Console.WriteLine($"{s.Received} of {s.Sent} answered, min/avg/max {s.Minimum:0.000}/{s.Mean:0.000}/{s.Maximum:0.000} ms, jitter {s.MeanDifference:0.000} ms");

// Few requests say little about loss: 0 of 3 lost does not mean that nothing is ever lost.
Console.WriteLine($"loss seen: {100 * s.LossRate:0} %; with so few requests the true loss may be up to {100 * s.LossInterval.High:0} %");

// The hop limit left in a reply tells how many routers took one off on its way back.
if (report.HopLimit is { } left) Console.WriteLine($"ttl {left}: passed {HopDistance.Estimate(left)} routers");

// Size matters: with 20 octets of IPv4 and 8 of ICMP this is the largest packet that there is, and loopback is wide enough for it. An Ethernet is
// not: with --real this host says "message too long", or a router says "fragmentation needed" and what would fit.
Console.WriteLine();
Console.WriteLine("65,507 octets of data, not to be fragmented:");
var large = options with { Count = 1, DataLength = PingOptions.MaximumDataLength, Packet = new PacketOptions(DontFragment: true) };
await PingSeries.RunAsync(host, target, large, Show, CancellationToken.None);

// 192.0.2.1 is a documentation address (RFC 5737). Where there is no way to it, this host's own stack says so: nobody else was asked.
Console.WriteLine();
Console.WriteLine("192.0.2.1, to which there is no way:");
await PingSeries.RunAsync(host, IpAddress.Parse("192.0.2.1"), options with { Count = 1 }, Show, CancellationToken.None);
return 0;

// What became of each request is one of three things.
static void Show(PingEvent happened) => Console.WriteLine(happened switch
{
    PingEvent.Answered a => $"  {a.Number}: {a.DataLength} octets back from {a.From}, ttl {a.HopLimit}, {a.RoundTrip.TotalMilliseconds:0.000} ms",
    PingEvent.Failed f => $"  {f.Number}: {f.Error.Describe()} ({(f.Error.Origin == NetworkErrorOrigin.Local ? "this host says so" : "a router says so")})",
    PingEvent.TimedOut t => $"  {t.Number}: no answer",
    _ => string.Empty,
});
