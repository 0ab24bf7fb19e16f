#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
// 27. Network interfaces
//
// Take away: an interface has addresses, each with a prefix that says who else is on its link; the routing table says which one a packet leaves by.
// Why it matters: "which address do others see of me?" has no answer but "it depends on whom you ask": the route decides, packet by packet.
//
// Try it: dotnet run 27-interfaces.cs -- --real     shows all interfaces, and the way to the Internet

using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Wire.Internet;

var host = OsHost.Create();
var isReal = args.Contains("--real");
var none = CancellationToken.None;

// The host answers with a value, or with the reason why it cannot.
if (!(await host.GetInterfacesAsync(none)).TryGet(out var interfaces, out var refusal))
{
    Console.WriteLine(refusal.Reason);
    return;
}

foreach (var link in interfaces.Where(i => isReal || i.Kind == InterfaceKind.Loopback))
{
    Console.WriteLine($"{link.Name}: {(link.IsUsable ? "up" : "not usable")}, {link.Kind}, MTU {link.Mtu}{(link.HardwareAddress is { } mac ? $", MAC {mac}" : "")}");
    foreach (var address in link.Addresses)
        Console.WriteLine($"  {address.Address} in {address.Prefix}, which has {IpHosts.Of(address.Prefix).Count} addresses for hosts");
    if (link.Counters is { } c && isReal) Console.WriteLine($"  received {c.ReceivedPackets} packets, sent {c.SentPackets}; errors {c.ReceiveErrors} and {c.SendErrors}");
}

// Which way would a packet go? Nothing is sent: the kernel is asked for its decision.
string[] targets = isReal ? ["127.0.0.1", "1.1.1.1", "2606:4700:4700::1111"] : ["127.0.0.1", "::1", "198.51.100.1"];
foreach (var target in targets)
{
    if (!(await host.FindRouteAsync(IpAddress.Parse(target), none)).TryGet(out var route, out var why))
    {
        Console.WriteLine($"{target}: {why.Reason}");
        continue;
    }

    var leaves = interfaces.FirstOrDefault(i => i.Index == route.InterfaceIndex)?.Name;
    Console.WriteLine(route.IsUsable
        ? $"to {target}: {route.Kind} by {leaves}, from {route.Source}{(route.Gateway is { } gateway ? $", through {gateway}" : "")}"
        : $"to {target}: no way ({route.Kind})");
}
