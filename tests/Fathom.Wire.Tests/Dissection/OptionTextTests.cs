using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>What the fields of options and messages say to a person; the values are those that the samples were built of, read by hand from the RFCs.</summary>
public class OptionTextTests
{
    [Theory]
    [InlineData("SNAP with an EtherType", "organization", "EtherType follows (0x000000)")]
    [InlineData("LLC receive ready", "control", "receive ready, N(R) 3 (0x0107)")]
    [InlineData("LLC receive ready", "sourceServiceAccessPoint", "0x20, response")]
    [InlineData("Linux cooked", "packetType", "from this host (4)")]
    [InlineData("Linux cooked", "address", "02:00:00:00:00:0a")]
    [InlineData("loopback, little-endian", "addressFamily", "IPv4 (2)")]
    [InlineData("IPv4 record route", "recordRoute", "192.0.2.1, 0.0.0.0 (pointer 8)")]
    [InlineData("IPv4 timestamps with addresses", "timestamp.flag", "each with its address (1)")]
    [InlineData("IPv4 timestamps with addresses", "timestamp.address", "192.0.2.1")]
    [InlineData("IPv4 timestamps with addresses", "timestamp.overflow", "3 routers had no room")]
    [InlineData("IPv4 router alert", "routerAlert", "every router shall look at the packet")]
    [InlineData("IPv4 security", "security.classification", "unclassified (0xab)")]
    [InlineData("IPv4 traceroute", "traceroute.originator", "192.0.2.1")]
    [InlineData("HopByHop router alert", "routerAlert.value", "multicast listener discovery (0)")]
    [InlineData("HopByHop minimum path MTU", "minimumPathMtu.returnMtu", "1280 octets")]
    [InlineData("HopByHop IOAM", "ioam.optionType", "pre-allocated trace (0)")]
    [InlineData("DestinationOptions home address", "homeAddress.address", "2001:db8::9")]
    [InlineData("routing type 3", "address", "2001:db8:1::21")]
    [InlineData("segment routing", "segment", "2001:db8::11")]
    [InlineData("segment routing", "routingType", "segment routing (4)")]
    [InlineData("mobility", "messageType", "binding update (5)")]
    [InlineData("HIP", "packetType", "I1")]
    [InlineData("IGMPv3 query", "maxResponseCode", "307.2 s")]
    [InlineData("IGMPv3 query", "queryIntervalCode", "3072 s")]
    [InlineData("IGMPv3 report", "groupRecord", "is include 232.1.2.3 from 2 sources")]
    [InlineData("IGMPv3 report", "groupRecord.auxiliaryData", "aabbccdd")]
    [InlineData("ICMPv6 MLDv2 query", "maxResponseCode", "35096 ms")]
    [InlineData("ICMP timestamp reply", "originate", "1 ms since midnight UTC")]
    [InlineData("ICMP address mask reply", "addressMask", "255.255.255.0")]
    [InlineData("ICMP router advertisement", "router", "192.0.2.1, preference 1")]
    [InlineData("ICMP extended echo by name", "interfaceIdentification", "eth0")]
    [InlineData("ICMP extended echo reply", "state", "reachable (2)")]
    [InlineData("ICMP time exceeded with MPLS", "mplsLabelStack", "label 100 ttl 1, label 101 ttl 254")]
    [InlineData("ICMP time exceeded with an interface", "interfaceInformation", "the packet came on, eth0, index 2, 192.0.2.1, MTU 1500")]
    [InlineData("ICMP time exceeded with an uncounted quote", "mplsLabelStack", "label 100 ttl 1")]
    [InlineData("ICMPv6 node information query", "queryType", "IPv6 addresses (3)")]
    [InlineData("ICMPv6 node information query", "subject", "2001:db8::1")]
    [InlineData("ICMPv6 router advertisement: DNS search list", "dnsSearchList", "example.com, net, lifetime 3600 s")]
    [InlineData("ICMPv6 router advertisement: DNS search list", "dnsSearchList.name", "example.com")]
    [InlineData("ICMPv6 router advertisement: captive portal", "captivePortal.uri", "https://a.example")]
    [InlineData("ICMPv6 router advertisement: NAT64 prefix", "nat64Prefix", "64:ff9b::/96, lifetime 1800 s")]
    [InlineData("ICMPv6 router advertisement: route information", "routeInformation.preference", "low")]
    [InlineData("TCP SACK", "sack", "1-2, 5-9")]
    [InlineData("TCP user timeout", "userTimeout", "300 s")]
    [InlineData("TCP authentication", "authentication", "key 1, next key 2, MAC 000102030405060708090a0b")]
    [InlineData("TCP accurate ECN, order 0", "accurateEcn", "ect0Octets 1, ceOctets 2, ect1Octets 3")]
    [InlineData("TCP rate request", "experiment", "acknowledgment rate request: 1400")]
    [InlineData("TCP shared memory", "experiment.experimentId", "shared memory communications (0xe2d4c3d9)")]
    [InlineData("TCP multipath capable, SYN-ACK", "multipathTcp.senderKey", "0x0102030405060708")]
    [InlineData("TCP multipath add address", "multipathTcp.address", "192.0.2.1")]
    [InlineData("TCP multipath reset", "multipathTcp.reason", "administratively prohibited (3)")]
    public void A_field_says_what_it_means(string sample, string field, string text)
    {
        var (_, linkType, frame) = LayerSamples.All().Single(s => s.Name == sample);
        var fields = Dissector.Dissect(linkType, frame).Layers.Where(l => !l.IsQuoted).SelectMany(l => l.Fields);
        Assert.Equal(text, fields.First(f => f.Name == field && f.Text.Length > 0).Text);
    }

    [Fact]
    public void Text_from_the_network_is_escaped()
    {
        byte[] portal = [37, 2, .. "a\u001b[2Jb"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        var frame = Samples.Ipv6(Fathom.Wire.Internet.IpProtocol.Icmpv6, Samples.Build(new Fathom.Wire.Internet.RouterAdvertisementHeader(64, false, false, 0, 0, 0, 0), portal));
        var text = Dissector.Dissect(LinkType.RawIp, frame).Layers[1].Fields.Single(f => f.Name == "captivePortal").Text;
        Assert.Equal("a\\x1B[2Jb", text);
    }
}
