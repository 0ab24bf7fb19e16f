#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 11. TCP
//
// Take away: TCP turns packets into a stream of octets that arrives whole and in order, and each end keeps the figures of every connection.
// Why it matters: round trip, MSS, window and retransmissions say why a connection is slow, without a capture and without privilege.
//
// In the lab a laptop at home speaks to a server far away. -- --real does it on this machine's loopback; -- --real 192.0.2.1 80 connects there and
// shows the figures of the handshake alone.

using System.Globalization;
using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var patience = new ConnectOptions(TimeSpan.FromSeconds(5));
var os = OsHost.Create();
if (args is ["--real", var real, var port])
{
    var far = await os.ConnectAsync(new IpEndpoint(IpAddress.Parse(real), ushort.Parse(port, CultureInfo.InvariantCulture)), patience, default);
    if (far is ConnectResult.Connected open) Show(open.Connection.GetTcpInfo().Value);
    else Console.WriteLine($"no connection: {far.GetType().Name}");
}
else if (args is ["--real"]) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost client, INetworkHost server, IpAddress address)
{
    using var stop = new CancellationTokenSource();
    await using var echo = (await TcpServer.StartAsync(server, new TcpServerOptions([new(address, 0)]), new EchoService(), null, default)).Value!;
    var serving = echo.RunAsync(stop.Token);
    var result = (ConnectResult.Connected)await client.ConnectAsync(echo.Local[0], patience, default);
    await using var connection = result.Connection;

    // A hundred writes are no hundred messages: the other end sees one stream, cut where it pleases TCP.
    for (var i = 0; i < 100; i++) await connection.WriteAsync("0123456789"u8.ToArray(), default);
    var received = 0;
    var buffer = new byte[64];
    while (received < 1000) received += (await connection.ReadAsync(buffer, default)).Count;
    Console.WriteLine($"100 writes of 10 octets; {received} octets came back, in order");
    Show(connection.GetTcpInfo().Value);
    stop.Cancel();
    await serving;
}

void Show(TcpConnectionInfo? info)
{
    if (info is null)
    {
        Console.WriteLine("this system does not tell");
        return;
    }

    Console.WriteLine($"state            {info.State}");
    Console.WriteLine($"round trip       {info.SmoothedRoundTrip?.TotalMilliseconds:0.000} ms, give or take {info.RoundTripVariation?.TotalMilliseconds:0.000} ms");
    Console.WriteLine($"segment size     up to {info.SendMaximumSegmentSize} octets (path MTU {info.PathMtu})");
    Console.WriteLine($"in flight        at most {info.CongestionWindow} segments");
    Console.WriteLine($"retransmitted    {info.Retransmissions} segments");
    Console.WriteLine($"acknowledged     {info.BytesAcknowledged} octets, received {info.BytesReceived}");
    Console.WriteLine($"options          SACK {info.SelectiveAcknowledgment}, timestamps {info.Timestamps}, window scale {info.ReceiveWindowScale is not null}");
}
