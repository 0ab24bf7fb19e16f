#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 16. A TCP client
//
// Take away: connecting and reading need a time limit each; one read is not one message; FIN says "I am done", and the answer still comes.
// Why it matters: "refused" is an answer, at once, from the host itself. "Timed out" is none, from anybody. They have different causes and cures.
//
// In the lab a laptop asks a server far away; -- --real does it on this machine's loopback, -- --real 192.0.2.1 80 tells how that port answers.

using System.Globalization;
using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var os = OsHost.Create();
if (args is ["--real", var real, var port]) Console.WriteLine(await DescribeAsync(os, new IpEndpoint(IpAddress.Parse(real), ushort.Parse(port, CultureInfo.InvariantCulture)), 5000));
else if (args is ["--real"]) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    using var stop = new CancellationTokenSource();
    await using var server = (await TcpServer.StartAsync(far, new TcpServerOptions([new(address, 0)]), new EchoService(), null, default)).Value!;
    var serving = server.RunAsync(stop.Token);

    // A megabyte through a relay: input to socket and socket to output, both at once, in constant memory, with FIN at the input's end.
    var connected = (ConnectResult.Connected)await near.ConnectAsync(server.Local[0], new ConnectOptions(TimeSpan.FromSeconds(5)), default);
    await using (connected.Connection)
    {
        var (left, sum) = (1_000_000, 0L);
        var relay = new StreamRelay(near.Time, new StreamRelayOptions { IdleTimeout = TimeSpan.FromSeconds(5) });
        var done = await relay.RunAsync(
            connected.Connection,
            (buffer, _) => ValueTask.FromResult(Take(ref left, buffer.Length)),
            (bytes, _) =>
            {
                sum += bytes.Length;
                return ValueTask.CompletedTask;
            },
            default);
        Console.WriteLine($"sent {done.Sent} octets, got {sum} back in more than one piece: {done.Chunks > 1}; ended by {done.Ending}, {done.Close}");
    }

    stop.Cancel();
    await serving;

    // Nobody listens there any more: the host says so by RST.
    await server.DisposeAsync();
    Console.WriteLine(await DescribeAsync(near, server.Local[0], 5000));

    // A listener that accepts nobody, with a full queue: its kernel drops every further SYN in silence.
    await using var full = (await far.ListenAsync(new ListenOptions(new IpEndpoint(address, 0), Backlog: 1), default)).Value!;
    for (var i = 0; i < 2; i++) _ = await near.ConnectAsync(full.Local, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
    Console.WriteLine(await DescribeAsync(near, full.Local, 400));
}

async Task<string> DescribeAsync(INetworkHost host, IpEndpoint remote, int milliseconds) => await host.ConnectAsync(remote, new ConnectOptions(TimeSpan.FromMilliseconds(milliseconds)), default) switch
{
    ConnectResult.Connected => "connected",
    ConnectResult.Reset => "refused: the host is there, and nothing listens",
    ConnectResult.Unreachable u => $"unreachable: {u.Error.Describe()}",
    ConnectResult.TimedOut => "timed out: nobody answered at all",
    _ => "could not be tried",
};

static int Take(ref int left, int room)
{
    var count = Math.Min(left, room);
    left -= count;
    return count;
}
