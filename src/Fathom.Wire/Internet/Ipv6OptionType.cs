namespace Fathom.Wire.Internet;

/// <summary>Options of hop-by-hop and destination options headers: the IANA registry's values, action and change bits included.</summary>
public enum Ipv6OptionType : byte
{
    /// <summary>One octet of padding, RFC 8200 §4.2.</summary>
    Pad1 = 0x00,

    /// <summary>Two or more octets of padding, RFC 8200 §4.2.</summary>
    PadN = 0x01,

    /// <summary>Tunnel encapsulation limit, RFC 2473.</summary>
    TunnelEncapsulationLimit = 0x04,

    /// <summary>Router alert, RFC 2711.</summary>
    RouterAlert = 0x05,

    /// <summary>CALIPSO security label, RFC 5570.</summary>
    Calipso = 0x07,

    /// <summary>Duplicate packet detection of simplified multicast forwarding, RFC 6621.</summary>
    DuplicatePacketDetection = 0x08,

    /// <summary>Performance and diagnostic metrics, RFC 8250.</summary>
    PerformanceMetrics = 0x0F,

    /// <summary>In situ operations, administration and maintenance that routers do not change, RFC 9486.</summary>
    Ioam = 0x11,

    /// <summary>Alternate marking, RFC 9343.</summary>
    AlternateMarking = 0x12,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment1E = 0x1E,

    /// <summary>RPL option, RFC 9008.</summary>
    Rpl = 0x23,

    /// <summary>Quick-start, RFC 4782.</summary>
    QuickStart = 0x26,

    /// <summary>Minimum path MTU, RFC 9268.</summary>
    MinimumPathMtu = 0x30,

    /// <summary>In situ operations, administration and maintenance that routers change, RFC 9486.</summary>
    IoamMutable = 0x31,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment3E = 0x3E,

    /// <summary>Deprecated, as the registry says.</summary>
    Deprecated4D = 0x4D,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment5E = 0x5E,

    /// <summary>RPL option as RFC 6553 numbered it; deprecated by RFC 9008.</summary>
    RplDeprecated = 0x63,

    /// <summary>Multicast protocol for low-power networks, RFC 7731.</summary>
    Mpl = 0x6D,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment7E = 0x7E,

    /// <summary>Endpoint identification, deprecated.</summary>
    EndpointIdentification = 0x8A,

    /// <summary>ILNP nonce, RFC 6744.</summary>
    IlnpNonce = 0x8B,

    /// <summary>Line identification, RFC 6788.</summary>
    LineIdentification = 0x8C,

    /// <summary>For experiments, RFC 4727.</summary>
    Experiment9E = 0x9E,

    /// <summary>For experiments, RFC 4727.</summary>
    ExperimentBE = 0xBE,

    /// <summary>Jumbo payload, RFC 2675.</summary>
    JumboPayload = 0xC2,

    /// <summary>Home address, RFC 6275.</summary>
    HomeAddress = 0xC9,

    /// <summary>For experiments, RFC 4727.</summary>
    ExperimentDE = 0xDE,

    /// <summary>Depth-first forwarding, RFC 6971.</summary>
    DepthFirstForwarding = 0xEE,

    /// <summary>For experiments, RFC 4727.</summary>
    ExperimentFE = 0xFE,
}
