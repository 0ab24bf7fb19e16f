#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 15. A TCP server
//
// Take away: one socket listens, each client gets its own. A server needs limits (clients, octets, idle time), and must not read faster than it can write.
// Why it matters: a server without limits is ended by its first careless client; one that buffers without bound is ended by its slowest.
//
// In the lab it runs on a printer, its clients on a laptop; -- --real does it on this machine's loopback. fathom tcp listen 7 --echo is this server as a command.

using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;

var os = OsHost.Create();
if (args.Contains("--real")) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["printer"], world.AddressOf("printer")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    var options = new TcpServerOptions([new(address, 0)]) { MaximumClients = 2, MaximumBytes = 1_000_000_000, IdleTimeout = TimeSpan.FromSeconds(5) };
    await using var server = (await TcpServer.StartAsync(far, options, new EchoService(), null, default)).Value!;
    using var stop = new CancellationTokenSource();
    var serving = server.RunAsync(stop.Token);

    // Two clients at once: their words do not mix, for a connection is the pair of both ends' addresses and ports.
    await using var first = await ConnectAsync();
    await using var second = await ConnectAsync();
    await first.WriteAsync("one"u8.ToArray(), default);
    await second.WriteAsync("two"u8.ToArray(), default);
    Console.WriteLine($"first: {await ReadAsync(first, 3)}, second: {await ReadAsync(second, 3)}");

    // The third is beyond the limit, and is told so by an RST.
    await using var third = await ConnectAsync();
    Console.WriteLine($"third: {(await third.ReadAsync(new byte[1], default)).Status}");

    // A client that writes and does not read: the echo stops reading, TCP's window closes, and the client cannot write any more.
    var written = 0L;
    try
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), near.Time);
        while (written < 100_000_000) written += (await first.WriteAsync(new byte[65536], enough.Token)).Count;
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine($"first, not reading: stopped by back-pressure before {(written < 100_000_000 ? "100 million octets" : "nothing")}");
    }

    // Half-close: the second says that it is done, and still gets its answer.
    await second.WriteAsync(" and done"u8.ToArray(), default);
    await second.ShutdownAsync(default);
    Console.WriteLine($"second, after FIN: '{await ReadAsync(second, 9)}', then {(await second.ReadAsync(new byte[1], default)).Status}");

    stop.Cancel();
    var summary = await serving;
    Console.WriteLine($"served {summary.Served}, turned away {summary.TurnedAway}, at most {summary.MostAtOnce} at once");

    async Task<IStreamConnection> ConnectAsync()
        => ((ConnectResult.Connected)await near.ConnectAsync(server.Local[0], new ConnectOptions(TimeSpan.FromSeconds(5)), default)).Connection;
}

async Task<string> ReadAsync(IStreamConnection connection, int count)
{
    var buffer = new byte[count];
    for (var at = 0; at < count;)
    {
        var read = await connection.ReadAsync(buffer.AsMemory(at), default);
        if (read.Status != StreamStatus.Ok) break;
        at += read.Count;
    }

    return Encoding.UTF8.GetString(buffer);
}
