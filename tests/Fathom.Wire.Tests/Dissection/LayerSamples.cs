using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Frames with every option, extension header and message that the link, internet and transport layers' dissectors know.</summary>
internal static class LayerSamples
{
    private const string Key = "0102030405060708";

    internal static IEnumerable<LayerSample> All() =>
        [.. LinkSamples(), .. Ipv4Samples(), .. Ipv6Samples(), .. IgmpSamples(), .. IcmpSamples(), .. Icmpv6Samples(), .. NeighborSamples(), .. TcpSamples()];

    private static byte[] Udp4 => Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data));

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    private static IEnumerable<LayerSample> LinkSamples()
    {
        byte[] Length(byte[] payload) => Samples.Ethernet((EtherType)payload.Length, payload);
        byte[] Tagged(ushort outer, byte[] inner) => Samples.Ethernet((EtherType)outer, [.. Samples.Build(new VlanHeader(7, EtherType.Vlan, 3, true)), .. inner]);

        yield return new("SNAP with an EtherType", LinkType.Ethernet, Length([.. Samples.Build(LlcHeader.Snap), .. Samples.Build(new SnapHeader(EtherType.Ipv4)), .. Udp4]));
        yield return new("SNAP of an organization", LinkType.Ethernet, Length([.. Samples.Build(LlcHeader.Snap), .. Samples.Build(new SnapHeader((EtherType)0x9999, 0x112233)), 1, 2, 3, 4]));
        yield return new("LLC information", LinkType.Ethernet, Length(Hex("2021 0608 01020304")));
        yield return new("LLC receive ready", LinkType.Ethernet, Length(Hex("2021 0107")));
        yield return new("LLC test", LinkType.Ethernet, Length(Hex("2020 E3 01020304")));
        yield return new("QinQ", LinkType.Ethernet, Tagged(0x88A8, [.. Samples.Build(new VlanHeader(100, EtherType.Ipv4, 5)), .. Udp4]));
        yield return new("QinQ with the older type", LinkType.Ethernet, Tagged(0x9100, [.. Samples.Build(new VlanHeader(100, EtherType.Ipv4, 5)), .. Udp4]));
        yield return new("a tag before LLC", LinkType.Ethernet, Samples.Ethernet(EtherType.Vlan, [.. Samples.Build(new VlanHeader(9, (EtherType)7)), .. Hex("2020 03 01020304")]));
        yield return new("Linux cooked", LinkType.LinuxCooked, [.. Hex("0004 0001 0006 02000000000A 0000 0800"), .. Udp4]);
        yield return new("Linux cooked, LLC", LinkType.LinuxCooked, Hex("0000 0001 0006 02000000000A 0000 0004 2020 03 01020304"));
        yield return new("Linux cooked v2", LinkType.LinuxCookedV2, [.. Hex("0800 0000 00000002 0001 03 06 02000000000A 0000"), .. Udp4]);
        yield return new("loopback, little-endian", LinkType.Null, [2, 0, 0, 0, .. Udp4]);
        yield return new("loopback, network order", LinkType.Loop, [0, 0, 0, 2, .. Udp4]);
    }

    private static IEnumerable<LayerSample> Ipv4Samples()
    {
        (string Name, string Options)[] options =
        [
            ("record route", "07 0B 08 C0000201 00000000 00"), ("loose source route", "83 0B 04 C0000201 C6336407 00"), ("strict source route", "89 07 04 C0000201 00"),
            ("timestamps", "44 0C 09 00 00112233 00000000"), ("timestamps with addresses", "44 0C 0D 31 C0000201 80112233"), ("timestamps of given addresses", "44 0C 05 03 C0000201 00000000"),
            ("router alert", "94 04 0000"), ("quick-start", "19 08 05 40 12345678"), ("security", "82 04 AB 00"), ("stream id", "88 04 1234"),
            ("commercial security", "86 0C 00000001 01 06 00 05 0102"), ("traceroute", "52 0C 1234 0005 FFFF C0000201"), ("MTU probe", "0B 04 05DC"), ("MTU reply", "0C 04 05DC"),
            ("extended security", "85 04 01 02"), ("selective directed broadcast", "95 06 C0000201 0000"), ("experiment", "9E 04 0102"), ("unknown option", "5D 04 0102"),
            ("padding", "01 01 01 00"),
        ];
        return options.Select(o => new LayerSample("IPv4 " + o.Name, LinkType.Ethernet,
            Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data), Hex(o.Options)))));
    }

    private static IEnumerable<LayerSample> Ipv6Samples()
    {
        (string Name, string Option)[] options =
        [
            ("router alert", "05 02 0000"), ("tunnel encapsulation limit", "04 01 05"), ("home address", "C9 10 20010DB8000000000000000000000009"),
            ("CALIPSO", "07 0C 00000001 01 05 1234 FF00FF00"), ("minimum path MTU", "30 04 05DC 0501"), ("RPL", "23 04 E0 01 0100"), ("RPL, deprecated", "63 04 80 01 0100"),
            ("performance metrics", "0F 0A 01 02 0003 0004 0005 0006"), ("quick-start", "26 06 05 40 12345678"), ("line identification", "8C 06 05 6C696E6531"),
            ("depth-first forwarding", "EE 03 30 1234"), ("duplicate packet detection", "08 04 00010203"), ("IOAM", "31 06 00 00 00010203"), ("alternate marking", "12 04 12345 C00"),
            ("ILNP nonce", "8B 04 01020304"), ("MPL", "6D 02 00 01"), ("experiment", "3E 02 0102"), ("unknown option", "1F 02 0102"), ("jumbo payload", "C2 04 00011170"), ("padding", "00 01 01 00"),
        ];
        var udp = Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data);
        foreach (var (name, option) in options)
        {
            foreach (var header in new[] { IpProtocol.HopByHop, IpProtocol.DestinationOptions })
                yield return V6($"{header} {name}", header, [.. Samples.Build(new Ipv6OptionsHeader(IpProtocol.Udp, Hex(option))), .. udp]);
        }

        var stops = Hex("20010DB8000000000000000000000011 20010DB8000000000000000000000012");
        yield return V6("routing type 0", IpProtocol.Routing, [.. Hex("11 04 00 01 00000000"), .. stops, .. Samples.Udp(Samples.V6A, IpAddress.FromBytes(stops.AsSpan(16)), Samples.Data)]);
        yield return V6("routing type 2", IpProtocol.Routing, [.. Hex("11 02 02 01 00000000"), .. stops[..16], .. Samples.Udp(Samples.V6A, IpAddress.FromBytes(stops.AsSpan(0, 16)), Samples.Data)]);
        // RFC 6554 §3: eight octets of each address are the destination's; two addresses of eight octets, and eight of padding.
        var last = IpAddress.FromBytes([.. Samples.V6B.ToBytes()[..8], .. Hex("0000000000000022")]);
        yield return V6("routing type 3", IpProtocol.Routing, [.. Hex("11 03 03 01 88 80 0000 0000000000000021 0000000000000022 0000000000000000"), .. Samples.Udp(Samples.V6A, last, Samples.Data)]);
        yield return V6("segment routing", IpProtocol.Routing,
            [.. Hex("11 09 04 01 01 00 1234"), .. stops, .. Hex("05 26 8000 00000007"), .. new byte[32], .. Samples.Udp(Samples.V6A, IpAddress.FromBytes(stops.AsSpan(0, 16)), Samples.Data)]);
        yield return V6("segment routing with padding", IpProtocol.Routing,
            [.. Hex("11 05 04 00 01 00 0000"), .. stops, .. Hex("04 04 00000000 00 00"), .. udp]);
        yield return V6("routing type 6", IpProtocol.Routing, [.. Hex("11 01 06 01 00000001 00000002 00000000"), .. udp]);
        yield return V6("AH", IpProtocol.Ah, [.. Hex("11 04 0000 00000100 00000005 0102030405060708090A0B0C"), .. udp]);
        yield return V6("ESP", IpProtocol.Esp, Hex("00000100 00000005 0102030405060708"));
        yield return V6("mobility", IpProtocol.Mobility, Hex("3B 01 05 00 1234 0001 8000 0010 0100 0000"));
        yield return V6("HIP", IpProtocol.Hip, [.. Hex("3B 04 01 21 1234 0000"), .. Samples.V6A.ToBytes(), .. Samples.V6B.ToBytes()]);
        yield return V6("Shim6 control", IpProtocol.Shim6, Hex("3B 01 01 00 1234 0000 0000000000000000"));
        yield return V6("Shim6 payload", IpProtocol.Shim6, [.. Hex("11 00 80 00 01020304"), .. udp]);
        yield return V4("AH in IPv4", IpProtocol.Ah, [.. Hex("11 04 0000 00000100 00000005 0102030405060708090A0B0C"), .. Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data)]);
        yield return V4("ESP in IPv4", IpProtocol.Esp, Hex("00000100 00000005 0102030405060708"));
    }

    private static IEnumerable<LayerSample> IgmpSamples()
    {
        yield return V4("IGMPv1 query", IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.MembershipQuery, IpAddress.AnyV4)));
        yield return V4("IGMPv1 report", IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.ReportV1, Samples.GroupV4)));
        yield return V4("IGMPv2 query", IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.MembershipQuery, Samples.GroupV4, 100)));
        yield return V4("IGMPv2 report", IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.ReportV2, Samples.GroupV4)));
        yield return V4("IGMPv2 leave", IpProtocol.Igmp, Samples.Build(new IgmpHeader(IgmpType.LeaveGroup, Samples.GroupV4)));
        yield return V4("IGMPv3 query", IpProtocol.Igmp, Samples.Build(new IgmpQueryHeader(200, Samples.GroupV4, 7, 200, true, new[] { Samples.V4A, Samples.V4B })));
        yield return V4("IGMPv3 report", IpProtocol.Igmp,
            Samples.Build(new IgmpReportHeader(3), [.. Samples.GroupRecord(Samples.GroupV4, Samples.V4A, Samples.V4B), .. Samples.GroupRecord(IpAddress.Parse("224.0.0.251")), .. Hex("06 01 0001 E8010101 C0000201 AABBCCDD")]));
    }

    private static IEnumerable<LayerSample> IcmpSamples()
    {
        yield return Icmp("timestamp request", IcmpType.TimestampRequest, 0x0003_0004, "00000001 00000000 00000000");
        yield return Icmp("timestamp reply", IcmpType.TimestampReply, 0x0003_0004, "00000001 80000002 00000003");
        yield return Icmp("address mask reply", IcmpType.AddressMaskReply, 0x0003_0004, "FFFFFF00");
        yield return Icmp("router advertisement", IcmpType.RouterAdvertisement, 0x0202_0708, "C0000201 00000001 C0000202 80000000");
        yield return Icmp("router solicitation", IcmpType.RouterSolicitation, 0, "");
        yield return Icmp("redirect", IcmpType.Redirect, 0xC000_0201, Convert.ToHexString(Udp4));
        yield return Icmp("parameter problem", IcmpType.ParameterProblem, 0x0800_0000, Convert.ToHexString(Udp4));
        yield return Icmp("extended echo by name", IcmpType.ExtendedEchoRequest, 0x0003_0401, Extensions("0008 03 01 65746830"));
        yield return Icmp("extended echo by index", IcmpType.ExtendedEchoRequest, 0x0003_0401, Extensions("0008 03 02 00000002"));
        yield return Icmp("extended echo by address", IcmpType.ExtendedEchoRequest, 0x0003_0400, Extensions("000C 03 03 0001 04 00 C0000201"));
        yield return Icmp("extended echo reply", IcmpType.ExtendedEchoReply, 0x0003_0447, "");
        var quote = Convert.ToHexString(Udp4) + new string('0', 2 * (128 - Udp4.Length));
        yield return Icmp("time exceeded with MPLS", IcmpType.TimeExceeded, 32 << 16, quote + Extensions("000C 01 01 00064 0 01 00065 3 FE"));
        yield return Icmp("time exceeded with an interface", IcmpType.TimeExceeded, 32 << 16, quote + Extensions("0020 02 0F 00000002 0001 0000 C0000201 0C 65746830 00000000000000 000005DC"));
        yield return Icmp("time exceeded with an uncounted quote", IcmpType.TimeExceeded, 0, quote + Extensions("0008 01 01 00064 1 01"));
        yield return Icmp("unreachable with an unknown object", IcmpType.DestinationUnreachable, 32 << 16, quote + Extensions("0008 F7 01 01020304"));
    }

    private static IEnumerable<LayerSample> Icmpv6Samples()
    {
        yield return Icmpv6("MLDv1 query", Samples.Build(new MldHeader(Icmpv6Type.MulticastListenerQuery, IpAddress.AnyV6, 10000)));
        yield return Icmpv6("MLDv1 report", Samples.Build(new MldHeader(Icmpv6Type.MulticastListenerReport, Samples.GroupV6)));
        yield return Icmpv6("MLDv1 done", Samples.Build(new MldHeader(Icmpv6Type.MulticastListenerDone, Samples.GroupV6)));
        yield return Icmpv6("MLDv2 query", Samples.Build(new MldQueryHeader(0x8123, Samples.GroupV6, 3, 200, true, new[] { Samples.V6A, Samples.V6B })));
        yield return Icmpv6("MLDv2 report", Samples.Build(new MldReportHeader(2), [.. Samples.GroupRecord(Samples.GroupV6, Samples.V6A), .. Samples.GroupRecord(Samples.GroupV6)]));
        yield return Icmpv6("node information query", Hex("8B 00 0000 0003 0002 0102030405060708 20010DB8000000000000000000000001"));
        yield return Icmpv6("node information reply", Hex("8C 00 0000 0002 0000 0102030405060708 00000000 04 686F7374 00 00"));
        yield return Icmpv6("inverse solicitation", Hex("8D 00 0000 00000000 01 01 02000000000A 02 01 02000000000B 09 03 000000000000 20010DB8000000000000000000000001"));
        yield return Icmpv6("extended echo by name", Hex("A0 00 0000 0003 04 01" + Extensions("0008 03 01 65746830")));
        yield return Icmpv6("extended echo reply", Hex("A1 00 0000 0003 04 47"));
        var packet = Samples.Ipv6(IpProtocol.Udp, Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data));
        byte[] quote = [.. packet, .. new byte[128 - packet.Length]];
        yield return Icmpv6("time exceeded with MPLS", [.. Hex("03 00 0000 10 000000"), .. quote, .. Hex(Extensions("0008 01 01 00064 1 01"))]);
        yield return Icmpv6("parameter problem", [.. Hex("04 01 0000 00000006"), .. packet]);
        yield return Icmpv6("packet too big", [.. Hex("02 00 0000 00000500"), .. packet]);
    }

    private static IEnumerable<LayerSample> NeighborSamples()
    {
        (string Name, string Option)[] options =
        [
            ("link-layer address", "01 01 02000000000A"), ("prefix information", "03 04 40 E0 00015180 00003840 00000000 20010DB8000000000000000000000000"), ("MTU", "05 01 0000 000005DC"),
            ("advertisement interval", "07 01 0000 00000BB8"), ("home agent information", "08 01 0000 0001 0708"), ("nonce", "0E 01 010203040506"),
            ("timestamp", "0D 02 000000000000 00000065F0A1 8000"), ("CGA", "0B 02 04 00 0102030405060708090A0B0C"), ("route information", "18 02 30 18 00000E10 20010DB800010000"),
            ("DNS servers", "19 05 0000 00000E10 20010DB8000000000000000000000053 20010DB8000000000000000000000054"), ("flags extension", "1A 01 800000000000"),
            ("DNS search list", "1F 04 0000 00000E10 07 6578616D706C65 03 636F6D 00 03 6E6574 00 000000000000"), ("captive portal", "25 03 68747470733A2F2F612E6578616D706C65 0000000000"),
            ("NAT64 prefix", "26 02 0708 0064FF9B0000000000000000"), ("address registration", "21 02 00 00 01 05 0E10 02000000FE00000A"), ("6LoWPAN context", "22 03 40 15 0000 0E10 20010DB800000000 0000000000000000"),
            ("border router", "23 03 0001 0000 0E10 20010DB8000000000000000000000001"), ("capability indication", "24 01 000000000001"), ("RSA signature", "0C 04 0000 000102030405060708090A0B0C0D0E0F 0000000000000000 0102 0304"),
            ("trust anchor", "0F 02 01 00 0102030405060708090A0B0C"), ("certificate", "10 02 01 00 0102030405060708090A0B0C"), ("encrypted DNS", "90 02 0001 00000E10 0102030405060708"), ("unknown option", "C8 01 010203040506"),
        ];
        foreach (var (name, option) in options)
            yield return Icmpv6("router advertisement: " + name, Samples.Build(new RouterAdvertisementHeader(64, true, false, 1800, 5, 6, 1), Hex(option)));
        yield return Icmpv6("redirect", Samples.Build(new NeighborRedirectHeader(Samples.V6A, Samples.V6B), [.. Hex("02 01 02000000000B"), .. Hex("04 07 000000000000"), .. Samples.Ipv6(IpProtocol.Udp, [0, 53, 0, 53, 0, 8, 0, 0])]));
    }

    private static IEnumerable<LayerSample> TcpSamples()
    {
        (string Name, string Options)[] options =
        [
            ("common", "02 04 05B4 04 02 08 0A 00000001 00000002 01 03 03 07"), ("SACK", "01 01 05 12 00000001 00000002 00000005 00000009"), ("echo", "06 06 01020304 07 06 05060708"), ("partial order", "09 02 0A 03 80 01 01 01"),
            ("connection count", "0B 06 00000001 0C 06 00000002"), ("alternate checksum", "0E 03 01 01 0F 04 0102"), ("MD5", "13 12 000102030405060708090A0B0C0D0E0F 01 01"), ("space protocols", "14 04 0102 15 06 00010002 16 02"),
            ("quick-start", "1B 08 05 40 12345678"), ("user timeout", "1C 04 8005"), ("authentication", "1D 10 01 02 000102030405060708090A0B"), ("fast open cookie", "22 0A 0102030405060708 01 01"),
            ("fast open request", "22 02 01 01"), ("encryption negotiation", "45 04 0121"), ("accurate ECN, order 0", "AC 0B 000001 000002 000003 01"), ("accurate ECN, order 1", "AE 08 000001 000002"),
            ("rate request", "FD 06 00AC 14 00 01 01"), ("fast open as an experiment", "FE 0C F989 0102030405060708"), ("shared memory", "FE 06 E2D4C3D9 01 01"), ("unknown experiment", "FD 04 1234"), ("unknown option", "C8 04 0102"),
            ("multipath capable, SYN", $"1E 04 01 81"), ("multipath capable, SYN-ACK", $"1E 0C 01 81 {Key}"), ("multipath capable, ACK", $"1E 14 01 81 {Key} {Key}"), ("multipath capable, data", $"1E 16 01 81 {Key} {Key} 0007 01 01"),
            ("multipath join, SYN", "1E 0C 11 02 01020304 05060708"), ("multipath join, SYN-ACK", $"1E 10 10 02 {Key} 05060708"), ("multipath join, ACK", "1E 18 10 00 000102030405060708090A0B0C0D0E0F10111213"),
            ("multipath data, short", "1E 12 20 05 00000001 00000002 00000003 0007 01 01"), ("multipath data, long", $"1E 1C 20 1F {Key} {Key} 00000003 0007 1234"), ("multipath acknowledgment", "1E 08 20 01 00000001"),
            ("multipath add address", $"1E 10 30 02 C0000201 {Key}"), ("multipath add address, echo", "1E 0A 31 02 C0000201 0050 01 01"), ("multipath add IPv6 address", $"1E 1E 30 02 20010DB8000000000000000000000001 0050 {Key} 01 01"), ("multipath remove address", "1E 05 40 02 03 01 01 01"),
            ("multipath priority", "1E 04 51 02"), ("multipath fail", $"1E 0C 60 00 {Key}"), ("multipath fast close", $"1E 0C 70 00 {Key}"), ("multipath reset", "1E 04 81 03"),
        ];
        return options.Select(o =>
        {
            var text = Hex(o.Options);
            byte[] segment = [.. Samples.Tcp(Samples.V4A, Samples.V4B, new TcpHeader { SourcePort = 40112, DestinationPort = 9999, Flags = TcpFlags.Ack, Window = 100 }), .. text, .. Samples.Data];
            segment[12] = (byte)((20 + text.Length) / 4 << 4);
            segment[16] = segment[17] = 0;
            var checksum = InternetChecksum.Compute(segment, Samples.V4A, Samples.V4B, IpProtocol.Tcp);
            (segment[16], segment[17]) = ((byte)(checksum >> 8), (byte)checksum);
            return V4("TCP " + o.Name, IpProtocol.Tcp, segment);
        });
    }

    private static string Extensions(string item)
    {
        var structure = Hex("20000000" + item);
        var checksum = InternetChecksum.Compute(structure);
        (structure[2], structure[3]) = ((byte)(checksum >> 8), (byte)checksum);
        return Convert.ToHexString(structure);
    }

    private static LayerSample V4(string name, IpProtocol protocol, byte[] payload) => new(name, LinkType.Ethernet, Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(protocol, payload)));

    private static LayerSample V6(string name, IpProtocol next, byte[] payload) => new(name, LinkType.Ethernet, Samples.Ethernet(EtherType.Ipv6, Samples.Ipv6(next, payload)));

    private static LayerSample Icmp(string name, IcmpType type, uint rest, string body) => V4("ICMP " + name, IpProtocol.Icmp, Samples.Build(new IcmpHeader(type, 0, rest), Hex(body)));

    private static LayerSample Icmpv6(string name, byte[] message)
    {
        message[2] = message[3] = 0;
        var checksum = InternetChecksum.Compute(message, Samples.V6A, Samples.V6B, IpProtocol.Icmpv6);
        (message[2], message[3]) = ((byte)(checksum >> 8), (byte)checksum);
        return V6("ICMPv6 " + name, IpProtocol.Icmpv6, message);
    }
}
