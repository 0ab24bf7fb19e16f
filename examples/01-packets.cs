#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 1. Hosts, packets, links
//
// Take away: a message crosses a link in packets, and what a lost packet costs depends on who cut the message: IP loses the whole
// datagram, TCP sends the one missing segment again.
// Why it matters: this is why a large UDP datagram is fragile, why TCP slows down where UDP breaks, and why the MTU decides both.
//
// In the lab, since a real network loses nothing on demand: two hosts, a router between them. Each packet at bob's interface is shown.

using System.Text;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

const string Network = """
    { title: two links, target: http://192.0.2.130/, networks: { left: { delay: 1ms }, right: { delay: 4ms } }, hosts: {
      alice: { interfaces: { eth0: { network: left, addresses: [192.0.2.1/25, "2001:db8:1::1/64"] } }, gateways: [192.0.2.2, "2001:db8:1::2"] },
      bob: { interfaces: { eth0: { network: right, addresses: [192.0.2.130/25, "2001:db8:2::1/64"] } }, gateways: [192.0.2.129, "2001:db8:2::2"] },
      router: { forwards: true, interfaces: { eth0: { network: left, addresses: [192.0.2.2/25, "2001:db8:1::2/64"] }, eth1: { network: right, addresses: [192.0.2.129/25, "2001:db8:2::2/64"] } } } } }
    """;
if (!ScenarioReader.TryRead(Network, out var scenario, out var error)) throw new FormatException(error.ToString());
using var world = LabWorld.Create(scenario);
var thief = new Thief();
world.Lab.Find("router")!.Stack.Hooks.Add(thief);
var began = TimeSpan.Zero;
world.Lab.FrameSeen += frame =>
{
    if (frame.Port.Name != "bob/eth0" || Dissector.Dissect(1, frame.Octets) is not { } seen || seen.Layers[1].Protocol == "arp" || seen.Summary.Contains("neighbor", StringComparison.Ordinal)) return;
    Console.WriteLine($"  {(frame.At - began).TotalMilliseconds,9:#,0.0} ms {(frame.IsOutgoing ? "<-" : "->")} {seen.Summary}");
};

var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 300).Select(line => $"{line:D4} ten chars\n"))); // 4,500 octets
world.Run(_ => SendDatagramAsync("4,500 octets by UDP over IPv4", "192.0.2.130", lost: 0));
world.Run(_ => SendDatagramAsync("The same, and the router loses the second fragment", "192.0.2.130", lost: 2));
world.Run(_ => SendDatagramAsync("4,500 octets by UDP over IPv6", "2001:db8:2::1", lost: 0));
world.Run(_ => SendStreamAsync("4,500 octets by TCP, and the router loses the second full segment", "192.0.2.130", lost: 2));

async Task SendDatagramAsync(string title, string address, int lost)
{
    Begin(title, lost);
    var to = new IpEndpoint(IpAddress.Parse(address), 9);
    await using var bob = (await world["bob"].OpenDatagramAsync(new DatagramOptions(to.Address.Version) { Local = to }, default)).Value!;
    await using var alice = (await world["alice"].OpenDatagramAsync(new DatagramOptions(to.Address.Version) { Remote = to }, default)).Value!;
    await alice.SendAsync(message, null, default, default);

    // What is not whole after a minute is thrown away, and its sender is told (RFC 1122 §3.3.2): nothing is sent again.
    if (lost > 0) await Task.Delay(TimeSpan.FromSeconds(61), world.Lab.Clock);
    else if (await bob.ReceiveAsync(new byte[9000], default) is DatagramEvent.Received got) Console.WriteLine($"  bob's program reads one message of {got.Length} octets");
}

async Task SendStreamAsync(string title, string address, int lost)
{
    Begin(title, lost);
    await using var listener = (await world["bob"].ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.Parse(address), 80)), default)).Value!;
    await using var alice = ((ConnectResult.Connected)await world["alice"].ConnectAsync(listener.Local, new ConnectOptions(TimeSpan.FromSeconds(5)), default)).Connection;
    await using var bob = await listener.AcceptAsync(default);
    await alice.WriteAsync(message, default);
    var (read, buffer) = (0, new byte[message.Length]);
    while (read < buffer.Length) read += (await bob.ReadAsync(buffer.AsMemory(read), default)).Count;
    Console.WriteLine($"  bob's program reads {read} octets: {(buffer.AsSpan().SequenceEqual(message) ? "the message, without seams" : "something else")}");
}

void Begin(string title, int lost)
{
    Console.WriteLine($"{(began > TimeSpan.Zero ? "\n" : "")}{title}:");
    (began, thief.Left) = (world.Lab.Clock.Now, lost);
}

/// <summary>Takes one of the full packets that cross the router.</summary>
internal sealed class Thief : IPacketHook
{
    public int Left { get; set; }

    public HookVerdict Handle(PacketBuffer packet, in HookPoint point) => point.Place == HookPlace.Forward && packet.Length == 1500 && --Left == 0 ? HookVerdict.Drop : HookVerdict.Accept;
}
