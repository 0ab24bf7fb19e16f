#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 2. OSI layers
//
// Take away: each layer puts its header before what it is given and never looks inside; one field in each header says what follows.
// Why it matters: a fault has a layer. Who can say "the frame arrives, the packet arrives, the port is closed" has found it.
//
// A real HTTP request leaves a laptop of the lab, and its frame is captured as it passes. -- --real does it on this machine's loopback (that needs the right to capture).

using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Dissection;
using Fathom.Wire.Explanation;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

var os = OsHost.Create();
if (args.Contains("--real")) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost laptop, INetworkHost www, IpAddress address)
{
    var request = Encoding.ASCII.GetBytes("GET /layers HTTP/1.1\r\nHost: localhost\r\n\r\n");
    if (!(await laptop.OpenCaptureAsync(new CaptureOptions(), default)).TryGet(out var capture, out var refusal))
    {
        Console.WriteLine(refusal.Reason);
        return;
    }

    await using var listener = (await www.ListenAsync(new ListenOptions(new IpEndpoint(address, 8080)), default)).Value ?? throw new IOException("port 8080 is taken");
    var opened = await laptop.ConnectAsync(listener.Local, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
    await using var client = ((ConnectResult.Connected)opened).Connection;
    await using var server = await listener.AcceptAsync(default);
    await client.WriteAsync(request, default);
    var arrived = await server.ReadAsync(new byte[4096], default);
    Console.WriteLine($"The client wrote {request.Length} octets, the server read {arrived.Count}.");

    // The frame that carried them: the one whose end is the request.
    while (capture.TryRead(out var seen))
    {
        if (seen.LinkType == LinkType.Ethernet && seen.Bytes.Span.EndsWith(request)) Peel(seen.Bytes);
    }
}

void Peel(ReadOnlyMemory<byte> frame)
{
    var layers = Dissector.Dissect(LinkType.Ethernet, frame).Layers;
    Console.WriteLine($"\nIts frame has {frame.Length} octets. Down the sender's stack, each layer put its header in front:");
    foreach (var layer in layers.Reverse())
    {
        var (name, osi) = ProtocolGlossary.Find(layer.Protocol) is { } entry ? (entry.Name, string.Join("+", entry.Osi)) : (layer.Protocol, "7");
        var bytes = Convert.ToHexStringLower(frame.Span.Slice(layer.Offset, layer.HeaderLength));
        Console.WriteLine($"  OSI {osi,-5} {name,-8} {layer.HeaderLength,2} octets  {bytes}");
    }

    Console.WriteLine("\nUp the receiver's stack, each layer reads its header and takes it off:");
    foreach (var layer in layers)
    {
        var next = layer.Fields.Find("typeOrLength") ?? layer.Fields.Find("protocol");
        Console.WriteLine($"  {layer.Protocol,-8} {(next is { } field ? $"{field.Name}: {field.Text}" : layer.Protocol == "tcp" ? "destinationPort: the process that listens there" : layer.Summary)}");
    }
}
