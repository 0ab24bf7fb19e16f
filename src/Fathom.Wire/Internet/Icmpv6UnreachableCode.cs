namespace Fathom.Wire.Internet;

/// <summary>Codes of ICMPv6 destination unreachable (RFC 4443 §3.1, RFC 6550 for 7).</summary>
public enum Icmpv6UnreachableCode : byte
{
    /// <summary>No route to the destination.</summary>
    NoRoute = 0,

    /// <summary>Communication administratively prohibited: a filter.</summary>
    CommunicationProhibited = 1,

    /// <summary>Beyond the scope of the source address.</summary>
    BeyondScope = 2,

    /// <summary>The last router cannot reach the address.</summary>
    Address = 3,

    /// <summary>Nothing listens on the port.</summary>
    Port = 4,

    /// <summary>The source address failed an ingress or egress policy.</summary>
    SourceAddressFailedPolicy = 5,

    /// <summary>A route to the destination rejects.</summary>
    RejectRoute = 6,

    /// <summary>Error in the source routing header.</summary>
    SourceRouteError = 7,
}
