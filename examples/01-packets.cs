#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 1. Hosts, packets, links
//
// Take away: a message crosses a link in packets, and what a lost packet costs depends on who cut the message: IP loses the whole
// datagram, TCP sends the one missing segment again.
// Why it matters: this is why a large UDP datagram is fragile, why TCP slows down where UDP breaks, and why the MTU decides both.
//
// The packets are real: the headers, lengths and checksums that a kernel would send, and the rules by which it puts them together.

using System.Text;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 300).Select(line => $"{line:D4} ten chars\n"))); // 4,500 octets
var alice = new IpEndpoint(IpAddress.FromV4(0xC0000201), 50000);
var bob = new IpEndpoint(IpAddress.FromV4(0xC0000202), 60000);

// One UDP datagram in one IPv4 packet: too large for an Ethernet link, which carries 1,500 octets.
var datagram = FrameBuilder.Datagram(alice, bob, message);
var header = new Ipv4Header { Identification = 7, TimeToLive = 64, Protocol = IpProtocol.Udp, Source = alice.Address, Destination = bob.Address };
var packet = FrameBuilder.Packet(header, datagram);
Console.WriteLine($"A message of {message.Length} octets makes a UDP datagram of {datagram.Length} and an IPv4 packet of {packet.Length}.");

Ipv4Fragmenter.TryFragment(packet, mtu: 1500, out var fragments, out _);
Console.WriteLine($"A link of 1500 octets cuts it into {fragments.Count} fragments:");
foreach (var bytes in fragments)
{
    Ipv4Packet.TryRead(bytes, out var piece, out _);
    Console.WriteLine($"  id={piece.Identification} offset={piece.FragmentOffset,4} payload={piece.Payload.Length,4} more={piece.MoreFragments,-5} checksum={(piece.ChecksumIsValid ? "correct" : "wrong")}");
}

// All of them arrive, in any order: the packet is the same again, octet for octet.
var receiver = new IpReassembler();
var now = TimeSpan.Zero;
ReassemblyOutcome? last = null;
foreach (var bytes in fragments.Reverse()) last = receiver.Accept(bytes, now);
Console.WriteLine($"In reverse order: {(last is ReassemblyOutcome.Completed c && c.Packet.Span.SequenceEqual(packet) ? "whole again, octet for octet" : "not whole")}.");

// The second one is lost: the others wait, and are thrown away when the time is up.
foreach (var bytes in fragments.Where((_, i) => i != 1)) last = receiver.Accept(bytes, now);
Console.WriteLine($"Without the second: {string.Join(", ", ((ReassemblyOutcome.Kept)last!).Missing)} is missing.");
now += TimeSpan.FromSeconds(60);
foreach (var lost in receiver.HandleDeadline(now)) Console.WriteLine($"After 60 s: {lost.Fragments} good fragments are thrown away; IP and UDP send nothing again.");

// TCP cuts the message itself, so that IP has nothing to cut, and numbers its octets.
var size = TcpSegmenter.MaximumSegmentSize(1500, IpVersion.V4);
var first = new SequenceNumber(1000);
var segments = TcpSegmenter.Split(message, size, new TcpHeader { SourcePort = 50000, DestinationPort = 60000, SequenceNumber = first, Flags = TcpFlags.Ack, Window = 65535 });
Console.WriteLine($"\nTCP makes {segments.Count} segments of up to {size} octets. The second is lost:");
var stream = new TcpStreamAssembler(first);
foreach (var (head, data, _) in segments.Where((_, i) => i != 1)) Show("arrives", head, data);
Show("is sent again", segments[1].Header, segments[1].Data);
Console.WriteLine($"The application reads {stream.Ready} octets: {(stream.Take().AsSpan().SequenceEqual(message) ? "the message, without seams" : "something else")}.");

void Show(string what, TcpHeader head, ReadOnlyMemory<byte> data)
{
    var arrival = stream.Accept(head.SequenceNumber, data.Span);
    Console.WriteLine($"  seq={head.SequenceNumber} len={data.Length,4} {what,-13} → {arrival.Kind,-10} {arrival.Released,4} released, acknowledges {stream.Next}");
}
