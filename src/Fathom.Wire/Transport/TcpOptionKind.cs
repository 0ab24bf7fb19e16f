namespace Fathom.Wire.Transport;

/// <summary>TCP option kinds: numbers of the IANA TCP parameters registry.</summary>
public enum TcpOptionKind : byte
{
    /// <summary>End of option list, RFC 9293 §3.2.</summary>
    EndOfList = 0,

    /// <summary>No operation: padding, RFC 9293 §3.2.</summary>
    NoOperation = 1,

    /// <summary>Maximum segment size, RFC 9293 §3.7.1.</summary>
    MaximumSegmentSize = 2,

    /// <summary>Window scale, RFC 7323 §2.</summary>
    WindowScale = 3,

    /// <summary>SACK permitted, RFC 2018 §2.</summary>
    SackPermitted = 4,

    /// <summary>Selective acknowledgment, RFC 2018 §3.</summary>
    Sack = 5,

    /// <summary>Timestamps, RFC 7323 §3.</summary>
    Timestamps = 8,

    /// <summary>MD5 signature, RFC 2385; obsoleted by the authentication option.</summary>
    Md5Signature = 19,

    /// <summary>Quick-start response, RFC 4782.</summary>
    QuickStart = 27,

    /// <summary>User timeout, RFC 5482.</summary>
    UserTimeout = 28,

    /// <summary>Authentication (TCP-AO), RFC 5925.</summary>
    Authentication = 29,

    /// <summary>Multipath TCP, RFC 8684.</summary>
    MultipathTcp = 30,

    /// <summary>Fast open cookie, RFC 7413.</summary>
    FastOpen = 34,

    /// <summary>Encryption negotiation, RFC 8547.</summary>
    EncryptionNegotiation = 69,

    /// <summary>Accurate ECN, order 0, RFC 9768.</summary>
    AccurateEcn0 = 172,

    /// <summary>Accurate ECN, order 1, RFC 9768.</summary>
    AccurateEcn1 = 174,

    /// <summary>For experiments, RFC 6994.</summary>
    Experiment1 = 253,

    /// <summary>For experiments, RFC 6994.</summary>
    Experiment2 = 254,
}
