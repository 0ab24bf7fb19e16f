namespace Fathom.Probes.Application;

/// <summary>How a read or write on a byte stream ended.</summary>
public enum ByteStreamStatus
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Octets passed.</summary>
    Ok,

    /// <summary>The peer ended the stream in good order: FIN, and over TLS a close_notify before it.</summary>
    End,

    /// <summary>Over TLS: FIN without a close_notify (RFC 8446 §6.1).</summary>
    EndWithoutCloseNotify,

    /// <summary>The peer sent RST.</summary>
    Reset,

    /// <summary>The peer sent a fatal TLS alert.</summary>
    Alert,

    /// <summary>The stack gave up, or the peer broke the TLS protocol.</summary>
    Failed,
}
