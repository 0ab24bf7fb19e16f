#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 17. A UDP server and its clients
//
// Take away: one socket serves all peers, for every datagram brings its sender. A datagram that is larger than the buffer loses its end, once and for all.
// Why it matters: an answer may find nobody (ICMP tells), a source may be forged, and a truncated datagram that is not noticed is a wrong message.
//
// In the lab its peers are at home, far away; -- --real does it on this machine's loopback. fathom udp listen 7 --echo is this server as a command.

using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;

var os = OsHost.Create();
if (args.Contains("--real")) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    var options = new UdpServerOptions([new(address, 0)]) { BufferSize = 16 };
    using var stop = new CancellationTokenSource();
    var undelivered = new TaskCompletionSource<NetworkError>();
    await using var server = (await UdpServer.StartAsync(far, options, new EchoDatagramService(), new Observer(undelivered), default)).Value!;

    // A peer that asks and goes away before the server begins to serve: its datagram waits in the socket, the answer meets a closed port, and ICMP says so.
    var hasty = await OpenAsync();
    await hasty.SendAsync("wait for me"u8.ToArray(), null, default, default);
    await hasty.DisposeAsync();
    var serving = server.RunAsync(stop.Token);

    // Two peers at one socket, each with its own answer.
    await using var first = await OpenAsync();
    await using var second = await OpenAsync();
    await first.SendAsync("first"u8.ToArray(), null, default, default);
    await second.SendAsync("second"u8.ToArray(), null, default, default);
    Console.WriteLine($"first got {await ReceiveAsync(first)}, second got {await ReceiveAsync(second)}");

    // Twenty octets for a buffer of sixteen.
    await first.SendAsync(new byte[20], null, default, default);
    Console.WriteLine($"of 20 octets came back {await ReceiveAsync(first)}");

    // What became of the answer to the hasty peer.
    var error = await undelivered.Task.WaitAsync(TimeSpan.FromSeconds(5), near.Time);
    Console.WriteLine($"an answer was not delivered: ICMP type {error.Type} code {error.Code} from {error.Reporter}");

    stop.Cancel();
    var summary = await serving;
    Console.WriteLine($"{summary.Datagrams} datagrams of {summary.Peers.Count} peers, {summary.Truncated} truncated, {summary.Answers} answered, {summary.Undelivered} not delivered");

    async Task<IDatagramSocket> OpenAsync()
        => (await near.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Remote = server.Local[0] }, default)).Value!;

    async Task<string> ReceiveAsync(IDatagramSocket socket)
    {
        var buffer = new byte[100];
        return await socket.ReceiveAsync(buffer, default) is DatagramEvent.Received r ? $"{r.Length} octets" : "an error";
    }
}

sealed class Observer(TaskCompletionSource<NetworkError> undelivered) : IUdpServerObserver
{
    public void OnDatagram(DatagramEvent.Received datagram, ReadOnlySpan<byte> payload, int? answer)
    {
        if (datagram.Truncated) Console.WriteLine($"server: truncated, {datagram.Length} octets came and {payload.Length} fit");
    }

    public void OnUndelivered(NetworkError error) => undelivered.TrySetResult(error);
}
