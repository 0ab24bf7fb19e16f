namespace Fathom.Probes.Application.Tls;

/// <summary>How a read or write on a TLS session ended.</summary>
public enum TlsStreamStatus
{
    /// <summary>Nothing happened yet: the default of an unset value, never returned.</summary>
    None = 0,

    /// <summary>Octets were read or written.</summary>
    Ok,

    /// <summary>The peer sent close_notify: the data is complete (RFC 8446 §6.1).</summary>
    End,

    /// <summary>The peer sent FIN without close_notify: the data may have been cut short.</summary>
    EndWithoutCloseNotify,

    /// <summary>The peer sent RST.</summary>
    Reset,

    /// <summary>The peer sent an alert that ends the connection.</summary>
    AlertReceived,

    /// <summary>The stack gave up, or the peer broke the protocol or a limit: see the detail.</summary>
    Failed,
}
