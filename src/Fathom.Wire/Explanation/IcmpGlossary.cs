using Fathom.Wire.Internet;

namespace Fathom.Wire.Explanation;

/// <summary>What ICMP and ICMPv6 messages mean to the one who gets them.</summary>
public static class IcmpGlossary
{
    /// <summary>What a message of this type and code says about the network.</summary>
    /// <param name="version">ICMP, or ICMPv6.</param>
    /// <param name="type">The type.</param>
    /// <param name="code">The code.</param>
    /// <returns>A sentence or two; null where Fathom knows only the name.</returns>
    public static string? Meaning(IpVersion version, byte type, byte code) => version == IpVersion.V6 ? MeaningOfV6((Icmpv6Type)type, code) : MeaningOfV4((IcmpType)type, code);

    /// <summary>The message in words: "destination unreachable: port unreachable".</summary>
    /// <param name="version">ICMP, or ICMPv6.</param>
    /// <param name="type">The type.</param>
    /// <param name="code">The code.</param>
    public static string Name(IpVersion version, byte type, byte code)
        => version == IpVersion.V6 ? Icmpv6Text.Describe((Icmpv6Type)type, code) : IcmpText.Describe((IcmpType)type, code);

    /// <summary>The types that have a name, and that name.</summary>
    /// <param name="version">ICMP, or ICMPv6.</param>
    public static IEnumerable<(byte Type, string Name)> Types(IpVersion version) => version == IpVersion.V6
        ? Enum.GetValues<Icmpv6Type>().Select(static t => ((byte)t, t.Describe()))
        : Enum.GetValues<IcmpType>().Select(static t => ((byte)t, t.Describe()));

    private static string? MeaningOfV4(IcmpType type, byte code) => type switch
    {
        IcmpType.EchoRequest => "Ping: please send this back. A host that does not answer may still be alive, since many firewalls drop it.",
        IcmpType.EchoReply => "The answer to a ping: the host's internet layer works, and so does the way there and back. It says nothing about any service on it.",
        IcmpType.DestinationUnreachable => Unreachable((IcmpUnreachableCode)code),
        IcmpType.TimeExceeded when code == 0 => "A router took the last hop off the packet and dropped it: the way is longer than the TTL, or goes round in a loop. Traceroute causes it on purpose.",
        IcmpType.TimeExceeded => "Fragments of a packet were missing when the receiver's patience ended, so the whole packet is lost.",
        IcmpType.Redirect => "A router on the link says that another one is the better first hop for this destination. Hosts often ignore it, since anybody could send it.",
        IcmpType.ParameterProblem => "A router or host could not understand the header; the pointer shows the octet.",
        IcmpType.SourceQuench => "Once asked a sender to slow down. It is deprecated (RFC 6633), and must be ignored.",
        IcmpType.ExtendedEchoRequest => "Asks a node about one of its interfaces, or of its neighbors', by name, number or address. Off unless somebody turned it on, since it tells strangers about the inside.",
        IcmpType.ExtendedEchoReply => "Says whether the interface that was asked about is there, is up, and runs IPv4 and IPv6.",
        IcmpType.AddressMaskRequest or IcmpType.AddressMaskReply => "Once asked the link for its netmask. It is deprecated (RFC 6918); DHCP does it.",
        IcmpType.RouterAdvertisement or IcmpType.RouterSolicitation => "How IPv4 hosts could find routers; DHCP does it in practice.",
        IcmpType.TimestampRequest or IcmpType.TimestampReply => "Asks for the other clock's time of day. Hardly used, and mostly filtered.",
        _ => null,
    };

    private static string? Unreachable(IcmpUnreachableCode code) => code switch
    {
        IcmpUnreachableCode.Network => "A router has no route to the destination's network. The message's sender says how far the packet came.",
        IcmpUnreachableCode.Host => "The last router reached the destination's link, and nobody there answered ARP: the host is off, or the address is wrong.",
        IcmpUnreachableCode.Protocol => "The host is there and does not speak the protocol that the IP header names.",
        IcmpUnreachableCode.Port => "The host is there and no process has this UDP port. For TCP it is a firewall that speaks, since a host answers with RST.",
        IcmpUnreachableCode.FragmentationNeeded => "The packet is larger than the next link's MTU, which the message tells, and may not be cut. The sender must send smaller ones; a firewall that drops this message makes a path MTU black hole.",
        IcmpUnreachableCode.NetworkProhibited or IcmpUnreachableCode.HostProhibited or IcmpUnreachableCode.CommunicationProhibited =>
            "A firewall forbids it, and says so. The message's sender is the firewall, or the host itself.",
        IcmpUnreachableCode.SourceRouteFailed => "The way that the sender prescribed cannot be gone. Source routes are dropped nearly everywhere.",
        _ => null,
    };

