#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 10. UDP
//
// Take away: UDP adds eight octets to IP: two ports, a length, a checksum. What happens to a datagram is seen only if somebody says so.
// Why it matters: "no answer" has four causes. Only a reply proves arrival, only an ICMP message proves rejection; silence proves nothing.
//
// In the lab a laptop sends to a server far away. -- --real does it on this machine's loopback, -- --real 192.0.2.1 asks that host's ports 7 and 53.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

// The header, built and taken apart. The checksum covers the addresses, too: a datagram that strays to another host is noticed.
IpAddress from = IpAddress.Parse("192.0.2.10"), to = IpAddress.Parse("192.0.2.53");
byte[] bytes = [.. new byte[UdpDatagram.HeaderLength], .. "hello"u8];
new UdpHeader(50000, 9).WriteTo(bytes, from, to);
UdpDatagram.TryRead(bytes, out var datagram, out _);
Console.WriteLine($"port {datagram.SourcePort} to port {datagram.DestinationPort}, length {bytes.Length}, checksum 0x{datagram.Checksum:x4}, intact: {datagram.ChecksumIsValid(from, to)}");
Console.WriteLine($"octets: {Convert.ToHexStringLower(bytes)}");

var os = OsHost.Create();
if (args is ["--real", var real])
{
    await SendAsync(os, new IpEndpoint(IpAddress.Parse(real), 7));
    await SendAsync(os, new IpEndpoint(IpAddress.Parse(real), 53));
}
else if (args is ["--real"]) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

// Three ports: one that echoes, one that takes everything and says nothing, one that nobody has.
async Task ShowAsync(INetworkHost client, INetworkHost server, IpAddress address)
{
    using var stop = new CancellationTokenSource();
    var echo = await StartAsync(new EchoDatagramService());
    var discard = await StartAsync(new DiscardDatagramService());
    var gone = await StartAsync(new DiscardDatagramService());
    var serving = Task.WhenAll(echo.RunAsync(stop.Token), discard.RunAsync(stop.Token));
    await gone.DisposeAsync();
    foreach (var port in new[] { echo, gone, discard }) await SendAsync(client, port.Local[0]);
    stop.Cancel();
    await serving;

    async Task<UdpServer> StartAsync(IDatagramService service) => (await UdpServer.StartAsync(server, new UdpServerOptions([new(address, 0)]), service, null, default)).Value!;
}

async Task SendAsync(INetworkHost client, IpEndpoint remote)
{
    var opened = await DatagramExchange.OpenAsync(ProbeContext.WithoutCapture(client), remote, isGroup: false, bufferSize: 1500, default);
    await using var exchange = opened.Value!;
    Console.WriteLine(await exchange.RunAsync("hello"u8.ToArray(), TimeSpan.FromSeconds(2), default) switch
    {
        DatagramExchangeOutcome.Answered a => $"reply of {a.Reply.Length} octets: it arrived, and a program answered",
        DatagramExchangeOutcome.Failed f => $"{f.Meaning} says {f.Error.Reporter}: it arrived, and no program has the port",
        _ => "silence: lost, filtered, or taken without a word; nobody can tell",
    });
}
