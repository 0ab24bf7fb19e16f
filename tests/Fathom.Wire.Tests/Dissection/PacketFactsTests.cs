using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

public class PacketFactsTests
{
    [Fact]
    public void A_SYN_tells_its_connection()
    {
        var frame = Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Tcp, Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader, Samples.Data)));
        Assert.True(PacketFacts.TryRead(LinkType.Ethernet, frame, out var facts));
        Assert.Equal(
            new PacketFacts
            {
                EtherType = EtherType.Ipv4,
                SourceMac = Samples.MacA,
                DestinationMac = Samples.MacB,
                IpVersion = IpVersion.V4,
                IpOffset = 14,
                IpLength = frame.Length - 14,
                Source = Samples.V4A,
                Destination = Samples.V4B,
                HopLimit = 64,
                Ecn = Ecn.Capable0,
                Protocol = IpProtocol.Tcp,
                Identification = 0x1234,
                DontFragment = true,
                TransportOffset = 34,
                HasPorts = true,
                SourcePort = 40112,
                DestinationPort = 443,
                TcpFlags = TcpFlags.Syn,
                TcpSequence = new SequenceNumber(0xFFFF_FFF0),
                TcpWindow = 64240,
                PayloadOffset = frame.Length - 7,
                PayloadLength = 7,
            }, facts);
    }

    [Fact]
    public void ARP_tells_who_and_where()
    {
        Assert.True(PacketFacts.TryRead(LinkType.Ethernet, Samples.Ethernet(EtherType.Arp, Samples.Arp), out var facts));
        Assert.True(facts.IsArp && !facts.IsIp);
        Assert.Equal((ArpOperation.Reply, Samples.MacA, Samples.V4A, Samples.MacB, Samples.V4B),
            (facts.ArpOperation, facts.ArpSenderMac, facts.ArpSender, facts.ArpTargetMac, facts.ArpTarget));
    }

    [Theory]
    [InlineData(LinkType.RawIp, "")]
    [InlineData(LinkType.Ipv4, "")]
    [InlineData(LinkType.Null, "02000000")]
    [InlineData(LinkType.Null, "00000002")]
    [InlineData(LinkType.Loop, "00000002")]
    [InlineData(LinkType.LinuxCooked, "00000001000600000000000000000800")]
    [InlineData(LinkType.LinuxCookedV2, "0800000000000002000100060000000000000000")]
    [InlineData(LinkType.Ethernet, "02000000000b02000000000a0800")]
    [InlineData(LinkType.Ethernet, "02000000000b02000000000a810000640800")]
    [InlineData(LinkType.Ethernet, "02000000000b02000000000a88a8001e810000640800")]
    public void Every_link_type_leads_to_the_packet(int linkType, string envelope)
    {
        byte[] frame = [.. Convert.FromHexString(envelope), .. Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data)), 0xEE];
        Assert.True(PacketFacts.TryRead(linkType, frame, out var facts));
        Assert.Equal((EtherType.Ipv4, Samples.V4A, (ushort)53, envelope.Length / 2), (facts.EtherType, facts.Source, facts.DestinationPort, facts.IpOffset));
        Assert.Equal(Samples.Data, frame.AsSpan(facts.PayloadOffset, facts.PayloadLength).ToArray());
        Assert.Equal(envelope.Contains("8100", StringComparison.Ordinal) ? (ushort)100 : null, facts.VlanId);
        var dissection = Dissector.Dissect(linkType, frame);
        Assert.Equal("UDP 192.0.2.1:40000 → 198.51.100.7:53 len=7", dissection.Summary);
        Assert.Null(dissection.Fault);
    }

    [Theory] // what a router of RFC 792 quotes: the header and eight octets
    [InlineData(IpProtocol.Tcp)]
    [InlineData(IpProtocol.Udp)]
    [InlineData(IpProtocol.Icmp)]
    public void An_ICMP_error_tells_which_probe_it_is_about(IpProtocol protocol)
    {
        byte[] upper = protocol switch
        {
            IpProtocol.Tcp => Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader),
            IpProtocol.Udp => Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data),
            _ => Samples.Build(IcmpHeader.EchoRequest(77, 5), Samples.Data),
        };
        var probe = Samples.Ipv4(protocol, upper);
        var frame = Samples.Ipv4(IpProtocol.Icmp, Samples.Build(IcmpHeader.FragmentationNeeded(1400), probe[..28]));
        Assert.True(PacketFacts.TryRead(LinkType.RawIp, frame, out var facts));
        Assert.True(facts.IsIcmp && facts.IsIcmpError && !facts.IsEchoRequest);
        Assert.Equal((3, 4, 1400u), (facts.IcmpType, facts.IcmpCode, facts.NextHopMtu));
        Assert.Equal(
            new QuotedPacketFacts
            {
                IpVersion = IpVersion.V4,
                Source = Samples.V4A,
                Destination = Samples.V4B,
                HopLimit = 64,
                Protocol = protocol,
                Identification = 0x1234,
                TotalLength = probe.Length,
                HasPorts = protocol != IpProtocol.Icmp,
                SourcePort = protocol switch { IpProtocol.Tcp => 40112, IpProtocol.Udp => 40000, _ => 0 },
                DestinationPort = protocol switch { IpProtocol.Tcp => 443, IpProtocol.Udp => 53, _ => 0 },
                TcpSequence = protocol == IpProtocol.Tcp ? new SequenceNumber(0xFFFF_FFF0) : null,
                UdpLength = protocol == IpProtocol.Udp ? (ushort)15 : (ushort)0,
                IsEcho = protocol == IpProtocol.Icmp,
                IcmpType = protocol == IpProtocol.Icmp ? (byte)8 : (byte)0,
                EchoIdentifier = protocol == IpProtocol.Icmp ? (ushort)77 : (ushort)0,
                EchoSequence = protocol == IpProtocol.Icmp ? (ushort)5 : (ushort)0,
            }, facts.Quoted);
    }

    [Fact]
    public void An_ICMPv6_error_is_read_through_extension_headers_of_both_packets()
    {
        byte[] probe = Samples.Ipv6(IpProtocol.Fragment, [.. Samples.Build(new Ipv6FragmentHeader(IpProtocol.Udp, 0, true, 9)), .. Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data)]);
        byte[] error = [.. Samples.Build(new Ipv6OptionsHeader(IpProtocol.Icmpv6, default)), .. Samples.Icmpv6(Icmpv6Header.PacketTooBig(1280), probe)];
        Assert.True(PacketFacts.TryRead(LinkType.RawIp, Samples.Ipv6(IpProtocol.DestinationOptions, error), out var facts));
        Assert.Equal((IpProtocol.Icmpv6, true, 1280u), (facts.Protocol, facts.IsIcmpError, facts.NextHopMtu));
        Assert.Equal((IpProtocol.Udp, 9u, 40000, 53), (facts.Quoted.Protocol, facts.Quoted.Identification, facts.Quoted.SourcePort, facts.Quoted.DestinationPort));
    }

    [Fact]
    public void Echo_of_both_versions_has_its_identity()
    {
        Assert.True(PacketFacts.TryRead(LinkType.RawIp, Samples.Ipv4(IpProtocol.Icmp, Samples.Build(IcmpHeader.EchoReply(7, 8), Samples.Data)), out var v4));
        Assert.Equal((true, false, 7, 8, 7), (v4.IsEchoReply, v4.IsEchoRequest, v4.EchoIdentifier, v4.EchoSequence, v4.PayloadLength));
        Assert.True(PacketFacts.TryRead(LinkType.RawIp, Samples.Ipv6(IpProtocol.Icmpv6, Samples.Icmpv6(Icmpv6Header.EchoRequest(7, 8))), out var v6));
        Assert.Equal((false, true, 7, 8), (v6.IsEchoReply, v6.IsEchoRequest, v6.EchoIdentifier, v6.EchoSequence));
    }

    [Fact]
    public void Neighbor_discovery_tells_target_and_link_layer_address()
    {
        var body = Samples.Build(new NeighborAdvertisementHeader(Samples.V6B, false, true, true), Samples.LinkLayerOption(NdOptionType.TargetLinkLayerAddress));
        Assert.True(PacketFacts.TryRead(LinkType.RawIp, Samples.Ipv6(IpProtocol.Icmpv6, body), out var facts));
        Assert.Equal((Samples.V6B, Samples.MacA), (facts.NeighborTarget!.Value, facts.NeighborMac!.Value));
    }

    [Fact]
    public void A_later_fragment_has_no_ports()
    {
        var packet = Samples.Build(
            new Ipv4Header { TimeToLive = 1, Protocol = IpProtocol.Udp, Source = Samples.V4A, Destination = Samples.V4B, FragmentOffset = 1480, Identification = 3 }, Samples.Data);
        Assert.True(PacketFacts.TryRead(LinkType.RawIp, packet, out var facts));
        Assert.Equal((true, 1480, 3u, false), (facts.IsFragment, facts.FragmentOffset, facts.Identification, facts.HasPorts));
    }

    [Theory]
    [InlineData(LinkType.Ethernet, "")]
    [InlineData(LinkType.Ethernet, "02000000000b02000000000a08004500")]
    [InlineData(LinkType.Ethernet, "02000000000b02000000000a88cc0000")]
    [InlineData(LinkType.RawIp, "")]
    [InlineData(LinkType.RawIp, "00")]
    [InlineData(LinkType.Null, "0200")]
    [InlineData(LinkType.LinuxCooked, "00")]
    [InlineData(105, "0800")]
    public void What_is_no_packet_is_refused(int linkType, string hex) => Assert.False(PacketFacts.TryRead(linkType, Convert.FromHexString(hex), out _));

    [Theory]
    [InlineData("gopacket-pcapng")]
    [InlineData("handmade")]
    [InlineData("packetnet")]
    [InlineData("tcpdump")]
    [InlineData("wireshark")]
    public void Facts_and_dissection_agree_on_every_capture(string set)
    {
        var agreed = 0;
        foreach (var (name, path, _) in ConformancePackets.Captures(set))
        {
            using var reader = new CaptureReader(File.OpenRead(path));
            while (reader.TryRead(out var packet))
            {
                if (!PacketFacts.TryRead(packet.Interface.LinkType, packet.Bytes.Span, out var facts)) continue;
                agreed++;
                var layers = Dissector.Dissect(packet.Interface.LinkType, packet.Bytes).Layers;
                var ip = layers.FirstOrDefault(layer => layer.Protocol is "ipv4" or "ipv6" && layer.Offset == facts.IpOffset && facts.IsIp);
                Assert.True(facts.IsArp || ip is not null, name);
                if (ip is null) continue;
                Assert.Equal(facts.Source.ToString(), Text(ip, "source"));
                Assert.Equal(facts.Destination.ToString(), Text(ip, "destination"));
                if (facts.HasPorts)
                {
                    var transport = layers.First(layer => layer.Protocol is "tcp" or "udp" && !layer.IsQuoted);
                    Assert.Equal(facts.SourcePort.ToString(System.Globalization.CultureInfo.InvariantCulture), Text(transport, "sourcePort"));
                    Assert.Equal(facts.PayloadOffset, transport.Offset + transport.HeaderLength);
                    Assert.Equal(facts.PayloadLength, transport.Length - transport.HeaderLength);
                }

                if (facts.Quoted.IpVersion != 0) Assert.Equal(facts.Quoted.Destination.ToString(), Text(layers.First(layer => layer.IsQuoted), "destination"));
            }
        }

        Assert.InRange(agreed, 1, int.MaxValue);
    }

    private static string Text(DissectedLayer layer, string field) => layer.Fields.Single(f => f.Name == field).Text;
}
