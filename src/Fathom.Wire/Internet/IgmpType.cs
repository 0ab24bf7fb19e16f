namespace Fathom.Wire.Internet;

/// <summary>IGMP message types: numbers of the IANA IGMP type registry.</summary>
public enum IgmpType : byte
{
    /// <summary>Not a message type.</summary>
    None = 0,

    /// <summary>Membership query of every version, RFC 3376 §4.1.</summary>
    MembershipQuery = 0x11,

    /// <summary>Version 1 membership report, RFC 1112 appendix I.</summary>
    ReportV1 = 0x12,

    /// <summary>Distance vector multicast routing, RFC 1075.</summary>
    Dvmrp = 0x13,

    /// <summary>Protocol independent multicast, version 1.</summary>
    PimV1 = 0x14,

    /// <summary>Version 2 membership report, RFC 2236 §2.1.</summary>
    ReportV2 = 0x16,

    /// <summary>Version 2 leave group, RFC 2236 §2.1.</summary>
    LeaveGroup = 0x17,

    /// <summary>Multicast traceroute response.</summary>
    TracerouteResponse = 0x1E,

    /// <summary>Multicast traceroute.</summary>
    Traceroute = 0x1F,

    /// <summary>Version 3 membership report, RFC 3376 §4.2.</summary>
    ReportV3 = 0x22,

    /// <summary>Multicast router advertisement, RFC 4286.</summary>
    RouterAdvertisement = 0x30,

    /// <summary>Multicast router solicitation, RFC 4286.</summary>
    RouterSolicitation = 0x31,

    /// <summary>Multicast router termination, RFC 4286.</summary>
    RouterTermination = 0x32,
}
