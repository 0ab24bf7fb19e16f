#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 4. IPv4 and CIDR
//
// Take away: a prefix length says how many leading bits name the network; what is left names the host in it.
// Why it matters: every route, firewall rule and cloud network is written this way, and one bit too few opens it to twice as many hosts.

using Fathom.Wire.Internet;

_ = IpPrefix.TryParse("192.168.1.0/24", out var prefix);
Console.WriteLine($"{prefix} begins with {prefix.Address} and ends with {prefix.Last}");
