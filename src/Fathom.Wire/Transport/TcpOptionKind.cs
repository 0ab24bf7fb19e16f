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

    /// <summary>Echo, RFC 1072; obsoleted by timestamps.</summary>
    Echo = 6,

    /// <summary>Echo reply, RFC 1072; obsoleted by timestamps.</summary>
    EchoReply = 7,

    /// <summary>Timestamps, RFC 7323 §3.</summary>
    Timestamps = 8,

    /// <summary>Partial order connection permitted, RFC 1693; obsolete.</summary>
    PartialOrderPermitted = 9,

    /// <summary>Partial order service profile, RFC 1693; obsolete.</summary>
    PartialOrderProfile = 10,

    /// <summary>Connection count, RFC 1644; obsolete.</summary>
    ConnectionCount = 11,

    /// <summary>New connection count, RFC 1644; obsolete.</summary>
    ConnectionCountNew = 12,

    /// <summary>Echo of a connection count, RFC 1644; obsolete.</summary>
    ConnectionCountEcho = 13,

    /// <summary>Alternate checksum request, RFC 1146; obsolete.</summary>
    AlternateChecksumRequest = 14,

    /// <summary>Alternate checksum data, RFC 1146; obsolete.</summary>
    AlternateChecksumData = 15,

    /// <summary>Skeeter, never published.</summary>
    Skeeter = 16,

    /// <summary>Bubba, never published.</summary>
    Bubba = 17,

    /// <summary>Trailer checksum, never published.</summary>
    TrailerChecksum = 18,

    /// <summary>MD5 signature, RFC 2385; obsoleted by the authentication option.</summary>
    Md5Signature = 19,

    /// <summary>Capabilities of the space communications protocol.</summary>
    SpaceCapabilities = 20,

    /// <summary>Selective negative acknowledgments of the space communications protocol.</summary>
    SelectiveNegativeAcknowledgment = 21,

    /// <summary>Record boundaries of the space communications protocol.</summary>
    RecordBoundaries = 22,

    /// <summary>Corruption experienced, of the space communications protocol.</summary>
    CorruptionExperienced = 23,

    /// <summary>Snap, never published.</summary>
    Snap = 24,

    /// <summary>Compression filter, never published.</summary>
    CompressionFilter = 26,

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
