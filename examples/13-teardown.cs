#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 13. The four-way teardown
//
// Take away: each direction is closed by its own FIN and ACK. Whoever closes first waits in TIME-WAIT; an RST ends all at once and leaves nothing.
// Why it matters: TIME-WAIT at a server is why it may not start again ("address already in use"), and SO_REUSEADDR is the cure.
//
// In the lab a laptop talks to a server far away; -- --real does it on this machine's loopback (root or CAP_NET_RAW shows the segments; who closed first is known without).

using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var os = OsHost.Create();
if (args.Contains("--real")) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    using var stop = new CancellationTokenSource();
    var clientFirst = await StartAsync(new EchoService());
    await TalkAsync(near, far, "the client closes first:", clientFirst.Local[0], abort: false);
    await TalkAsync(near, far, "the client aborts:", clientFirst.Local[0], abort: true);
    var serverFirst = await StartAsync(new HangUpService());
    await TalkAsync(near, far, "the server closes first:", serverFirst.Local[0], abort: false);

    await serverFirst.DisposeAsync(); // its connection in TIME-WAIT stays, and has the port
    foreach (var reuse in new[] { false, true })
    {
        var again = await far.ListenAsync(new ListenOptions(serverFirst.Local[0]) { ReuseAddress = reuse }, default);
        if (again.Value is { } listener) await listener.DisposeAsync();
        Console.WriteLine($"listening again {(reuse ? "with" : "without")} SO_REUSEADDR: {again.Refusal?.Kind.ToString() ?? "works"}");
    }

    stop.Cancel();

    async Task<TcpServer> StartAsync(IStreamService service)
    {
        var server = (await TcpServer.StartAsync(far, new TcpServerOptions([new(address, 0)]), service, null, default)).Value!;
        _ = server.RunAsync(stop.Token);
        return server;
    }
}

async Task TalkAsync(INetworkHost near, INetworkHost far, string title, IpEndpoint remote, bool abort)
{
    var capture = await near.OpenCaptureAsync(new CaptureOptions(), default);
    var log = new EvidenceLog(near.Time);
    var context = new ProbeContext(near, log, new PacketRecorder(capture.Value is { } c ? new PacketStore(c) : null, log));
    var connection = (await ConnectProbe.RunAsync(context, remote, new ConnectOptions(TimeSpan.FromSeconds(5)), default)).Connection!;
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
    await Task.Delay(TimeSpan.FromMilliseconds(50), near.Time); // the last ACK is on its way
    Console.WriteLine($"  {ending.Kind}, {ending.ClosedFirst} first; the client's end: {await StateAsync(near, connection.Local)}, the server's: {await StateAsync(far, remote)}");
}

// What the socket table of a host has of a connection.
async Task<string> StateAsync(INetworkHost host, IpEndpoint local)
    => (await host.GetSocketsAsync(default)).Value?.Sockets.FirstOrDefault(s => s.Local == local && !s.IsListening)?.State ?? "gone";

sealed class HangUpService : IStreamService
{
    public async ValueTask ServeAsync(StreamSession session) => await session.ReadAsync(new byte[16]);
}
