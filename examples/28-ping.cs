#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 28. Ping and ICMP
//
// Take away: an echo request asks a host to send the same octets back; who cannot deliver it says so with an ICMP error that names its sender.
// Why it matters: reply, error and silence are three different answers. A tool that calls all but the first "down" sends you to the wrong place.
//
// In the lab a laptop at home pings a server far away; -- --real HOST pings an address of this machine's network instead.

using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

// The fourth address is nobody's: 192.168.1.99 on the laptop's own link, 203.0.113.99 on the server's.
if (args is ["--real", .. var given]) await ShowAsync(OsHost.Create(), given is [var to] ? to : "127.0.0.1", "192.0.2.1");
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], "203.0.113.80", "192.168.1.99", "203.0.113.99"));

async Task ShowAsync(INetworkHost host, string target, params string[] nobody)
{
    // Three requests, a fifth of a second apart, each with 56 octets. The host stamps the reply's arrival: the time it took is the network's.
    Console.WriteLine($"{target}:");
    var options = new PingOptions { Count = 3, Interval = TimeSpan.FromMilliseconds(200) };
    var result = await PingSeries.RunAsync(host, IpAddress.Parse(target), options, Show, CancellationToken.None);
    if (!result.TryGet(out var report, out var refusal))
    {
        // Not a word about the network: this process may not ask. The remedy names the sysctl.
        Console.WriteLine($"cannot ping: {refusal.Reason} {refusal.Remedy}");
        return;
    }

    var s = report.Statistics;
    Console.WriteLine($"{s.Received} of {s.Sent} answered, min/avg/max {s.Minimum:0.000}/{s.Mean:0.000}/{s.Maximum:0.000} ms, jitter {s.MeanDifference:0.000} ms");

    // Few requests say little about loss: 0 of 3 lost does not mean that nothing is ever lost.
    Console.WriteLine($"loss seen: {100 * s.LossRate:0} %; with so few requests the true loss may be up to {100 * s.LossInterval.High:0} %");

    // The hop limit left in a reply tells how many routers took one off on its way back.
    if (report.HopLimit is { } left) Console.WriteLine($"ttl {left}: passed {HopDistance.Estimate(left)} routers");

    // Size matters: an Ethernet carries 1,500 octets, of which IPv4 takes 20 and ICMP 8. What does not fit, and must not be cut, is told by who cannot send it on.
    foreach (var length in new[] { 1472, 1473 })
    {
        Console.WriteLine($"\n{length:#,0} octets of data, not to be fragmented:");
        await PingSeries.RunAsync(host, IpAddress.Parse(target), options with { Count = 1, DataLength = length, Packet = new PacketOptions(DontFragment: true) }, Show, CancellationToken.None);
    }

    foreach (var address in nobody)
    {
        Console.WriteLine($"\n{address}, which nobody has:");
        // Who asks its link in vain by ARP, three times, says so after three seconds.
        await PingSeries.RunAsync(host, IpAddress.Parse(address), options with { Count = 1, Wait = TimeSpan.FromSeconds(5) }, Show, CancellationToken.None);
    }
}

// What became of each request is one of three things.
static void Show(PingEvent happened) => Console.WriteLine(happened switch
{
    PingEvent.Answered a => $"  {a.Number}: {a.DataLength} octets back from {a.From}, ttl {a.HopLimit}, {a.RoundTrip.TotalMilliseconds:0.000} ms",
    PingEvent.Failed f => $"  {f.Number}: {f.Error.Describe()} ({(f.Error.Origin == NetworkErrorOrigin.Local ? "this host says so" : "a router says so")})",
    PingEvent.TimedOut t => $"  {t.Number}: no answer",
    _ => string.Empty,
});
