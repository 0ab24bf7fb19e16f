namespace Fathom.Wire.Transport;

/// <summary>TCP control bits, as they stand in the header's thirteenth and fourteenth octets (RFC 9293 §3.1).</summary>
[Flags]
public enum TcpFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The sender has no more data.</summary>
    Fin = 0x001,

    /// <summary>Synchronize sequence numbers.</summary>
    Syn = 0x002,

    /// <summary>Reset the connection.</summary>
    Rst = 0x004,

    /// <summary>Push what is there to the application.</summary>
    Psh = 0x008,

    /// <summary>The acknowledgment number counts.</summary>
    Ack = 0x010,

    /// <summary>The urgent pointer counts.</summary>
    Urg = 0x020,

    /// <summary>ECN echo (RFC 3168).</summary>
    Ece = 0x040,

    /// <summary>Congestion window reduced (RFC 3168).</summary>
    Cwr = 0x080,

    /// <summary>Accurate ECN (RFC 9768); formerly the nonce sum.</summary>
    Ae = 0x100,
}
