#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:property PublishAot=false
// A host of Fathom's own stack on a TUN device that opens connections to a server, one after another: each sends an octet, reads it back and closes. Says what is left of them.
//   stack-clients TUN ADDRESS SERVER PORT CONNECTIONS

using System.Globalization;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

if (args is not [var device, var addressText, var serverText, var port, var countText] || !IpAddress.TryParse(addressText, out var address) || !IpAddress.TryParse(serverText, out var server))
{
    Console.Error.WriteLine("stack-clients TUN ADDRESS SERVER PORT CONNECTIONS");
    return 2;
}

var count = int.Parse(countText, CultureInfo.InvariantCulture);
var options = new TunOptions(device)
{
    Addresses = [new InterfaceAddress(address, 24)],
    PeerAddresses = [new InterfaceAddress(server, 24)],
    Mtu = 1500,
};
if (!TunHost.Open(options).TryGet(out var tun, out var refusal))
{
    Console.Error.WriteLine(refusal.Reason);
    return 3;
}

var good = 0;
await using (tun)
{
    await tun.RunAsync(async () =>
    {
        var at = new IpEndpoint(server, ushort.Parse(port, CultureInfo.InvariantCulture));
        var octet = new byte[1];
        for (var i = 0; i < count; i++)
        {
            if (await tun.Host.ConnectAsync(at, new ConnectOptions(TimeSpan.FromSeconds(10)), CancellationToken.None) is not ConnectResult.Connected { Connection: var connection }) continue;
            await using (connection)
            {
                octet[0] = (byte)i;
                if (await connection.WriteAsync(octet, CancellationToken.None) is not { Status: StreamStatus.Ok }) continue;
                if (await connection.ReadAsync(octet, CancellationToken.None) is { Status: StreamStatus.Ok, Count: 1 } && octet[0] == (byte)i) good++;
            }
        }

        // TIME-WAIT lasts a minute (RFC 9293 §3.6): what is there then leaks.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in TIME-WAIT {tun.Stack.Tcp.TimeWaitCount}"));
        await Task.Delay(TimeSpan.FromSeconds(62), tun.Host.Time);
    });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened {good} of {count}, open at the end {tun.Stack.Tcp.ConnectionCount}, in TIME-WAIT {tun.Stack.Tcp.TimeWaitCount}, buffers out {tun.Stack.Pool.Rented}"));
}

return good == count ? 0 : 1;
