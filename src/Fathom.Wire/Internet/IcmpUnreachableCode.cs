namespace Fathom.Wire.Internet;

/// <summary>Codes of ICMP destination unreachable (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1).</summary>
public enum IcmpUnreachableCode : byte
{
    /// <summary>No route to the network.</summary>
    Network = 0,

    /// <summary>The last router cannot reach the host.</summary>
    Host = 1,

    /// <summary>The host does not speak the protocol.</summary>
    Protocol = 2,

    /// <summary>Nothing listens on the port.</summary>
    Port = 3,

    /// <summary>Too large for the next link, and may not be fragmented.</summary>
    FragmentationNeeded = 4,

    /// <summary>The source route failed.</summary>
    SourceRouteFailed = 5,

    /// <summary>Destination network unknown.</summary>
    NetworkUnknown = 6,

    /// <summary>Destination host unknown.</summary>
    HostUnknown = 7,

    /// <summary>Source host isolated (obsolete).</summary>
    SourceHostIsolated = 8,

    /// <summary>Network administratively prohibited.</summary>
    NetworkProhibited = 9,

    /// <summary>Host administratively prohibited.</summary>
    HostProhibited = 10,

    /// <summary>Network unreachable for this type of service.</summary>
    NetworkForTypeOfService = 11,

    /// <summary>Host unreachable for this type of service.</summary>
    HostForTypeOfService = 12,

    /// <summary>Communication administratively prohibited: a filter.</summary>
    CommunicationProhibited = 13,

    /// <summary>Host precedence violation.</summary>
    HostPrecedenceViolation = 14,

    /// <summary>Precedence cutoff in effect.</summary>
    PrecedenceCutoff = 15,
}
