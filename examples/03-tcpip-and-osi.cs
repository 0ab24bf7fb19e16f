#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 3. TCP/IP and OSI
//
// Take away: OSI's seven layers are how people count, TCP/IP's four are how the Internet is built; every protocol has a place in both.
// Why it matters: "a layer 2 problem", "a layer 7 proxy": these words only help if both sides mean the same layer.

using Fathom.Wire.Explanation;

Console.WriteLine("The two models:");
foreach (var layer in OsiLayer.All)
    Console.WriteLine($"  {layer.Number} {layer.Name,-13} {layer.Model?.ToString() ?? "(Link)",-12} {layer.Unit,-31} {layer.Addresses}");

Console.WriteLine("\nWhat a page from https://example.com/ needs, from the top:");
foreach (var name in new[] { "HTTP", "TLS", "TCP", "IPv4", "Ethernet" }) Show(name);

Console.WriteLine("\nAnd before the first packet can leave:");
foreach (var name in new[] { "DHCP", "DNS", "UDP", "ARP" }) Show(name);

var dissected = ProtocolGlossary.All.Count(p => p.IsDissected);
Console.WriteLine($"\nFathom takes {dissected} protocols apart and explains {ProtocolGlossary.All.Count - dissected} more.");

// A header is drawn from the same table by which it is read.
var udp = ProtocolGlossary.Find("udp")!;
Console.WriteLine($"\n{udp.FullName} ({udp.Standard}):");
foreach (var line in HeaderDrawing.Draw(udp.Headers[0])) Console.WriteLine("  " + line);
foreach (var field in udp.Headers[0].Fields) Console.WriteLine($"  {field.Name,-15} {field.BitLength} bits  {FieldGlossary.Find("udp", field.Name)}");

static void Show(string name)
{
    var entry = ProtocolGlossary.Find(name)!;
    Console.WriteLine($"  {entry.Name,-8} {entry.Layer,-11} OSI {string.Join(", ", entry.Osi),-7}  {entry.Unit,-8}  {entry.Standard}");
}
