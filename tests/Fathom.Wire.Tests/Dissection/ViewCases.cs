using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;
using Values = System.Collections.Generic.Dictionary<string, object>;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Every view of the link, internet and transport layers; and those of <see cref="ApplicationViewCases"/>.</summary>
internal static partial class ViewCases
{
    private static readonly byte[] EchoBody = [9, 8, 7];
    private static readonly byte[] Quoted = Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data));

    internal static IEnumerable<ViewCase> All() =>
    [
        .. LinkCases(), .. LogicalLinkCases(), .. Ipv4Cases(), .. Ipv6Cases(), .. ExtensionCases(), .. IcmpCases(), .. IcmpTypeCases(), .. NeighborCases(), .. MulticastCases(),
        .. TransportCases(), .. ApplicationViewCases.All(),
    ];

    private static IEnumerable<ViewCase> LinkCases() =>
    [
        new("Ethernet", [.. EthernetFrame.Layout], Samples.Ethernet(EtherType.Ipv4, Samples.Data), EthernetFrame.HeaderLength, false, static bytes =>
            !EthernetFrame.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["destination"] = v.Destination, ["source"] = v.Source, ["typeOrLength"] = v.TypeOrLength,
            }, e), "typeOrLength"),
        new("802.3", [.. EthernetFrame.Layout], Samples.Ethernet((EtherType)7, Samples.Data), EthernetFrame.HeaderLength + 7, true, static bytes =>
            !EthernetFrame.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["destination"] = v.Destination, ["source"] = v.Source, ["typeOrLength"] = v.TypeOrLength,
            }, e), "typeOrLength"),
        new("VLAN", [.. VlanTag.Layout], Samples.Build(new VlanHeader(100, EtherType.Arp, 5, true), Samples.Data), VlanTag.HeaderLength, false, static bytes =>
            !VlanTag.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["priority"] = v.Priority, ["dropEligible"] = v.DropEligible, ["vlanId"] = v.VlanId, ["typeOrLength"] = v.TypeOrLength,
            }, e), "typeOrLength"),
        new("ARP", [.. ArpPacket.Layout], Samples.Arp, ArpPacket.Ipv4OverEthernetLength, true, static bytes =>
            !ArpPacket.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["hardwareType"] = v.HardwareType, ["protocolType"] = v.ProtocolType, ["hardwareLength"] = v.HardwareLength,
                ["protocolLength"] = v.ProtocolLength, ["operation"] = v.Operation,
                ["senderHardwareAddress"] = Convert.ToHexString(v.SenderHardwareAddress), ["senderProtocolAddress"] = Convert.ToHexString(v.SenderProtocolAddress),
                ["targetHardwareAddress"] = Convert.ToHexString(v.TargetHardwareAddress), ["targetProtocolAddress"] = Convert.ToHexString(v.TargetProtocolAddress),
            }, e), "hardwareLength", "protocolLength"),
    ];

    private static IEnumerable<ViewCase> Ipv4Cases()
    {
        byte[] options = [(byte)Ipv4OptionType.RouterAlert, 4, 0, 0];
        foreach (var (name, sample) in new[] { ("IPv4", Samples.Ipv4(IpProtocol.Udp, Samples.Data)), ("IPv4 with options", Samples.Ipv4(IpProtocol.Udp, Samples.Data, options)) })
        {
            yield return new(name, [.. Ipv4Packet.Layout], sample, sample.Length, true, static bytes =>
                !Ipv4Packet.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
                {
                    // The view has no version property: a view that was read has version 4.
                    ["version"] = 4,
                    ["headerLength"] = v.HeaderLength,
                    ["dscp"] = v.Dscp,
                    ["ecn"] = v.Ecn,
                    ["totalLength"] = v.TotalLength,
                    ["identification"] = v.Identification,
                    ["reservedFlag"] = v.ReservedFlag,
                    ["dontFragment"] = v.DontFragment,
                    ["moreFragments"] = v.MoreFragments,
                    ["fragmentOffset"] = v.FragmentOffset,
                    ["timeToLive"] = v.TimeToLive,
                    ["protocol"] = v.Protocol,
                    ["headerChecksum"] = v.HeaderChecksum,
                    ["source"] = v.Source,
                    ["destination"] = v.Destination,
                }, e), "version", "headerLength", "totalLength");
        }
    }

    private static IEnumerable<ViewCase> Ipv6Cases()
    {
        var packet = Samples.Ipv6(IpProtocol.Udp, Samples.Data);
        yield return new("IPv6", [.. Ipv6Packet.Layout], packet, packet.Length, true, static bytes =>
            !Ipv6Packet.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["version"] = 6,
                ["dscp"] = v.Dscp,
                ["ecn"] = v.Ecn,
                ["flowLabel"] = v.FlowLabel,
                ["payloadLength"] = v.PayloadLength,
                ["nextHeader"] = v.NextHeader,
                ["hopLimit"] = v.HopLimit,
                ["source"] = v.Source,
                ["destination"] = v.Destination,
            }, e), "version", "payloadLength");
        yield return new("IPv6 fragment", [.. Ipv6Fragment.Layout], Samples.Build(new Ipv6FragmentHeader(IpProtocol.Udp, 1480, true, 77)), 8, true, static bytes =>
            !Ipv6Fragment.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["reserved"] = v.Reserved,
                ["fragmentOffset"] = v.FragmentOffset,
                ["reserved2"] = v.Reserved2,
                ["moreFragments"] = v.MoreFragments,
                ["identification"] = v.Identification,
            }, e));
        byte[] alert = [(byte)Ipv6OptionType.RouterAlert, 2, 0, 0];
        yield return new("IPv6 options", [.. Ipv6Options.Layout], Samples.Build(new Ipv6OptionsHeader(IpProtocol.Icmpv6, alert)), 8, true, static bytes =>
            !Ipv6Options.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["headerExtensionLength"] = v.HeaderLength,
            }, e), "headerExtensionLength");
        var routing = new byte[24];
        routing[1] = 2;
        routing[3] = 1;
        yield return new("IPv6 routing", [.. Ipv6Routing.Layout], routing, 24, true, static bytes =>
            !Ipv6Routing.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["headerExtensionLength"] = v.HeaderLength,
                ["routingType"] = v.RoutingType,
                ["segmentsLeft"] = v.SegmentsLeft,
            }, e), "headerExtensionLength");
        var ah = new byte[24];
        ah[1] = 4;
        yield return new("AH", [.. AuthenticationHeader.Layout], ah, 24, true, static bytes =>
            !AuthenticationHeader.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["nextHeader"] = v.NextHeader,
                ["payloadLength"] = v.HeaderLength,
                ["reserved"] = v.Reserved,
                ["securityParametersIndex"] = v.SecurityParametersIndex,
                ["sequenceNumber"] = v.SequenceNumber,
            }, e), "payloadLength");
    }

    private static IEnumerable<ViewCase> IcmpCases()
    {
        (Values?, WireError) ReadV4(byte[] bytes, Action<IcmpMessage, Values> rest)
        {
            if (!IcmpMessage.TryRead(bytes, out var v, out var e)) return (null, e);
            var values = new Values { ["type"] = v.Type, ["code"] = v.Code, ["checksum"] = v.Checksum };
            rest(v, values);
            return (values, e);
        }

        (Values?, WireError) ReadV6(byte[] bytes, Action<Icmpv6Message, Values> rest)
        {
            if (!Icmpv6Message.TryRead(bytes, out var v, out var e)) return (null, e);
            var values = new Values { ["type"] = v.Type, ["code"] = v.Code, ["checksum"] = v.Checksum };
            rest(v, values);
            return (values, e);
        }

        const int Length = IcmpMessage.HeaderLength;
        yield return new("ICMP", [.. IcmpMessage.Layout], Samples.Build(new IcmpHeader((IcmpType)200, 1, 7), EchoBody), Length, false,
            bytes => ReadV4(bytes, static (v, values) => values["restOfHeader"] = v.RestOfHeader));
        yield return new("ICMP echo", [.. IcmpMessage.LayoutOf(IcmpType.EchoRequest)], Samples.Build(IcmpHeader.EchoRequest(3, 4), EchoBody), Length, false,
            bytes => ReadV4(bytes, static (v, values) =>
            {
                values["identifier"] = v.Identifier;
                values["sequenceNumber"] = v.SequenceNumber;
            }));
        yield return new("ICMP redirect", [.. IcmpMessage.LayoutOf(IcmpType.Redirect)], Samples.Build(IcmpHeader.Redirect(Samples.V4B), Quoted), Length, false,
            bytes => ReadV4(bytes, static (v, values) => values["gateway"] = v.Gateway));

        // The octets that only some types use have no property of their own; the view's RestOfHeader holds them.
        yield return new("ICMP unreachable", [.. IcmpMessage.LayoutOf(IcmpType.DestinationUnreachable)], Samples.Build(IcmpHeader.FragmentationNeeded(1400), Quoted), Length, false,
            bytes => ReadV4(bytes, static (v, values) =>
            {
                values["unused"] = v.RestOfHeader >> 24;
                values["quotedLength"] = v.RestOfHeader >> 16 & 0xFF;
                values["nextHopMtu"] = v.NextHopMtu;
            }));
        yield return new("ICMP time exceeded", [.. IcmpMessage.LayoutOf(IcmpType.TimeExceeded)], Samples.Build(IcmpHeader.TimeExceeded(), Quoted), Length, false,
            bytes => ReadV4(bytes, static (v, values) =>
            {
                values["unused"] = v.RestOfHeader >> 24;
                values["quotedLength"] = v.RestOfHeader >> 16 & 0xFF;
                values["unused2"] = v.RestOfHeader & 0xFFFF;
            }));
        yield return new("ICMP parameter problem", [.. IcmpMessage.LayoutOf(IcmpType.ParameterProblem)], Samples.Build(IcmpHeader.ParameterProblem(8), Quoted), Length, false,
            bytes => ReadV4(bytes, static (v, values) =>
            {
                values["pointer"] = v.Pointer;
                values["quotedLength"] = v.RestOfHeader >> 16 & 0xFF;
                values["unused"] = v.RestOfHeader & 0xFFFF;
            }));
        yield return new("ICMPv6 unreachable", [.. Icmpv6Message.LayoutOf(Icmpv6Type.DestinationUnreachable)],
            Samples.Icmpv6(Icmpv6Header.DestinationUnreachable(Icmpv6UnreachableCode.Port), Quoted), Length, false, bytes => ReadV6(bytes, static (v, values) =>
            {
                values["quotedLength"] = v.RestOfHeader >> 24;
                values["unused"] = v.RestOfHeader & 0xFF_FFFF;
            }));
        yield return new("ICMPv6", [.. Icmpv6Message.Layout], Samples.Icmpv6(new Icmpv6Header((Icmpv6Type)200, 1, 7), EchoBody), Length, false,
            bytes => ReadV6(bytes, static (v, values) => values["restOfHeader"] = v.RestOfHeader));
        yield return new("ICMPv6 echo", [.. Icmpv6Message.LayoutOf(Icmpv6Type.EchoReply)], Samples.Icmpv6(Icmpv6Header.EchoReply(3, 4), EchoBody), Length, false,
            bytes => ReadV6(bytes, static (v, values) =>
            {
                values["identifier"] = v.Identifier;
                values["sequenceNumber"] = v.SequenceNumber;
            }));
        yield return new("ICMPv6 too big", [.. Icmpv6Message.LayoutOf(Icmpv6Type.PacketTooBig)], Samples.Icmpv6(Icmpv6Header.PacketTooBig(1280), Quoted), Length, false,
            bytes => ReadV6(bytes, static (v, values) => values["mtu"] = v.Mtu));
        yield return new("ICMPv6 parameter problem", [.. Icmpv6Message.LayoutOf(Icmpv6Type.ParameterProblem)],
            Samples.Icmpv6(Icmpv6Header.ParameterProblem(1, 40), Quoted), Length, false, bytes => ReadV6(bytes, static (v, values) => values["pointer"] = v.Pointer));
    }

    private static IEnumerable<ViewCase> NeighborCases()
    {
        yield return new("RS", [.. RouterSolicitation.Layout], Samples.Build(new RouterSolicitationHeader()), 8, false, static bytes =>
            !RouterSolicitation.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 133,
                ["code"] = 0,
                ["checksum"] = v.Checksum,
                ["reserved"] = v.Reserved,
            }, e), "type", "code");
        yield return new("RA", [.. RouterAdvertisement.Layout], Samples.Build(new RouterAdvertisementHeader(64, true, false, 1800, 5, 6, 1)), 16, false, static bytes =>
            !RouterAdvertisement.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 134,
                ["code"] = 0,
                ["checksum"] = v.Checksum,
                ["currentHopLimit"] = v.CurrentHopLimit,
                ["managed"] = v.Managed,
                ["otherConfiguration"] = v.OtherConfiguration,
                ["homeAgent"] = v.HomeAgent,
                ["preference"] = v.Preference,
                ["proxy"] = v.Proxy,
                ["reserved"] = v.Reserved,
                ["routerLifetime"] = v.RouterLifetime,
                ["reachableTime"] = v.ReachableTime,
                ["retransmitTimer"] = v.RetransmitTimer,
            }, e), "type", "code");
        yield return new("NS", [.. NeighborSolicitation.Layout], Samples.Build(new NeighborSolicitationHeader(Samples.V6B)), 24, false, static bytes =>
            !NeighborSolicitation.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 135,
                ["code"] = 0,
                ["checksum"] = v.Checksum,
                ["reserved"] = v.Reserved,
                ["target"] = v.Target,
            }, e), "type", "code");
        yield return new("NA", [.. NeighborAdvertisement.Layout], Samples.Build(new NeighborAdvertisementHeader(Samples.V6B, true, false, true)), 24, false, static bytes =>
            !NeighborAdvertisement.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 136,
                ["code"] = 0,
                ["checksum"] = v.Checksum,
                ["router"] = v.Router,
                ["solicited"] = v.Solicited,
                ["override"] = v.Override,
                ["reserved"] = v.Reserved,
                ["target"] = v.Target,
            }, e), "type", "code");
        yield return new("ND redirect", [.. NeighborRedirect.Layout], Samples.Build(new NeighborRedirectHeader(Samples.V6A, Samples.V6B)), 40, false, static bytes =>
            !NeighborRedirect.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["type"] = 137,
                ["code"] = 0,
                ["checksum"] = v.Checksum,
                ["reserved"] = v.Reserved,
                ["target"] = v.Target,
                ["destination"] = v.Destination,
            }, e), "type", "code");
    }

    private static IEnumerable<ViewCase> TransportCases()
    {
        var udp = Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data);
        yield return new("UDP", [.. UdpDatagram.Layout], udp, udp.Length, true, static bytes =>
            !UdpDatagram.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["sourcePort"] = v.SourcePort,
                ["destinationPort"] = v.DestinationPort,
                ["length"] = v.Length,
                ["checksum"] = v.Checksum,
            }, e), "length");
        var tcp = Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader, Samples.Data);
        yield return new("TCP", [.. TcpSegment.Layout], tcp, Samples.SynHeader.Length, false, static bytes =>
            !TcpSegment.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["sourcePort"] = v.SourcePort,
                ["destinationPort"] = v.DestinationPort,
                ["sequenceNumber"] = v.SequenceNumber,
                ["acknowledgmentNumber"] = v.AcknowledgmentNumber,
                ["dataOffset"] = v.HeaderLength,
                ["reserved"] = v.Reserved,
                ["ae"] = v.Flags & TcpFlags.Ae,
                ["cwr"] = v.Flags & TcpFlags.Cwr,
                ["ece"] = v.Flags & TcpFlags.Ece,
                ["urg"] = v.Flags & TcpFlags.Urg,
                ["ack"] = v.Flags & TcpFlags.Ack,
                ["psh"] = v.Flags & TcpFlags.Psh,
                ["rst"] = v.Flags & TcpFlags.Rst,
                ["syn"] = v.Flags & TcpFlags.Syn,
                ["fin"] = v.Flags & TcpFlags.Fin,
                ["window"] = v.Window,
                ["checksum"] = v.Checksum,
                ["urgentPointer"] = v.UrgentPointer,
            }, e), "dataOffset");
    }
}
