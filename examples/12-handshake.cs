#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 12. The three-way handshake
//
// Take away: SYN, SYN-ACK, ACK: each end says its first sequence number and hears it acknowledged. What both can do is agreed in the SYNs, and never again.
// Why it matters: a connection costs one round trip before its first octet, and an option that a box strips from a SYN slows all that follows.
//
// In the lab a laptop connects to a server far away. -- --real does it on this machine's loopback, -- --real 192.0.2.1 80 to that host: there it needs the right
// to capture (root, or CAP_NET_RAW), and says without it what the kernel's figures prove.

using System.Globalization;
using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var os = OsHost.Create();
if (args is ["--real", var real, var port]) await ConnectAsync(os, new IpEndpoint(IpAddress.Parse(real), ushort.Parse(port, CultureInfo.InvariantCulture)));
else if (args is ["--real"]) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost client, INetworkHost server, IpAddress address)
{
    var listener = (await server.ListenAsync(new ListenOptions(new IpEndpoint(address, 0)), default)).Value!;
    await ConnectAsync(client, listener.Local);

    // A port where nobody listens: the second segment is an RST, and there is no third.
    await listener.DisposeAsync();
    await ConnectAsync(client, listener.Local);
}

async Task ConnectAsync(INetworkHost client, IpEndpoint remote)
{
    var capture = await client.OpenCaptureAsync(new CaptureOptions(), default);
    var log = new EvidenceLog(client.Time);
    var context = new ProbeContext(client, log, new PacketRecorder(capture.Value is { } c ? new PacketStore(c) : null, log));
    var attempt = await ConnectProbe.RunAsync(context, remote, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
    Console.WriteLine(attempt.Connection is null ? $"not connected: {attempt.Result.GetType().Name}" : "connected");
    switch (await HandshakeProbe.ReadAsync(context, attempt, capture.Refusal?.Reason, default))
    {
        case HandshakeTranscript.Complete complete:
            foreach (var segment in complete.Segments) Show(segment);
            Offer("client", complete.Syn.Options);
            Offer("server", complete.SynAck.Options);
            Console.WriteLine($"  the answer took {complete.RoundTrip.TotalMilliseconds:0.000} ms: one round trip");
            break;
        case HandshakeTranscript.Partial partial:
            foreach (var segment in partial.Segments) Show(segment);
            break;
        case HandshakeTranscript.Inferred inferred:
            Console.WriteLine($"  not captured ({inferred.Why}); state {inferred.Info.State} proves that all three passed");
            break;
        case HandshakeTranscript.Unknown unknown:
            Console.WriteLine($"  not captured: {unknown.Why}");
            break;
    }

    if (attempt.Connection is { } connection) await connection.DisposeAsync();
}

void Show(SegmentRecord s) => Console.WriteLine(
    $"  {(s.FromInitiator ? "client" : "server")} {s.Flags.Describe(),-8} seq {s.Sequence.Value} ({s.RelativeSequence?.ToString(CultureInfo.InvariantCulture) ?? "?"}), ack {s.Acknowledgment.Value} ({s.RelativeAcknowledgment?.ToString(CultureInfo.InvariantCulture) ?? "-"})");

void Offer(string who, TcpOptions o) => Console.WriteLine(
    $"  {who} offers MSS {o.MaximumSegmentSize}, window scale {o.WindowScale is not null}, SACK {o.SackPermitted}, timestamps {o.Timestamps is not null}");
