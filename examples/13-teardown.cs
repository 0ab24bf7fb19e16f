#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Services/Fathom.Services.csproj
// 13. The four-way teardown
//
// Take away: each direction is closed by its own FIN and ACK. Whoever closes first waits in TIME-WAIT; an RST ends all at once and leaves nothing.
// Why it matters: TIME-WAIT at a server is why it may not start again ("address already in use"), and SO_REUSEADDR is the cure.
//
// Needs the right to capture (root, or CAP_NET_RAW) to show the segments; who closed first is known without.

using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

INetworkHost host = OsHost.Create();
var capture = await host.OpenCaptureAsync(new CaptureOptions(), default);
var log = new EvidenceLog(host.Time);
var context = new ProbeContext(host, log, new PacketRecorder(capture.Value is { } c ? new PacketStore(c) : null, log));
using var stop = new CancellationTokenSource();

var clientFirst = await StartAsync(new EchoService());
await TalkAsync("the client closes first:", clientFirst.Local[0], abort: false);
await TalkAsync("the client aborts:", clientFirst.Local[0], abort: true);
var serverFirst = await StartAsync(new HangUpService());
await TalkAsync("the server closes first:", serverFirst.Local[0], abort: false);

// That server stops. Its connection in TIME-WAIT stays, and has the port.
await serverFirst.DisposeAsync();
foreach (var reuse in new[] { false, true })
{
    var again = await host.ListenAsync(new ListenOptions(serverFirst.Local[0]) { ReuseAddress = reuse }, default);
    Console.WriteLine($"listening again {(reuse ? "with" : "without")} SO_REUSEADDR: {again.Refusal?.Kind.ToString() ?? "works"}");
}

stop.Cancel();

async Task<TcpServer> StartAsync(IStreamService service)
{
    var server = (await TcpServer.StartAsync(host, new TcpServerOptions([new(IpAddress.LoopbackV4, 0)]), service, null, default)).Value!;
    _ = server.RunAsync(stop.Token);
    return server;
}

async Task TalkAsync(string title, IpEndpoint remote, bool abort)
{
    var attempt = await ConnectProbe.RunAsync(context, remote, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
    var connection = attempt.Connection!;
    await connection.WriteAsync("bye"u8.ToArray(), default);
    var buffer = new byte[16];
    var read = await connection.ReadAsync(buffer, default); // the echo, or the server's FIN
    if (abort) connection.Abort();
    else await connection.ShutdownAsync(default); // FIN: nothing more from here; reading goes on
    while (!abort && read.Status == StreamStatus.Ok) read = await connection.ReadAsync(buffer, default);
    var ending = await TeardownProbe.ReadAsync(context, connection.Local, remote, ObservedClose.Unknown, capture.Refusal?.Reason, default);
    await connection.DisposeAsync();
    Console.WriteLine(title);
    foreach (var s in ending.Segments) Console.WriteLine($"  {(s.FromInitiator ? "client" : "server")} {s.Flags.Describe(),-8} seq {s.RelativeSequence}, ack {s.RelativeAcknowledgment}");
    Console.WriteLine($"  {ending.Kind}, {ending.ClosedFirst} first; TIME-WAIT: {(ending.TimeWait.Socket is { } kept ? $"{(ending.TimeWait.IsPeersSocket ? "the server's end" : "the client's end")}, {kept.State}" : "none")}");
}

sealed class HangUpService : IStreamService
{
    public async ValueTask ServeAsync(StreamSession session) => await session.ReadAsync(new byte[16]);
}
