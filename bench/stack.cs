#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:property PublishAot=true
#:property OptimizationPreference=Speed
#:property ConcurrentGarbageCollection=false
// A host of Fathom's own stack on a TUN device that serves nload's protocol (../shared/measure/stack/nload.c): the first octet of a connection says
// what is done with it. 'S' takes all octets, 'R' sends until the peer closes, 'E' sends back, 'C' closes.
//   stack TUN ADDRESS MTU PORT plain|vnet [SPIN-MICROSECONDS]

using System.Globalization;
using System.Runtime.InteropServices;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

if (args is not [var device, var addressText, var mtuText, var portText, "plain" or "vnet", ..] || !IpAddress.TryParse(addressText, out var address))
{
    Console.Error.WriteLine("stack TUN ADDRESS MTU PORT plain|vnet [SPIN-MICROSECONDS]");
    return 2;
}

var options = new TunOptions(device)
{
    Addresses = [new InterfaceAddress(address, address.IsV6 ? 64 : 24)],
    Mtu = int.Parse(mtuText, CultureInfo.InvariantCulture),
    UseOffloads = args[4] == "vnet",
    Spin = args.Length > 5 ? TimeSpan.FromMicroseconds(int.Parse(args[5], CultureInfo.InvariantCulture)) : TimeSpan.Zero,
};
if (!TunHost.Open(options).TryGet(out var tun, out var refusal))
{
    Console.Error.WriteLine(refusal.Reason);
    return 3;
}

// What is thrown away and what is sent is the same for all connections.
var octets = new byte[128 * 1024];
using var stop = new CancellationTokenSource();
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; stop.Cancel(); });
await using (tun)
{
    await tun.RunAsync(async () =>
    {
        var port = ushort.Parse(portText, CultureInfo.InvariantCulture);
        var opened = await tun.Host.ListenAsync(new ListenOptions(new IpEndpoint(address, port), 1024), stop.Token);
        if (!opened.TryGet(out var listener, out var reason)) throw new InvalidOperationException(reason.Reason);
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    });
}

return 0;

async Task ServeAsync(IStreamConnection connection)
{
    await using (connection)
    {
        var first = new byte[1];
        if (await connection.ReadAsync(first, stop.Token) is not { Status: StreamStatus.Ok }) return;
        switch ((char)first[0])
        {
            case 'S':
                while (await connection.ReadAsync(octets, stop.Token) is { Status: StreamStatus.Ok }) continue;
                break;
            case 'R':
                while (await connection.WriteAsync(octets, stop.Token) is { Status: StreamStatus.Ok }) continue;
                break;
            case 'E':
                var own = new byte[octets.Length];
                while (await connection.ReadAsync(own, stop.Token) is { Status: StreamStatus.Ok } read
                    && await connection.WriteAsync(own.AsMemory(0, read.Count), stop.Token) is { Status: StreamStatus.Ok }) continue;
                break;
        }
    }
}
