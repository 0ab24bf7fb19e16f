namespace Fathom.Stack.Sockets;

/// <summary>What became of a datagram, or an echo request, that a socket was given.</summary>
public enum DatagramSendResult : byte
{
    /// <summary>It goes out with the next transmission.</summary>
    Sent,

    /// <summary>No destination was given, and the socket has none.</summary>
    NoDestination,

    /// <summary>No route leads there, or the socket's own address is none that may be used for it.</summary>
    NoRoute,

    /// <summary>More octets than a packet has room for.</summary>
    TooLong,

    /// <summary>More octets than the path takes, and it was not to be cut.</summary>
    ExceedsPathMtu,

    /// <summary>Too much waits to be sent already: wait until it is writable.</summary>
    WouldBlock,

    /// <summary>The socket is closed.</summary>
    Closed,
}
