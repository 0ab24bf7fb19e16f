#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 27. Network interfaces
//
// Take away: an interface has addresses, each with a prefix that says who else is on its link; the routing table says which one a packet leaves by.
// Why it matters: "which address do others see of me?" has no answer but "it depends on whom you ask": the route decides, packet by packet.
//
// In the lab: a laptop at home. Try it: dotnet run 27-interfaces.cs -- --real     shows this machine's, and its way to the Internet

using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

var none = CancellationToken.None;
if (args.Contains("--real")) await ShowAsync(OsHost.Create(), "127.0.0.1", "1.1.1.1", "2606:4700:4700::1111");
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], "127.0.0.1", "192.168.1.30", "203.0.113.80", "2001:db8:80::80"));

async Task ShowAsync(INetworkHost host, params string[] targets)
{
    // The host answers with a value, or with the reason why it cannot.
    if (!(await host.GetInterfacesAsync(none)).TryGet(out var interfaces, out var refusal))
    {
        Console.WriteLine(refusal.Reason);
        return;
    }

    foreach (var link in interfaces)
    {
        Console.WriteLine($"{link.Name}: {(link.IsUsable ? "up" : "not usable")}, {link.Kind}, MTU {link.Mtu}{(link.HardwareAddress is { } mac ? $", MAC {mac}" : "")}");
        foreach (var address in link.Addresses)
            Console.WriteLine($"  {address.Address} in {address.Prefix}, which has {IpHosts.Of(address.Prefix).Count} addresses for hosts");
        if (link.Counters is { } c) Console.WriteLine($"  received {c.ReceivedPackets} packets, sent {c.SentPackets}");
    }

    // Which way would a packet go? Nothing is sent: the host is asked for its decision.
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
}
