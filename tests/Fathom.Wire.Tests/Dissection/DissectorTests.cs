using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

public class DissectorTests
{
    private static readonly IpAddress Home = IpAddress.Parse("10.1.0.2");
    private static readonly IpAddress Router = IpAddress.Parse("10.2.0.2");
    private static readonly IpAddress Server = IpAddress.Parse("10.3.0.2");
    private static readonly MacAddress Mac = Samples.MacA;

    public static TheoryData<string, byte[]> Summaries()
    {
        var syn = Samples.Tcp(Home, Server, Samples.SynHeader);
        var probe = Ip(Home, Server, IpProtocol.Tcp, syn);
        var data = new TcpHeader { SourcePort = 443, DestinationPort = 40112, Flags = TcpFlags.Ack | TcpFlags.Psh, Window = 502, SequenceNumber = new(9), AcknowledgmentNumber = new(10) };
        return new()
        {
            { "TCP 10.1.0.2:40112 → 10.3.0.2:443 [SYN] seq=4294967280 win=64240 mss=1460", probe },
            { "TCP 10.3.0.2:443 → 10.1.0.2:40112 [PSH, ACK] seq=9 ack=10 win=502 len=7", Ip(Server, Home, IpProtocol.Tcp, Samples.Tcp(Server, Home, data, Samples.Data)) },
            { "UDP 10.1.0.2:40000 → 10.3.0.2:53 len=7", Ip(Home, Server, IpProtocol.Udp, Samples.Udp(Home, Server, Samples.Data)) },
            { "ICMP echo request 10.1.0.2 → 10.3.0.2 id=1 seq=2", Ip(Home, Server, IpProtocol.Icmp, Samples.Build(IcmpHeader.EchoRequest(1, 2))) },
            { "ICMP time exceeded in transit from 10.2.0.2 about TCP 10.1.0.2:40112 → 10.3.0.2:443", Error(IcmpHeader.TimeExceeded(), probe[..28]) },
            { "ICMP communication administratively prohibited from 10.2.0.2 about TCP 10.1.0.2:40112 → 10.3.0.2:443", Error(IcmpHeader.DestinationUnreachable(IcmpUnreachableCode.CommunicationProhibited), probe) },
            { "ICMP fragmentation needed but not allowed (next hop MTU 1400) from 10.2.0.2 about TCP 10.1.0.2:40112 → 10.3.0.2:443", Error(IcmpHeader.FragmentationNeeded(1400), probe[..28]) },
            { "ICMP redirect for the host from 10.2.0.2: use 10.3.0.2 about TCP 10.1.0.2:40112 → 10.3.0.2:443", Error(IcmpHeader.Redirect(Server), probe[..28]) },
            { "ICMP time exceeded in transit from 10.2.0.2", Error(IcmpHeader.TimeExceeded(), []) },
            { "IPv4 10.1.0.2 → 10.3.0.2 OSPF len=7", Ip(Home, Server, IpProtocol.Ospf, Samples.Data) },
            { "ICMPv6 neighbor solicitation for fe80::1 from 2001:db8::1", Ip6(Samples.Build(new NeighborSolicitationHeader(IpAddress.Parse("fe80::1")))) },
            { "ICMPv6 neighbor advertisement of fe80::1 at 02:00:00:00:00:0a", Ip6(Samples.Build(new NeighborAdvertisementHeader(IpAddress.Parse("fe80::1"), false, true, true), Samples.LinkLayerOption(NdOptionType.TargetLinkLayerAddress))) },
            { "IGMPv2 report of 232.1.2.3 from 10.1.0.2", Ip(Home, Samples.GroupV4, IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.ReportV2, Samples.GroupV4))) },
            { "IGMPv2 general query from 10.1.0.2", Ip(Home, Samples.GroupV4, IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.MembershipQuery, IpAddress.AnyV4, 100))) },
            { "IGMPv3 query for 232.1.2.3 from 1 source from 10.1.0.2", Ip(Home, Samples.GroupV4, IpProtocol.Igmp, Samples.Build(new IgmpQueryHeader(100, Samples.GroupV4, Sources: new[] { Samples.V4A }))) },
            { "IGMPv3 report: to exclude 232.1.2.3 from 10.1.0.2", Ip(Home, Samples.GroupV4, IpProtocol.Igmp, Samples.Build(new IgmpReportHeader(1), Samples.GroupRecord(Samples.GroupV4))) },
            { "ICMPv6 MLDv1 done with ff02::1:ff00:7 from 2001:db8::1", Ip6(Samples.Build(new MldHeader(Icmpv6Type.MulticastListenerDone, Samples.GroupV6))) },
            { "ICMPv6 MLDv2 report: is include ff02::1:ff00:7 from 1 source, to exclude ff02::1:ff00:7 from 2001:db8::1",
                Ip6(Samples.Build(new MldReportHeader(2), [.. Samples.GroupRecord(Samples.GroupV6, Samples.V6A), .. Samples.GroupRecord(Samples.GroupV6)])) },
            { "ESP 10.1.0.2 → 10.3.0.2 spi=0x00000100 seq=5 len=3", Ip(Home, Server, IpProtocol.Esp, [0, 0, 1, 0, 0, 0, 0, 5, 1, 2, 3]) },
            { "ICMP extended echo request 10.1.0.2 → 10.3.0.2 id=3 seq=4", Ip(Home, Server, IpProtocol.Icmp, Samples.Build(new IcmpHeader(IcmpType.ExtendedEchoRequest, 0, 0x0003_0401))) },
            { "ICMPv6 router solicitation from 2001:db8::1", Ip6(Samples.Build(new RouterSolicitationHeader())) },
            { "ICMPv6 packet too big (MTU 1280) from 2001:db8::1 about UDP [2001:db8::1]:40000 → [2001:db8:1::2]:53", Ip6(Samples.Icmpv6(Icmpv6Header.PacketTooBig(1280), Samples.Ipv6(IpProtocol.Udp, Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data)))) },
        };
    }

    public static TheoryData<string, byte[]> LinkSummaries() => new()
    {
        { "ARP who has 10.1.0.1? tell 10.1.0.2", Samples.Build(ArpHeader.Request(Mac, Home, IpAddress.Parse("10.1.0.1"))) },
        { "ARP who has 10.1.0.1? (probe)", Samples.Build(ArpHeader.Request(Mac, IpAddress.AnyV4, IpAddress.Parse("10.1.0.1"))) },
        { "ARP announcement: 10.1.0.2 is at 02:00:00:00:00:0a", Samples.Build(ArpHeader.Request(Mac, Home, Home)) },
        { "ARP 10.1.0.2 is at 02:00:00:00:00:0a", Samples.Build(new ArpHeader(ArpOperation.Reply, Mac, Home, Samples.MacB, Server)) },
    };

    [Theory]
    [MemberData(nameof(Summaries))]
    public void A_packet_reads_well_in_one_line(string summary, byte[] packet)
    {
        var dissection = Dissector.Dissect(LinkType.RawIp, packet);
        Assert.Equal(summary, dissection.Summary);
        Assert.Null(dissection.Fault);
    }

    [Theory]
    [MemberData(nameof(LinkSummaries))]
    public void An_ARP_packet_reads_well_in_one_line(string summary, byte[] packet)
        => Assert.Equal(summary, Dissector.Dissect(LinkType.Ethernet, Samples.Ethernet(EtherType.Arp, packet)).Summary);

    [Fact]
    public void Layers_stand_at_their_offsets_with_their_own_lengths()
    {
        byte[] frame = [.. Samples.Build(new EthernetHeader(Samples.MacB, Mac, EtherType.Vlan)), .. Samples.Build(new VlanHeader(7, EtherType.Ipv4)),
            .. Ip(Home, Server, IpProtocol.Udp, Samples.Udp(Home, Server, Samples.Data)), 0xEE, 0xEE];
        var dissection = Dissector.Dissect(LinkType.Ethernet, frame);
        Assert.Equal(
            [("ethernet", 0, 14, frame.Length), ("vlan", 14, 4, 4), ("ipv4", 18, 20, 35), ("udp", 38, 8, 15), ("data", 46, 0, 7)],
            dissection.Layers.Select(layer => (layer.Protocol, layer.Offset, layer.HeaderLength, layer.Length)));
        var padding = dissection.Layers[0].Fields.Single(field => field.Name == "padding");
        Assert.Equal((8 * 53, 16, "eeee"), (padding.BitOffset, padding.BitLength, padding.Text));
        var port = dissection.Layers[3].Fields.Single(field => field.Name == "destinationPort");
        Assert.Equal((8 * 40, 16, 53ul, "RFC 768"), (port.BitOffset, port.BitLength, port.Number, port.Spec));
    }

    [Fact]
    public void A_quoted_packet_is_marked_and_its_cut_is_no_fault()
    {
        var probe = Ip(Home, Server, IpProtocol.Tcp, Samples.Tcp(Home, Server, Samples.SynHeader));
        var dissection = Dissector.Dissect(LinkType.RawIp, Error(IcmpHeader.TimeExceeded(), probe[..28]));
        Assert.Equal(["ipv4", "icmp", "ipv4", "tcp"], dissection.Layers.Select(layer => layer.Protocol));
        Assert.Equal([false, false, true, true], dissection.Layers.Select(layer => layer.IsQuoted));
        Assert.Equal(["sourcePort", "destinationPort", "sequenceNumber"], dissection.Layers[3].Fields.Select(field => field.Name));
        Assert.Null(dissection.Fault);
    }

    [Fact]
    public void Every_cut_shows_what_is_there_and_tells_the_fault()
    {
        var frame = Samples.Ethernet(EtherType.Ipv4, Ip(Home, Server, IpProtocol.Tcp, Samples.Tcp(Home, Server, Samples.SynHeader, Samples.Data)));
        var whole = Dissector.Dissect(LinkType.Ethernet, frame).Layers.SelectMany(layer => layer.Fields).ToList();
        for (var length = 0; length < frame.Length; length++)
        {
            var cut = Dissector.Dissect(LinkType.Ethernet, frame.AsMemory(0, length));
            Assert.NotNull(cut.Fault);
            Assert.Equal(WireErrorKind.TooShort, cut.Fault.Value.Kind);
            Assert.Equal(length, cut.FaultOffset + cut.Fault.Value.Offset + cut.Fault.Value.Available);

            // Every field whose bits are there is shown, but for options behind the octet that a header misses.
            var shown = cut.Layers.SelectMany(layer => layer.Fields).Select(field => (field.Name, field.BitOffset)).ToHashSet();
            Assert.All(whole.Where(f => f.BitOffset + f.BitLength <= 8 * length && f.BitOffset < 8 * 54 && f.Name != "flags"), f => Assert.Contains((f.Name, f.BitOffset), shown));
        }
    }

    [Theory]
    [InlineData(0x0001, "incorrect")]
    [InlineData(0x0000, "correct")]
    public void A_checksum_says_whether_it_holds(ushort flip, string word)
    {
        var packet = Ip(Home, Server, IpProtocol.Udp, Samples.Udp(Home, Server, Samples.Data));
        packet[^1] ^= (byte)flip;
        var udp = Dissector.Dissect(LinkType.RawIp, packet).Layers[1];
        Assert.EndsWith($", {word}", udp.Fields.Single(field => field.Name == "checksum").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_in_packets_end_at_a_limit()
    {
        var packet = Samples.Data;
        for (var i = 0; i < 100; i++) packet = Ip(Home, Server, IpProtocol.Ipv4, packet);
        var dissection = Dissector.Dissect(LinkType.RawIp, packet);
        Assert.Equal(WireErrorKind.LimitExceeded, dissection.Fault!.Value.Kind);
        Assert.InRange(dissection.Layers.Count, 30, 34);
    }

    [Fact]
    public void Another_link_type_is_data()
    {
        var dissection = Dissector.Dissect(105, Samples.Data);
        Assert.Equal(["data"], dissection.Layers.Select(layer => layer.Protocol));
        Assert.Equal("link type 105, 7 octets", dissection.Summary);
        Assert.Empty(Dissector.Dissect(105, default).Layers);
    }

    [Theory]
    [InlineData(53, 40000)]
    [InlineData(40000, 53)]
    public void An_application_is_found_by_either_port(ushort source, ushort destination)
    {
        var applications = new ApplicationDissectors().With(IpProtocol.Udp, 53, new Greeting());
        var header = new UdpHeader(source, destination);
        var dissection = Dissector.Dissect(LinkType.RawIp, Ip(Home, Server, IpProtocol.Udp, Samples.Build(header, [.. "hi"u8])), applications);
        Assert.Equal($"HI 10.1.0.2:{source} → 10.3.0.2:{destination} says hi", dissection.Summary);
        Assert.Equal(("greeting", 28, 2, "HI says hi"), (dissection.Layers[2].Protocol, dissection.Layers[2].Offset, dissection.Layers[2].Length, dissection.Layers[2].Summary));
        Assert.Equal(8 * 28, dissection.Layers[2].Fields.Single().BitOffset);

        dissection = Dissector.Dissect(LinkType.RawIp, Ip(Home, Server, IpProtocol.Udp, Samples.Build(header, [.. "no"u8])), applications);
        Assert.Equal("data", dissection.Layers[2].Protocol);
    }

    private sealed class Greeting : IApplicationDissector
    {
        public string Protocol => "greeting";

        public string Name => "HI";

        public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
        {
            summary = "says hi";
            fault = default;
            layer.AddOctets("greeting", 0, payload.Length, null, "hi", "none");
            return payload.SequenceEqual("hi"u8);
        }
    }

    private static byte[] Ip(IpAddress source, IpAddress destination, IpProtocol protocol, byte[] payload)
        => Samples.Build(new Ipv4Header { TimeToLive = 64, Protocol = protocol, Source = source, Destination = destination }, payload);

    private static byte[] Ip6(byte[] message) => Samples.Ipv6(IpProtocol.Icmpv6, message);

    private static byte[] Error(IcmpHeader header, byte[] quoted) => Ip(Router, Home, IpProtocol.Icmp, Samples.Build(header, quoted));
}
