#:project ../src/Fathom.Wire/Fathom.Wire.csproj
#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
// 2. OSI layers
//
// Take away: each layer puts its header before what it is given and never looks inside; one field in each header says what follows.
// Why it matters: a fault has a layer. Who can say "the frame arrives, the packet arrives, the port is closed" has found it.
//
// A real HTTP request crosses loopback, and its frame is captured as it passes. Without the right to capture, the same frame is built.

using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Explanation;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

var request = Encoding.ASCII.GetBytes("GET /layers HTTP/1.1\r\nHost: localhost\r\n\r\n");
INetworkHost host = OsHost.Create();
(await host.OpenCaptureAsync(new CaptureOptions(), default)).TryGet(out var capture, out _);
var options = new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0));
await using var listener = (await host.ListenAsync(options, default)).Value ?? throw new InvalidOperationException("loopback is not up");

var opened = await host.ConnectAsync(listener.Local, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
await using var client = ((ConnectResult.Connected)opened).Connection;
await using var server = await listener.AcceptAsync(default);
await client.WriteAsync(request, default);
var arrived = await server.ReadAsync(new byte[4096], default);
Console.WriteLine($"The client wrote {request.Length} octets, the server read {arrived.Count}.");

// The frame that carried them: the one whose end is the request.
ReadOnlyMemory<byte> frame = default;
while (capture is not null && capture.TryRead(out var seen))
{
    if (seen.LinkType == LinkType.Ethernet && seen.Bytes.Span.EndsWith(request)) frame = seen.Bytes;
}

Console.WriteLine(frame.IsEmpty ? "This user may not capture: the same frame is built." : "Its frame was captured on loopback.");
if (frame.IsEmpty) frame = Build();

var layers = Dissector.Dissect(LinkType.Ethernet, frame).Layers;
Console.WriteLine("\nDown the sender's stack, each layer puts its header in front:");
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

byte[] Build()
{
    var head = new TcpHeader { SourcePort = client.Local.Port, DestinationPort = listener.Local.Port, SequenceNumber = new(1), AcknowledgmentNumber = new(1), Flags = TcpFlags.Ack | TcpFlags.Psh, Window = 512, Options = new TcpOptions { Timestamps = new(1, 1) } };
    var segment = FrameBuilder.Segment(head, request, IpAddress.LoopbackV4, IpAddress.LoopbackV4);
    var ip = new Ipv4Header { DontFragment = true, TimeToLive = 64, Protocol = IpProtocol.Tcp, Source = IpAddress.LoopbackV4, Destination = IpAddress.LoopbackV4 };
    return FrameBuilder.Frame(new EthernetHeader(default, default, EtherType.Ipv4), FrameBuilder.Packet(ip, segment));
}
