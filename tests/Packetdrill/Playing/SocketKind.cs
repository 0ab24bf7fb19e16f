namespace Packetdrill.Playing;

/// <summary>What a file descriptor of a script stands for.</summary>
internal enum SocketKind
{
    /// <summary>A TCP endpoint that does nothing yet.</summary>
    Stream,
    Listener,
    Connection,
    Datagram,
    File,
    Epoll,
}
