namespace Fathom.Stack.Transport;

/// <summary>Why a UDP datagram was dropped.</summary>
public enum UdpDropReason : byte
{
    /// <summary>It could not be read.</summary>
    Unreadable,

    /// <summary>Its checksum is wrong, or is not there over IPv6 (RFC 8200 §8.1).</summary>
    Checksum,

    /// <summary>Nobody listens on the port.</summary>
    NoPort,

    /// <summary>The socket's owner does not read.</summary>
    QueueFull,
}
