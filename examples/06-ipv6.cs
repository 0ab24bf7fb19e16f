#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 6. IPv6
//
// Take away: 128 bits, the first 64 name the network, the last 64 the interface in it; many addresses of one kind or another live on each interface.
// Why it matters: the other half of the Internet's traffic uses it, and a host that has both tries it first.

using Fathom.Wire.Internet;
using Fathom.Wire.Link;

// One address, many spellings; RFC 5952 makes one of them the text to write, so that a search finds it.
foreach (var text in new[] { "2001:0DB8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1", "::ffff:c000:20a" })
{
    Console.WriteLine($"{text} is {IpAddress.Parse(text)}");
}

Console.WriteLine($"in full: {IpAddress.Parse("2001:db8::1").ToExpandedString()}");

// What is wrong is said, with its place.
foreach (var text in new[] { "2001:db8::1::2", "2001:db8:1", "fe80::12345" })
{
    IpAddress.TryParse(text, out _, out var error);
    Console.WriteLine($"{text}: {error}");
}

// How far an address reaches. Every interface has a link-local one, on each link anew: so it needs a zone, %2 or %eth0.
foreach (var text in new[] { "::1", "fe80::1%2", "fd12:3456:789a::1", "2001:db8::1", "ff02::1", "ff0e::101" })
{
    var address = IpAddress.Parse(text);
    Console.WriteLine($"{text,-18} scope {IpScopes.Text(IpScopes.Of(address)),-10} {AddressRegistry.FindSpecialPurpose(address)?.Name ?? AddressRegistry.FindAllocation(address)?.Designation}");
}

// The last 64 bits: made of the MAC address, which tells the hardware to every server...
MacAddress.TryParse("00:00:5e:00:53:0a", out var mac);
IpPrefix.TryParse("2001:db8:1:2::/64", out var home);
IpPrefix.TryParse("2001:db8:9:9::/64", out var cafe);
var slaac = InterfaceIdentifier.Slaac(home, mac);
InterfaceIdentifier.TryGetMac(slaac, out var found);
Console.WriteLine($"MAC {mac}: link-local {InterfaceIdentifier.LinkLocalOf(mac)}, in {home} {slaac}");
Console.WriteLine($"  and from that address anybody reads the MAC again: {found}");

// ... or of a secret (RFC 7217): always the same here, another one elsewhere, and nobody can tell that both are one host.
var secret = "a secret of at least 16 octets"u8;
Console.WriteLine($"stable at home {InterfaceIdentifier.StablePrivacy(home, "wlan0", "", 0, secret)}");
Console.WriteLine($"       in the cafe {InterfaceIdentifier.StablePrivacy(cafe, "wlan0", "", 0, secret)}");

// There is no broadcast. Who asks for a neighbor asks a group that only a few listen to, by an Ethernet address made of it.
var group = MulticastMapping.SolicitedNode(slaac);
Console.WriteLine($"neighbors ask for {slaac} in {group}, Ethernet {MulticastMapping.MacOf(group)}");

// The way to a name: each hexadecimal digit is a label, last one first.
Console.WriteLine(ReverseZones.NameOf(IpAddress.Parse("2001:db8::1")));

// IPv4 lives inside of IPv6 in several places.
foreach (var text in new[] { "::ffff:192.0.2.33", "64:ff9b::192.0.2.33", "2002:c000:221::1" })
{
    var inside = EmbeddedV4.Find(IpAddress.Parse(text));
    Console.WriteLine($"{text} holds {inside?.Address} ({inside?.Kind})");
}

IpPrefix.TryParse("2001:db8:122:344::/64", out var nat64);
Console.WriteLine($"NAT64 {nat64} reaches 192.0.2.33 as {EmbeddedV4.ToNat64(nat64, IpAddress.Parse("192.0.2.33"))}");