    private static string? MeaningOfV6(Icmpv6Type type, byte code) => type switch
    {
        Icmpv6Type.EchoRequest => MeaningOfV4(IcmpType.EchoRequest, 0),
        Icmpv6Type.EchoReply => MeaningOfV4(IcmpType.EchoReply, 0),
        Icmpv6Type.DestinationUnreachable => (Icmpv6UnreachableCode)code switch
        {
            Icmpv6UnreachableCode.NoRoute => "A router has no route to the destination.",
            Icmpv6UnreachableCode.CommunicationProhibited => MeaningOfV4(IcmpType.DestinationUnreachable, (byte)IcmpUnreachableCode.CommunicationProhibited),
            Icmpv6UnreachableCode.BeyondScope => "A link-local source cannot be answered from beyond its link: the packet needs a global source address.",
            Icmpv6UnreachableCode.Address => "The last router reached the destination's link, and nobody there answered neighbor discovery: the host is off, or the address is wrong.",
            Icmpv6UnreachableCode.Port => MeaningOfV4(IcmpType.DestinationUnreachable, (byte)IcmpUnreachableCode.Port),
            Icmpv6UnreachableCode.SourceAddressFailedPolicy => "The network does not take packets with this source address: often the wrong one of two providers' addresses.",
            Icmpv6UnreachableCode.RejectRoute => "A router has a route that says: reject.",
            _ => null,
        },
        Icmpv6Type.PacketTooBig => "The packet is larger than the next link's MTU, which the message tells. IPv6 routers never cut, so without this message large packets vanish.",
        Icmpv6Type.TimeExceeded => MeaningOfV4(IcmpType.TimeExceeded, code),
        Icmpv6Type.ParameterProblem => "A router or host could not understand a header; the pointer shows the octet.",
        Icmpv6Type.RouterSolicitation => "A host that has just come asks for routers.",
        Icmpv6Type.RouterAdvertisement => "A router tells the link's prefixes, its own address and lifetime, and often resolvers: hosts make their addresses and default route of it.",
        Icmpv6Type.NeighborSolicitation => "Who has this address? It is IPv6's ARP question, sent to a multicast group that hardly anybody else is in. From :: it asks whether an address is free.",
        Icmpv6Type.NeighborAdvertisement => "I have this address, and this is my MAC address.",
        Icmpv6Type.Redirect => MeaningOfV4(IcmpType.Redirect, 0),
        Icmpv6Type.MulticastListenerQuery or Icmpv6Type.MulticastListenerReport or Icmpv6Type.MulticastListenerDone or Icmpv6Type.MulticastListenerReportV2 =>
            "Multicast listener discovery: routers ask which groups are wanted on the link, hosts answer.",
        Icmpv6Type.ExtendedEchoRequest => MeaningOfV4(IcmpType.ExtendedEchoRequest, 0),
        Icmpv6Type.ExtendedEchoReply => MeaningOfV4(IcmpType.ExtendedEchoReply, 0),
        Icmpv6Type.NodeInformationQuery or Icmpv6Type.NodeInformationReply => "Asks a node for its name or its other addresses. BSD systems and macOS answer on their own link; others hardly.",
        Icmpv6Type.InverseSolicitation or Icmpv6Type.InverseAdvertisement => "Which IPv6 addresses does this link-layer address have? For frame relay and the like; never seen on Ethernet.",
        Icmpv6Type.RouterRenumbering => "Tells all routers of a network to change its prefixes. Not deployed.",
        Icmpv6Type.CertificationPathSolicitation or Icmpv6Type.CertificationPathAdvertisement => "Secure neighbor discovery: the certificates that prove who may be a router. Hardly deployed.",
        _ => null,
    };
}
