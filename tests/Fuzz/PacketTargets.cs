using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fuzz;

/// <summary>The link and internet layers: the octets are a protocol's own, put into the packets that carry it.</summary>
internal static class PacketTargets
{
    internal static readonly IpAddress V4A = IpAddress.Parse("192.0.2.1");
    internal static readonly IpAddress V4B = IpAddress.Parse("192.0.2.2");
    internal static readonly IpAddress V6A = IpAddress.Parse("2001:db8::1");
    internal static readonly IpAddress V6B = IpAddress.Parse("2001:db8::2");

    // Octets that fit a packet; what is longer is cut, as a capture would.
    internal const int MaxPayload = 4096;

    private static readonly byte[] Udp = Hex("9C40 0035 000C 0000 01020304");

    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("ethernet", static bytes => PacketCheck.Dissect(LinkType.Ethernet, bytes),
            [Hex("02000000000B 02000000000A 88A8 2064 8100 0064 0800"), Hex("02000000000B 02000000000A 000C AAAA03 000000 0800 4500 0014"), Hex("02000000000B 02000000000A 0004 2021 0608")]),
        new("linux-cooked", static bytes =>
            {
                PacketCheck.Dissect(LinkType.LinuxCooked, bytes);
                PacketCheck.Dissect(LinkType.LinuxCookedV2, bytes);
                PacketCheck.Dissect(LinkType.Null, bytes);
            },
            [Hex("0004 0001 0006 02000000000A 0000 0800"), Hex("0800 0000 00000002 0001 03 06 02000000000A 0000"), Hex("02000000")]),
        new("arp", static bytes => PacketCheck.Dissect(LinkType.Ethernet, Frame(EtherType.Arp, bytes)),
            [Hex("0001 0800 06 04 0001 02000000000A C0000201 000000000000 C0000202")]),
        new("ipv4", static bytes => PacketCheck.Dissect(LinkType.RawIp, bytes),
            [
                V4(IpProtocol.Udp, Udp), V4(IpProtocol.Ipv4, V4(IpProtocol.Udp, Udp)), V4(IpProtocol.Udp, Udp, "44 0C 0D 31 C0000201 80112233"), V4(IpProtocol.Udp, Udp, "86 0C 00000001 01 06 00 05 0102"),
                V4(IpProtocol.Udp, Udp, "07 0B 08 C0000201 00000000 00"), V4(IpProtocol.Udp, Udp, "82 04 AB 00 94 04 0000"), V4(IpProtocol.Ah, [.. Hex("11 04 0000 00000100 00000005 0102030405060708090A0B0C"), .. Udp]),
            ]),
        new("ipv6", static bytes => PacketCheck.Dissect(LinkType.RawIp, bytes),
            [
                V6(IpProtocol.HopByHop, [.. Hex("11 01 05 02 0000 30 04 05DC 0501 0102 0000"), .. Udp]), V6(IpProtocol.Fragment, [.. Hex("11 00 0001 00000009"), .. Udp]),
                V6(IpProtocol.Routing, [.. Hex("11 04 04 01 01 00 1234"), .. V6A.ToBytes(), .. V6B.ToBytes(), .. Udp]), V6(IpProtocol.Routing, [.. Hex("11 03 03 01 88 80 0000 0000000000000021 0000000000000022 0000000000000000"), .. Udp]),
                V6(IpProtocol.Mobility, Hex("3B 01 05 00 1234 0001 8000 0010 0100 0000")), V6(IpProtocol.Hip, [.. Hex("3B 04 01 21 1234 0000"), .. V6A.ToBytes(), .. V6B.ToBytes()]),
                V6(IpProtocol.Shim6, Hex("3B 01 01 00 1234 0000 0000000000000000")), V6(IpProtocol.Esp, Hex("00000100 00000005 0102030405060708")),
            ]),
        new("icmp", static bytes => PacketCheck.Dissect(LinkType.RawIp, V4(IpProtocol.Icmp, bytes)),
            [
                Hex("08 00 0000 0003 0004 01020304"), [.. Hex("03 04 0000 0000 0500"), .. V4(IpProtocol.Udp, Udp)], [.. Hex("0B 00 0000 00 20 0000"), .. Quote(V4(IpProtocol.Udp, Udp)), .. Hex("20000000 0020 02 0F 00000002 0001 0000 C0000201 0C 65746830 00000000000000 000005DC 0008 01 01 00064101")],
                Hex("09 00 0000 02 02 0708 C0000201 00000001 C0000202 80000000"), Hex("2A 00 0000 0003 04 01 20000000 0008 03 01 65746830"), Hex("0E 00 0000 0003 0004 00000001 00000002 00000003"),
            ]),
        new("icmpv6", static bytes => PacketCheck.Dissect(LinkType.RawIp, V6(IpProtocol.Icmpv6, bytes)),
            [
                Hex("80 00 0000 0003 0004 01020304"), [.. Hex("02 00 0000 00000500"), .. V6(IpProtocol.Udp, Udp)], [.. Hex("03 00 0000 10 000000"), .. Quote(V6(IpProtocol.Udp, Udp)), .. Hex("20000000 0008 01 01 00064101")],
                Hex("8B 00 0000 0003 0002 0102030405060708 20010DB8000000000000000000000001"),
            ]),
        new("neighbor-discovery", static bytes => PacketCheck.Dissect(LinkType.RawIp, V6(IpProtocol.Icmpv6, bytes)),
            [
                Hex("86 00 0000 40 C0 0708 00000000 00000000 03 04 40 C0 00015180 00003840 00000000 20010DB8000000000000000000000000 05 01 0000 000005DC 26 02 0708 0064FF9B0000000000000000"),
                Hex("86 00 0000 40 C0 0708 00000000 00000000 1F 04 0000 00000E10 07 6578616D706C65 03 636F6D 00 03 6E6574 00 000000000000 25 03 68747470733A2F2F612E6578616D706C65 0000000000"),
                Hex("87 00 0000 00000000 20010DB8000000000000000000000002 01 01 02000000000A 0E 01 010203040506"), [.. Hex("89 00 0000 00000000"), .. V6A.ToBytes(), .. V6B.ToBytes(), .. Hex("04 07 000000000000"), .. V6(IpProtocol.Udp, Hex("0035 0035 0008 0000"))],
            ]),
        new("igmp", static bytes => PacketCheck.Dissect(LinkType.RawIp, V4(IpProtocol.Igmp, bytes)),
            [Hex("16 00 0000 E8010203"), Hex("11 C8 0000 E8010203 0F C8 0001 C0000201"), Hex("22 00 0000 0000 0002 01 00 0001 E8010203 C0000201 06 01 0000 E0000001 AABBCCDD")]),
        new("mld", static bytes => PacketCheck.Dissect(LinkType.RawIp, V6(IpProtocol.Icmpv6, bytes)),
            [Hex("82 00 0000 8123 0000 FF0200000000000000000001FF000007 0B C8 0001 20010DB8000000000000000000000001"), Hex("83 00 0000 0000 0000 FF0200000000000000000001FF000007"), Hex("8F 00 0000 0000 0001 01 00 0001 FF0200000000000000000001FF000007 20010DB8000000000000000000000001")]),
    ];

    internal static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    internal static byte[] Cut(byte[] bytes) => bytes.Length <= MaxPayload ? bytes : bytes[..MaxPayload];

    internal static byte[] V4(IpProtocol protocol, byte[] payload, string options = "") => FrameBuilder.Packet(
        new Ipv4Header { TimeToLive = 64, Protocol = protocol, Source = V4A, Destination = V4B, Options = Hex(options) }, Cut(payload));

    internal static byte[] V6(IpProtocol next, byte[] payload)
        => FrameBuilder.Packet(new Ipv6Header { NextHeader = next, HopLimit = 255, Source = V6A, Destination = V6B }, Cut(payload));

    private static byte[] Quote(byte[] packet) => [.. packet, .. new byte[128 - packet.Length]];

    private static byte[] Frame(EtherType type, byte[] payload)
    {
        var frame = new byte[EthernetFrame.HeaderLength + payload.Length];
        new EthernetHeader(MacAddress.Broadcast, MacAddress.FromValue(0x02_0000_0000_0A), type).WriteTo(frame);
        payload.CopyTo(frame, EthernetFrame.HeaderLength);
        return frame;
    }
}
