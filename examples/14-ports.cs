#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Probes/Fathom.Probes.csproj
// 14. Ports
//
// Take away: a port names a program on a host. Servers sit at agreed ones; clients get ephemeral ones from the kernel; port 0 means "any free one".
// Why it matters: "open", "refused" and "silent" are three different faults: the service, its absence, and a filter in between.
//
// dotnet run 14-ports.cs -- --real HOST-ADDRESS scans the registered ports of a host that is yours.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

// The registry: an agreement, not a lock.
foreach (var name in new[] { "ssh", "domain", "www" })
    Console.WriteLine($"{name}: {string.Join(", ", PortRegistry.FindByName(name).Select(a => $"{a.Port}/{a.Transport}"))}");
foreach (var port in new ushort[] { 443, 8080, 50000 }) Console.WriteLine($"{port}: {PortRegistry.RangeOf(port)} port, {PortRegistry.NameOf(port, "tcp") ?? "registered for nothing"}");

INetworkHost host = OsHost.Create();
var log = new EvidenceLog(host.Time);
var scanner = new PortScanner(new ProbeContext(host, log, new PacketRecorder(null, log)), new PortScanOptions());
if (args is ["--real", var real])
{
    foreach (var result in await scanner.ScanAsync(IpAddress.Parse(real), PortList.WellKnown, null, default)) Console.WriteLine($"{result.Endpoint}: {result.State}, {result.Reason}");
    return;
}

// Port 0: the kernel chooses, from its ephemeral range.
await using var listener = (await host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), default)).Value!;
var chosen = listener.Local.Port;
if ((await host.GetSocketsAsync(default)).Value is { } sockets)
{
    Console.WriteLine($"port 0 gave one of the ephemeral ports: {chosen >= sockets.EphemeralFirst && chosen <= sockets.EphemeralLast}");
    var mine = sockets.Sockets.Single(s => s.IsListening && s.Local == listener.Local);
    Console.WriteLine($"it is in {mine.State}, and its program is this one: {mine.Owners?.Any(o => o.ProcessId == Environment.ProcessId)}");
}

// One port that listens, one that does not.
var closed = (ushort)(chosen == 65535 ? chosen - 1 : chosen + 1);
foreach (var result in (await scanner.ScanAsync(IpAddress.LoopbackV4, [chosen, closed], null, default)).OrderBy(static r => r.State))
    Console.WriteLine($"{(result.Endpoint.Port == chosen ? "the port that listens" : "its neighbor")}: {result.State}, because {result.Reason} came");
