using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>ICMPv6 types and codes in words.</summary>
public static class Icmpv6Text
{
    /// <summary>The type in words: "neighbor solicitation".</summary>
    /// <param name="type">The type.</param>
    public static string Describe(this Icmpv6Type type) => type switch
    {
        Icmpv6Type.DestinationUnreachable => "destination unreachable",
        Icmpv6Type.PacketTooBig => "packet too big",
        Icmpv6Type.TimeExceeded => "time exceeded",
        Icmpv6Type.ParameterProblem => "parameter problem",
        Icmpv6Type.EchoRequest => "echo request",
        Icmpv6Type.EchoReply => "echo reply",
        Icmpv6Type.MulticastListenerQuery => "multicast listener query",
        Icmpv6Type.MulticastListenerReport => "multicast listener report",
        Icmpv6Type.MulticastListenerDone => "multicast listener done",
        Icmpv6Type.RouterSolicitation => "router solicitation",
        Icmpv6Type.RouterAdvertisement => "router advertisement",
        Icmpv6Type.NeighborSolicitation => "neighbor solicitation",
        Icmpv6Type.NeighborAdvertisement => "neighbor advertisement",
        Icmpv6Type.Redirect => "redirect",
        Icmpv6Type.RouterRenumbering => "router renumbering",
        Icmpv6Type.NodeInformationQuery => "node information query",
        Icmpv6Type.NodeInformationReply => "node information reply",
        Icmpv6Type.InverseSolicitation => "inverse neighbor discovery solicitation",
        Icmpv6Type.InverseAdvertisement => "inverse neighbor discovery advertisement",
        Icmpv6Type.MulticastListenerReportV2 => "multicast listener report v2",
        Icmpv6Type.HomeAgentDiscoveryRequest => "home agent address discovery request",
        Icmpv6Type.HomeAgentDiscoveryReply => "home agent address discovery reply",
        Icmpv6Type.MobilePrefixSolicitation => "mobile prefix solicitation",
        Icmpv6Type.MobilePrefixAdvertisement => "mobile prefix advertisement",
        Icmpv6Type.CertificationPathSolicitation => "certification path solicitation",
        Icmpv6Type.CertificationPathAdvertisement => "certification path advertisement",
        Icmpv6Type.ExperimentalMobility => "experimental mobility message",
        Icmpv6Type.MulticastRouterAdvertisement => "multicast router advertisement",
        Icmpv6Type.MulticastRouterSolicitation => "multicast router solicitation",
        Icmpv6Type.MulticastRouterTermination => "multicast router termination",
        Icmpv6Type.FastHandover => "fast handover message",
        Icmpv6Type.RplControl => "RPL control message",
        Icmpv6Type.LocatorUpdate => "locator update",
        Icmpv6Type.DuplicateAddressRequest => "duplicate address request",
        Icmpv6Type.DuplicateAddressConfirmation => "duplicate address confirmation",
        Icmpv6Type.MplControl => "MPL control message",
        Icmpv6Type.ExtendedEchoRequest => "extended echo request",
        Icmpv6Type.ExtendedEchoReply => "extended echo reply",
        _ => string.Create(CultureInfo.InvariantCulture, $"type {(byte)type}"),
    };

    /// <summary>What type and code say together: "communication administratively prohibited", "hop limit exceeded in transit".</summary>
    /// <param name="type">The type.</param>
    /// <param name="code">The code.</param>
    public static string Describe(Icmpv6Type type, byte code) => type switch
    {
        Icmpv6Type.DestinationUnreachable => DescribeUnreachable((Icmpv6UnreachableCode)code),
        Icmpv6Type.TimeExceeded => code switch
        {
            0 => "hop limit exceeded in transit",
            1 => "fragment reassembly time exceeded",
            _ => WithCode(type, code),
        },
        Icmpv6Type.ParameterProblem => code switch
        {
            0 => "parameter problem: erroneous header field",
            1 => "parameter problem: unrecognized next header",
            2 => "parameter problem: unrecognized IPv6 option",
            3 => "parameter problem: first fragment has incomplete header chain",
            4 => "parameter problem: segment routing upper-layer header error",
            5 => "parameter problem: unrecognized next header at an intermediate node",
            6 => "parameter problem: extension header too big",
            7 => "parameter problem: extension header chain too long",
            8 => "parameter problem: too many extension headers",
            9 => "parameter problem: too many options in an extension header",
            10 => "parameter problem: option too big",
            _ => WithCode(type, code),
        },
        Icmpv6Type.ExtendedEchoReply => IcmpText.Describe(IcmpType.ExtendedEchoReply, code),
        Icmpv6Type.NodeInformationQuery => code switch
        {
            0 => "node information query about an IPv6 address",
            1 => "node information query about a name",
            2 => "node information query about an IPv4 address",
            _ => WithCode(type, code),
        },
        Icmpv6Type.NodeInformationReply => code switch
        {
            0 => "node information reply",
            1 => "node information reply: refused",
            2 => "node information reply: unknown query type",
            _ => WithCode(type, code),
        },
        _ => code == 0 ? type.Describe() : WithCode(type, code),
    };

    private static string DescribeUnreachable(Icmpv6UnreachableCode code) => code switch
    {
        Icmpv6UnreachableCode.NoRoute => "no route to destination",
        Icmpv6UnreachableCode.CommunicationProhibited => "communication administratively prohibited",
        Icmpv6UnreachableCode.BeyondScope => "beyond the scope of the source address",
        Icmpv6UnreachableCode.Address => "address unreachable",
        Icmpv6UnreachableCode.Port => "port unreachable",
        Icmpv6UnreachableCode.SourceAddressFailedPolicy => "source address failed ingress or egress policy",
        Icmpv6UnreachableCode.RejectRoute => "reject route to destination",
        Icmpv6UnreachableCode.SourceRouteError => "error in source routing header",
        _ => WithCode(Icmpv6Type.DestinationUnreachable, (byte)code),
    };

    private static string WithCode(Icmpv6Type type, byte code)
        => string.Create(CultureInfo.InvariantCulture, $"{type.Describe()} (code {code})");
}
