#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 29. Traceroute
//
// Take away: each router takes one off a packet's hop limit, and who takes the last one says so. Probes with limits 1, 2, 3 … show the path.
// Why it matters: "hop 7 loses 60 %" is mostly a router that answers seldom and forwards well. Only what persists to the end is your problem.
//
// In the lab a laptop at home traces to a server far away; -- --real HOST traces to an address on this machine's network instead.

using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Probes.Internet.Trace;
using Fathom.Wire.Internet;

if (args is ["--real", .. var given]) await TraceAsync(OsHost.Create(), IpAddress.Parse(given is [var to] ? to : "127.0.0.1"));
else LabWorld.CreateDefault().Run(world => TraceAsync(world["laptop"], world.AddressOf("www")));

// The reading of a path that is not so clean. Hop 2 answered 4 of 10 and the destination 10 of 10: what do you conclude?
Console.WriteLine();
var unfair = new TraceOutcome(IpAddress.Parse("198.51.100.9"), "ICMP echo", "one flow", [Hop(1, 10, 10, 1), Hop(2, 4, 10, 9), Hop(3, 10, 10, 12)], TimeSpan.FromSeconds(4), false);
foreach (var line in TraceReading.Read(unfair)) Console.WriteLine($"{line.Confidence}: {line.Text}");

async Task TraceAsync(INetworkHost host, IpAddress target)
{
    // All hop limits at once, three probes each. UDP to a port where nothing listens: the destination shows itself by "port unreachable".
    var options = new TraceOptions { Method = TraceMethod.Udp, FindMtu = true };
    if (!(await TraceProbe.RunAsync(host, target, options, null, CancellationToken.None)).TryGet(out var trace, out var refusal))
    {
        Console.WriteLine($"cannot trace: {refusal.Reason} {refusal.Remedy}");
        return;
    }

    Console.WriteLine($"{trace.Method} to {trace.Destination}");
    foreach (var hop in trace.Hops)
        Console.WriteLine($"  {hop.HopLimit}  {(hop.Addresses.Count > 0 ? hop.Addresses[0] : "*"),-12}  {hop.Answers.Count} of {hop.Sent} answered, best {hop.Best:0.000} ms");
    foreach (var line in TraceReading.Read(trace).Where(static l => l.Kind != ReadingKind.Reached)) Console.WriteLine($"  {line.Confidence}: {line.Text}");
}

// A hop that answered some of its probes, each after so many milliseconds.
static TraceHop Hop(byte number, int answered, int sent, double milliseconds)
{
    var isLast = number == 3;
    var from = IpAddress.Parse(isLast ? "198.51.100.9" : $"192.0.2.{number}");
    var exceeded = new NetworkError(NetworkErrorOrigin.Icmp, 11, 0, from, null, null, 0, 0, default); // ICMP type 11 code 0: time exceeded
    var answer = new PathHop(number, from, TimeSpan.FromMilliseconds(milliseconds), isLast ? IcmpMeaning.Other : IcmpMeaning.HopLimitExceeded, isLast ? null : exceeded, isLast);
    return new TraceHop(number, sent, [.. Enumerable.Repeat(answer, answered)]);
}
