namespace Fathom.Wire.Internet;

/// <summary>IPv4 option types: the IANA registry's values, copy flag and class included (RFC 791 §3.1).</summary>
public enum Ipv4OptionType : byte
{
    /// <summary>End of option list, RFC 791.</summary>
    EndOfList = 0,

    /// <summary>No operation, RFC 791.</summary>
    NoOperation = 1,

    /// <summary>Record route, RFC 791.</summary>
    RecordRoute = 7,

    /// <summary>Experimental measurement (ZSU), never published.</summary>
    ExperimentalMeasurement = 10,

    /// <summary>MTU probe, RFC 1063; obsoleted by RFC 1191.</summary>
    MtuProbe = 11,

    /// <summary>MTU reply, RFC 1063; obsoleted by RFC 1191.</summary>
    MtuReply = 12,

    /// <summary>Encode, deprecated by RFC 6814.</summary>
    Encode = 15,

    /// <summary>Quick-start, RFC 4782.</summary>
    QuickStart = 25,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment30 = 30,

    /// <summary>Internet timestamp, RFC 791.</summary>
    Timestamp = 68,

    /// <summary>Traceroute, RFC 1393 (deprecated).</summary>
    Traceroute = 82,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment94 = 94,

    /// <summary>Security, RFC 1108.</summary>
    Security = 130,

    /// <summary>Loose source and record route, RFC 791.</summary>
    LooseSourceRoute = 131,

    /// <summary>Extended security, RFC 1108.</summary>
    ExtendedSecurity = 133,

    /// <summary>Commercial IP security option, FIPS 188.</summary>
    CommercialSecurity = 134,

    /// <summary>Stream identifier, RFC 791 (deprecated by RFC 6814).</summary>
    StreamId = 136,

    /// <summary>Strict source and record route, RFC 791.</summary>
    StrictSourceRoute = 137,

    /// <summary>Experimental access control (VISA), deprecated by RFC 6814.</summary>
    Visa = 142,

    /// <summary>IMI traffic descriptor, never published.</summary>
    ImiTrafficDescriptor = 144,

    /// <summary>Extended Internet protocol, RFC 1385; deprecated by RFC 6814.</summary>
    ExtendedInternetProtocol = 145,

    /// <summary>Address extension, deprecated by RFC 6814.</summary>
    AddressExtension = 147,

    /// <summary>Router alert, RFC 2113.</summary>
    RouterAlert = 148,

    /// <summary>Selective directed broadcast, RFC 1770; deprecated by RFC 6814.</summary>
    SelectiveDirectedBroadcast = 149,

    /// <summary>Dynamic packet state, deprecated by RFC 6814.</summary>
    DynamicPacketState = 151,

    /// <summary>Upstream multicast packet, deprecated by RFC 6814.</summary>
    UpstreamMulticast = 152,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment158 = 158,

    /// <summary>Experimental flow control, never published.</summary>
    ExperimentalFlowControl = 205,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment222 = 222,
}
