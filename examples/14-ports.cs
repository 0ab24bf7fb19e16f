#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 14. Ports
//
// Take away: a port names a program on a host. Servers sit at agreed ones; clients get ephemeral ones from the kernel; port 0 means "any free one".
// Why it matters: "open", "refused" and "silent" are three different faults: the service, its absence, and a filter in between.
//
// In the lab a laptop scans a server far away; -- --real does it on this machine's loopback, -- --real HOST-ADDRESS scans the registered ports of a host that is yours.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

// The registry: an agreement, not a lock.
foreach (var name in new[] { "ssh", "domain", "www" })
    Console.WriteLine($"{name}: {string.Join(", ", PortRegistry.FindByName(name).Select(a => $"{a.Port}/{a.Transport}"))}");
foreach (var port in new ushort[] { 443, 8080, 50000 }) Console.WriteLine($"{port}: {PortRegistry.RangeOf(port)} port, {PortRegistry.NameOf(port, "tcp") ?? "registered for nothing"}");

var os = OsHost.Create();
if (args is ["--real", var real])
{
    foreach (var result in await Scanner(os).ScanAsync(IpAddress.Parse(real), PortList.WellKnown, null, default)) Console.WriteLine($"{result.Endpoint}: {result.State}, {result.Reason}");
}
else if (args is ["--real"]) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    // Port 0: the host chooses, from its ephemeral range.
    await using var listener = (await far.ListenAsync(new ListenOptions(new IpEndpoint(address, 0)), default)).Value!;
    var chosen = listener.Local.Port;
    if ((await far.GetSocketsAsync(default)).Value is { } sockets)
    {
        Console.WriteLine($"port 0 gave one of the ephemeral ports: {chosen >= sockets.EphemeralFirst && chosen <= sockets.EphemeralLast}");
        var mine = sockets.Sockets.Single(s => s.IsListening && s.Local == listener.Local);
        Console.WriteLine($"it is in {mine.State}; its program: {(mine.Owners is null ? "the host does not tell" : mine.Owners.Any(o => o.ProcessId == Environment.ProcessId) ? "this one" : "another")}");
    }

    // One port that listens, one that does not.
    var closed = (ushort)(chosen == 65535 ? chosen - 1 : chosen + 1);
    foreach (var result in (await Scanner(near).ScanAsync(address, [chosen, closed], null, default)).OrderBy(static r => r.State))
        Console.WriteLine($"{(result.Endpoint.Port == chosen ? "the port that listens" : "its neighbor")}: {result.State}, because {result.Reason} came");
}

PortScanner Scanner(INetworkHost host)
{
    return new PortScanner(ProbeContext.WithoutCapture(host), new PortScanOptions());
}
