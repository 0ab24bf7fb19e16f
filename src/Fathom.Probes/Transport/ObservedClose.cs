namespace Fathom.Probes.Transport;

/// <summary>How a connection's end looked from its socket calls alone.</summary>
public enum ObservedClose
{
    /// <summary>It is not known.</summary>
    Unknown = 0,

    /// <summary>This end sent FIN, and the peer's end of stream came later.</summary>
    HereFirst,

    /// <summary>The peer's end of stream came while this end was still open.</summary>
    PeerFirst,

    /// <summary>This end sent FIN; the peer's end of stream did not come.</summary>
    HereOnly,

    /// <summary>A call returned that the peer had reset the connection.</summary>
    ResetByPeer,

    /// <summary>This end aborted it.</summary>
    ResetHere,
}
