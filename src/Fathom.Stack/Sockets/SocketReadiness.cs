namespace Fathom.Stack.Sockets;

/// <summary>What a socket's owner can do now without waiting.</summary>
[Flags]
public enum SocketReadiness : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Something can be read: octets, a datagram, the end of the stream; or a connection accepted.</summary>
    Readable = 1,

    /// <summary>Something can be written.</summary>
    Writable = 2,

    /// <summary>The connection is established.</summary>
    Connected = 4,

    /// <summary>It has ended, well or not: nothing more will happen.</summary>
    Ended = 8,

    /// <summary>The peer calls urgent what is to be read next (RFC 9293 §3.8.5).</summary>
    Urgent = 16,
}
