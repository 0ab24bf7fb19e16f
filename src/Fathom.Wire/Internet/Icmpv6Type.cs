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

    /// <summary>Multicast listener report version 2, RFC 3810.</summary>
    MulticastListenerReportV2 = 143,

    /// <summary>RPL control message, RFC 6550.</summary>
    RplControl = 155,

    /// <summary>Extended echo request, RFC 8335.</summary>
    ExtendedEchoRequest = 160,

    /// <summary>Extended echo reply, RFC 8335.</summary>
    ExtendedEchoReply = 161,
}
