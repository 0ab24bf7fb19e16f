namespace Fathom.Wire.Internet;

/// <summary>ICMPv6 message types: numbers of the IANA ICMPv6 type registry. Below 128 they are errors (RFC 4443 §2.1).</summary>
public enum Icmpv6Type : byte
{
    /// <summary>Not a message type.</summary>
    None = 0,

    /// <summary>Destination unreachable, RFC 4443 §3.1.</summary>
    DestinationUnreachable = 1,

    /// <summary>Packet too big, RFC 4443 §3.2.</summary>
    PacketTooBig = 2,

    /// <summary>Time exceeded, RFC 4443 §3.3.</summary>
    TimeExceeded = 3,

    /// <summary>Parameter problem, RFC 4443 §3.4.</summary>
    ParameterProblem = 4,

    /// <summary>Echo request, RFC 4443 §4.1.</summary>
    EchoRequest = 128,

    /// <summary>Echo reply, RFC 4443 §4.2.</summary>
    EchoReply = 129,

    /// <summary>Multicast listener query, RFC 2710 and RFC 3810.</summary>
    MulticastListenerQuery = 130,

    /// <summary>Multicast listener report, RFC 2710.</summary>
    MulticastListenerReport = 131,

    /// <summary>Multicast listener done, RFC 2710.</summary>
    MulticastListenerDone = 132,

    /// <summary>Router solicitation, RFC 4861 §4.1.</summary>
    RouterSolicitation = 133,

    /// <summary>Router advertisement, RFC 4861 §4.2.</summary>
    RouterAdvertisement = 134,

    /// <summary>Neighbor solicitation, RFC 4861 §4.3.</summary>
    NeighborSolicitation = 135,

    /// <summary>Neighbor advertisement, RFC 4861 §4.4.</summary>
    NeighborAdvertisement = 136,

    /// <summary>Redirect, RFC 4861 §4.5.</summary>
    Redirect = 137,

    /// <summary>Router renumbering, RFC 2894.</summary>
    RouterRenumbering = 138,

    /// <summary>Node information query, RFC 4620.</summary>
    NodeInformationQuery = 139,

    /// <summary>Node information reply, RFC 4620.</summary>
    NodeInformationReply = 140,

    /// <summary>Inverse neighbor discovery solicitation, RFC 3122.</summary>
    InverseSolicitation = 141,

    /// <summary>Inverse neighbor discovery advertisement, RFC 3122.</summary>
    InverseAdvertisement = 142,

    /// <summary>Multicast listener report version 2, RFC 3810.</summary>
    MulticastListenerReportV2 = 143,

    /// <summary>Home agent address discovery request, RFC 6275.</summary>
    HomeAgentDiscoveryRequest = 144,

    /// <summary>Home agent address discovery reply, RFC 6275.</summary>
    HomeAgentDiscoveryReply = 145,

    /// <summary>Mobile prefix solicitation, RFC 6275.</summary>
    MobilePrefixSolicitation = 146,

    /// <summary>Mobile prefix advertisement, RFC 6275.</summary>
    MobilePrefixAdvertisement = 147,

    /// <summary>Certification path solicitation, RFC 3971.</summary>
    CertificationPathSolicitation = 148,

    /// <summary>Certification path advertisement, RFC 3971.</summary>
    CertificationPathAdvertisement = 149,

    /// <summary>Experimental mobility protocols, RFC 4065.</summary>
    ExperimentalMobility = 150,

    /// <summary>Multicast router advertisement, RFC 4286.</summary>
    MulticastRouterAdvertisement = 151,

    /// <summary>Multicast router solicitation, RFC 4286.</summary>
    MulticastRouterSolicitation = 152,

    /// <summary>Multicast router termination, RFC 4286.</summary>
    MulticastRouterTermination = 153,

    /// <summary>Fast handovers of mobile IPv6, RFC 5568.</summary>
    FastHandover = 154,

    /// <summary>RPL control message, RFC 6550.</summary>
    RplControl = 155,

    /// <summary>ILNPv6 locator update, RFC 6743.</summary>
    LocatorUpdate = 156,

    /// <summary>Duplicate address request, RFC 6775.</summary>
    DuplicateAddressRequest = 157,

    /// <summary>Duplicate address confirmation, RFC 6775.</summary>
    DuplicateAddressConfirmation = 158,

    /// <summary>MPL control message, RFC 7731.</summary>
    MplControl = 159,

    /// <summary>Extended echo request, RFC 8335.</summary>
    ExtendedEchoRequest = 160,

    /// <summary>Extended echo reply, RFC 8335.</summary>
    ExtendedEchoReply = 161,
}
