namespace Fathom.Hosts.Transport;

/// <summary>How a read or write on a stream ended.</summary>
public enum StreamStatus
{
    /// <summary>Nothing happened yet: the default of an unset value, never returned.</summary>
    None = 0,

    /// <summary>Octets were read or written.</summary>
    Ok,

    /// <summary>The peer sent FIN: no more octets will come.</summary>
    End,

    /// <summary>The peer sent RST.</summary>
    Reset,

    /// <summary>The stack gave up: retransmissions were not acknowledged, or an error was reported.</summary>
    Failed,
}
