namespace Fathom.Wire.Application.Quic;

/// <summary>Kinds of packets with a long header, and what the octets before it decide. The bits on the wire differ by version.</summary>
public enum QuicPacketType : byte
{
    /// <summary>Of a version that is not known.</summary>
    Unknown = 0,

    /// <summary>Version negotiation (RFC 8999 §6): the server names the versions that it speaks.</summary>
    VersionNegotiation,

    /// <summary>Initial (RFC 9000 §17.2.2): the first packets of both sides, with the TLS hello inside.</summary>
    Initial,

    /// <summary>0-RTT (RFC 9000 §17.2.3): data before the handshake.</summary>
    ZeroRtt,

    /// <summary>Handshake (RFC 9000 §17.2.4).</summary>
    Handshake,

    /// <summary>Retry (RFC 9000 §17.2.5): the server makes the client prove its address.</summary>
    Retry,
}
