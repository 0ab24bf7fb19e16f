#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 5. Subnetting
//
// Take away: to split a network is to move bits from the host's part to the network's; each bit doubles the networks and halves the hosts.
// Why it matters: networks that are planned in order of size leave no holes, and can be announced to the world in one line.

using Fathom.Wire.Internet;

IpPrefix.TryParse("192.168.10.0/24", out var office);

// Two bits more: four networks of 62 hosts.
Console.WriteLine($"{office} in four:");
foreach (var part in office.Split(26)) Console.WriteLine($"  {part,-19} {IpHosts.Of(part).Count} hosts");

// Equal parts waste addresses on small networks. A plan gives each what it needs, the largest first.
Console.WriteLine("planned by need:");
SubnetNeed[] needs = [new("printers", 10), new("guests", 100), new("link", 2), new("staff", 50)];
var plan = (SubnetPlan.Fits)SubnetPlan.Make(office, needs, pointToPoint: true);
foreach (var a in plan.Assignments) Console.WriteLine($"  {a.Need.Name,-9} {a.Prefix,-19} {a.Need.Hosts} of {a.Hosts.Count} used");
Console.WriteLine($"  free      {string.Join(", ", plan.Free)}");

// What does not fit is said, with what was missing.
IpPrefix.TryParse("10.0.0.0/28", out var tiny);
if (SubnetPlan.Make(tiny, needs) is SubnetPlan.DoesNotFit no) Console.WriteLine($"  {tiny} has no room for {no.First.Name}, which needs a /{no.NeededLength}");

// The way back: halves of one network become it again, and again.
Console.WriteLine("merged: " + string.Join(", ", IpPrefixes.Merge(office.Split(26).Append(new IpPrefix(IpAddress.Parse("192.168.11.0"), 24)))));

// A range is rarely one network: a network begins at a multiple of its own size.
IpRange.TryParse("192.0.2.10-192.0.2.35", out var range, out _);
Console.WriteLine($"{range} is {string.Join(", ", range.ToPrefixes())}");

// A network without a part of it.
Console.WriteLine($"{office} without its second quarter is {string.Join(", ", IpPrefixes.Exclude(office, [office.Split(26).ElementAt(1)]))}");

// Two networks never overlap by half: one contains the other, or they have nothing in common.
var half = new IpPrefix(office.Address, 25);
Console.WriteLine($"{office} and {half}: overlap {office.Overlaps(half)}, contains {office.Contains(half)}, the other way {half.Contains(office)}");

// IPv6 plans networks, not hosts: a site has a /48, which is 65,536 networks of /64, and each of those has room for all.
IpPrefix.TryParse("2001:db8:42::/48", out var site);
Console.WriteLine($"{site} has {site.CountOf(64)} networks; the first are {string.Join(", ", site.Split(64).Take(3))}");

// A router has many prefixes that contain a destination, and takes the longest.
var routes = new PrefixTable<string>(new Dictionary<string, string>
{
    ["0.0.0.0/0"] = "the Internet",
    ["10.0.0.0/8"] = "headquarters",
    ["10.1.0.0/16"] = "this site",
    ["10.1.2.0/24"] = "this room",
}.Select(static r => KeyValuePair.Create(IpPrefix.TryParse(r.Key, out var p) ? p : default, r.Value)));
foreach (var to in new[] { "10.1.2.3", "10.1.9.9", "10.9.9.9", "198.51.100.1" })
{
    routes.TryFind(IpAddress.Parse(to), out var best, out var where);
    Console.WriteLine($"{to} goes to {where}, by {best}");
}
