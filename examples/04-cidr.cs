#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 4. IPv4 and CIDR
//
// Take away: a prefix length says how many leading bits name the network; what is left names the host in it.
// Why it matters: every route, firewall rule and cloud network is written this way, and one bit too few opens it to twice as many hosts.
//
// Try it: dotnet run 04-cidr.cs -- 172.16.5.9/20

using Fathom.Wire.Internet;

var text = args.FirstOrDefault() ?? "192.168.1.130/26";

// An interface's address is written with its prefix: host bits and all. What is wrong is said with its place.
if (!IpPrefix.TryParseInterface(text, out var address, out var prefix, out var error))
{
    Console.WriteLine($"{text}: {error}");
    return;
}

// 32 bits. The first 26 are the network's; a bar is put behind them to see it.
var bits = address.ToBinaryString();
var bar = prefix.Length + ((prefix.Length - 1) / 8); // a dot after every eight
Console.WriteLine($"address    {address}  =  {bits[..bar]}|{bits[bar..]}");

// The network's address has all host bits at 0, the broadcast address all at 1.
Console.WriteLine($"netmask    {prefix.Netmask}  (wildcard {prefix.Wildcard})");
Console.WriteLine($"network    {prefix.Address}");
Console.WriteLine($"broadcast  {prefix.Last}");

// So two of the 2^6 addresses are not for hosts. A /31 and a /32 have other rules, and IpHosts says which one it used.
foreach (var each in new[] { prefix, new IpPrefix(address, 31), new IpPrefix(address, 32) })
{
    var hosts = IpHosts.Of(each);
    Console.WriteLine($"hosts of {each}: {hosts.Count} ({hosts.First} to {hosts.Last})");
    Console.WriteLine($"  {hosts.Explanation}");
}

// To be in a network is to share its first bits.
foreach (var other in new[] { "192.168.1.190", "192.168.1.200" })
{
    var isIn = prefix.Contains(IpAddress.Parse(other));
    Console.WriteLine($"{other} is {(isIn ? "in" : "not in")} {prefix}");
}

// Some blocks mean something everywhere. Of several that contain an address the longest counts.
foreach (var special in new[] { "192.168.1.130", "127.0.0.1", "169.254.7.7", "192.0.0.9" })
{
    var block = AddressRegistry.FindSpecialPurpose(IpAddress.Parse(special));
    Console.WriteLine($"{special} is in {block?.Prefix}, {block?.Name} ({block?.Reference})");
}

// The same 32 bits can be written in many ways. Attackers like the ones that a filter does not know.
foreach (var strange in new[] { "3232235906", "0xc0a80182", "192.168.386" })
{
    AddressNotations.TryRead(strange, out var same, out var notation);
    Console.WriteLine($"{strange} ({notation}) is {same}");
}

// And one must be refused: 010 is 8 for some programs and 10 for others.
IpAddress.TryParse("192.168.010.1", out _, out var why);
Console.WriteLine($"192.168.010.1 is refused: {why}");
