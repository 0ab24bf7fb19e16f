namespace Fathom.Wire.Internet;

/// <summary>ICMP message types: numbers of the IANA ICMP type registry.</summary>
public enum IcmpType : byte
{
    /// <summary>Echo reply, RFC 792.</summary>
    EchoReply = 0,

    /// <summary>Destination unreachable, RFC 792.</summary>
    DestinationUnreachable = 3,

    /// <summary>Source quench, RFC 792; deprecated by RFC 6633.</summary>
    SourceQuench = 4,

    /// <summary>Redirect, RFC 792.</summary>
    Redirect = 5,

    /// <summary>Echo request, RFC 792.</summary>
    EchoRequest = 8,

    /// <summary>Router advertisement, RFC 1256.</summary>
    RouterAdvertisement = 9,

    /// <summary>Router solicitation, RFC 1256.</summary>
    RouterSolicitation = 10,

    /// <summary>Time exceeded, RFC 792.</summary>
    TimeExceeded = 11,

    /// <summary>Parameter problem, RFC 792.</summary>
    ParameterProblem = 12,

    /// <summary>Timestamp request, RFC 792.</summary>
    TimestampRequest = 13,

    /// <summary>Timestamp reply, RFC 792.</summary>
    TimestampReply = 14,

    /// <summary>Address mask request, RFC 950; deprecated by RFC 6918.</summary>
    AddressMaskRequest = 17,

    /// <summary>Address mask reply, RFC 950; deprecated by RFC 6918.</summary>
    AddressMaskReply = 18,

    /// <summary>Extended echo request, RFC 8335.</summary>
    ExtendedEchoRequest = 42,

    /// <summary>Extended echo reply, RFC 8335.</summary>
    ExtendedEchoReply = 43,
}
