namespace Fathom.Services.Transport;

/// <summary>Why a server's connection ended.</summary>
public enum StreamEnd
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>The peer sent FIN, and was answered to the end.</summary>
    PeerClosed,

    /// <summary>The peer sent RST.</summary>
    PeerReset,

    /// <summary>The stack gave up: the peer no longer acknowledges, or an error was reported.</summary>
    Failed,

    /// <summary>Nothing moved for the idle timeout. A peer that does not take what it is sent is ended by it, too.</summary>
    Idle,

    /// <summary>The peer sent as many octets as one connection may.</summary>
    ByteLimit,

    /// <summary>The server was stopped.</summary>
    Stopped,

    /// <summary>The service has done its work.</summary>
    Served,
}
