#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 7. MAC addresses and ARP
//
// Take away: on a link, frames go to MAC addresses; ARP asks the link who has an IP address, and believes whoever answers.
// Why it matters: two hosts with one address, a moved router, and a thief on the Wi-Fi all look alike here, and nowhere else.
//
// In the lab: the exchange itself, and a theft. Try it: dotnet run 07-mac-arp.cs -- --real     shows this machine's neighbors

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

// 48 bits, in the spellings that equipment shows. Two bits of the first octet say what kind of address it is.
foreach (var text in new[] { "00:00:5e:00:53:01", "0000.5E00.5301", "da-a1-19-12-34-56", "33:33:00:00:00:fb", "ffffffffffff" })
{
    MacAddressText.TryParse(text, out var address, out _, out _, out _);
    Console.WriteLine($"{text} is {address}: {(address.IsGroup ? "a group" : "one interface")}, {(address.IsLocal ? "set by software" : "given by the maker")} {Maker(address)}".TrimEnd());
}

if (args.Contains("--real")) await ShowNeighborsAsync(OsHost.Create());
else LabWorld.CreateDefault().Run(AskAsync);

async Task AskAsync(LabWorld world)
{
    world.Lab.FrameSeen += frame =>
    {
        if (frame.Port.Name != "laptop/eth0" || Dissector.Dissect(1, frame.Octets) is not { } seen || seen.Layers[1].Protocol == "icmpv6") return; // 1: the octets begin with an Ethernet header
        EthernetFrame.TryRead(frame.Octets.Span, out var ethernet, out _);
        Console.WriteLine($"  {(frame.IsOutgoing ? "->" : "<-")} {ethernet.Source} to {ethernet.Destination}: {seen.Summary}");
        if (seen.Layers[1].Protocol == "arp") Console.WriteLine($"     {Convert.ToHexStringLower(frame.Octets.Span)}");
    };

    // The laptop wants to send to the printer and knows only that it is on its link. It asks everybody; the printer answers, to the asker alone.
    Console.WriteLine("\nA laptop sends to a printer for the first time:");
    var laptop = world["laptop"];
    await SendAsync(laptop, "192.168.1.30");
    await ShowNeighborsAsync(laptop);

    Console.WriteLine("\nAnd to the world, through its router:");
    await SendAsync(laptop, "203.0.113.80");

    // Who takes an address over tells everybody unasked: asker and asked are the same. A thief's frame looks exactly so. The router defends itself, but only
    // once in ten seconds (RFC 5227 §2.4 b): else two hosts with one address would shout at each other for ever. The thief repeats it, and is believed.
    var phone = world.Lab.Find("phone")!.Ports[0];
    for (var i = 0; i < 2; i++)
    {
        Console.WriteLine($"\nThe telephone claims the router's address{(i > 0 ? ", again" : "")}:");
        await world["phone"].SendFrameAsync(phone.Interface.Index, ResolutionFrames.Announcement(phone.HardwareAddress!.Value, IpAddress.Parse("192.168.1.1")), default);
        await Task.Delay(TimeSpan.FromMilliseconds(1), laptop.Time);
    }

    await ShowNeighborsAsync(laptop);
    Console.WriteLine("\nWhat the laptop sends to the world now goes to the telephone:");
    await SendAsync(laptop, "203.0.113.80");
}

async Task SendAsync(INetworkHost host, string to)
{
    await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Remote = new IpEndpoint(IpAddress.Parse(to), 9) }, default)).Value!;
    await socket.SendAsync("hello"u8.ToArray(), null, default, default);
    await Task.Delay(TimeSpan.FromMilliseconds(50), host.Time);
}

static async Task ShowNeighborsAsync(INetworkHost host)
{
    var answer = await host.GetNeighborsAsync(CancellationToken.None);
    foreach (var n in answer.Value?.Where(static n => n.Address.IsV4) ?? []) Console.WriteLine($"  {host.Name} believes: {n.Address} is at {n.HardwareAddress?.ToString() ?? "an unknown place"} ({n.State}) {Maker(n.HardwareAddress)}".TrimEnd());
    if (answer.Refusal is { } refusal) Console.WriteLine(refusal.Reason);
}

static string Maker(MacAddress? mac) => mac is { IsLocal: false, IsGroup: false } given ? OuiRegistry.Find(given)?.Organization ?? "" : "";
