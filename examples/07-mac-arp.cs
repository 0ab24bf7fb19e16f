#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
// 7. MAC addresses and ARP
//
// Take away: on a link, frames go to MAC addresses; ARP asks the link who has an IP address, and believes whoever answers.
// Why it matters: two hosts with one address, a moved router, and a thief on the Wi-Fi all look alike here, and nowhere else.
//
// Try it: dotnet run 07-mac-arp.cs -- --real     shows this machine's neighbors

using Fathom.Hosts.Os;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

if (args.Contains("--real"))
{
    var answer = await OsHost.Create().GetNeighborsAsync(CancellationToken.None);
    foreach (var n in answer.Value ?? []) Console.WriteLine($"{n.Address,-40} {n.HardwareAddress?.ToString() ?? "-",-18} {n.State} {Maker(n.HardwareAddress)}");
    if (answer.Refusal is { } refusal) Console.WriteLine(refusal.Reason);
    return;
}

// 48 bits, in the spellings that equipment shows. Two bits of the first octet say what kind of address it is.
foreach (var text in new[] { "00:00:5e:00:53:01", "0000.5E00.5301", "da-a1-19-12-34-56", "33:33:00:00:00:fb", "ffffffffffff" })
{
    MacAddressText.TryParse(text, out var address, out _, out _, out _);
    Console.WriteLine($"{text} is {address}: {(address.IsGroup ? "a group" : "one interface")}, {(address.IsLocal ? "set by software" : "given by the maker")} {Maker(address)}");
}

// A host wants to send to 192.0.2.7 and knows only that it is on its link. It asks everybody:
MacAddress.TryParse("02:00:00:00:00:0a", out var mine);
var question = ResolutionFrames.Question(mine, IpAddress.Parse("192.0.2.10"), IpAddress.Parse("192.0.2.7"));
Show("question", question);

// The one that has it answers, to the asker alone. Here its words are put together by hand: anybody could.
MacAddress.TryParse("02:00:00:00:00:07", out var theirs);
var answerFrame = new byte[EthernetFrame.HeaderLength + ArpPacket.Ipv4OverEthernetLength];
new EthernetHeader(mine, theirs, EtherType.Arp).WriteTo(answerFrame);
new ArpHeader(ArpOperation.Reply, theirs, IpAddress.Parse("192.0.2.7"), mine, IpAddress.Parse("192.0.2.10")).WriteTo(answerFrame.AsSpan(EthernetFrame.HeaderLength));
Show("answer", answerFrame);

// Read field by field from the bytes, as a receiver does.
if (EthernetFrame.TryRead(answerFrame, out var frame, out _) && ArpPacket.TryRead(frame.Payload, out var arp, out _))
    Console.WriteLine($"  so {arp.SenderAddress} is at {arp.SenderMac}");

// Who takes an address over tells everybody unasked: asker and asked are the same. A thief's frame looks exactly so.
Show("gratuitous", ResolutionFrames.Announcement(theirs, IpAddress.Parse("192.0.2.7")));

// IPv6 asks a group instead of everybody, in ICMPv6.
Show("in IPv6", ResolutionFrames.Question(mine, IpAddress.Parse("fe80::a"), IpAddress.Parse("fe80::7")));

static void Show(string what, byte[] bytes)
{
    Console.WriteLine($"{what}: {Dissector.Dissect(1, bytes).Summary}"); // 1: the bytes begin with an Ethernet header
    Console.WriteLine($"  {Convert.ToHexStringLower(bytes)}");
}

static string Maker(MacAddress? mac) => mac is { IsLocal: false, IsGroup: false } given ? OuiRegistry.Find(given)?.Organization ?? "" : "";
