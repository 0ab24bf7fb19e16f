namespace Fathom.Wire.Application.Tls;

/// <summary>What a record carries, by the numbers of the IANA registry "TLS ContentType" (RFC 8446 §5.1).</summary>
public enum TlsContentType : byte
{
    /// <summary>Not a record: the default of an unset value.</summary>
    None = 0,

    /// <summary>change_cipher_spec: what follows is encrypted (until TLS 1.2); in TLS 1.3 it means nothing.</summary>
    ChangeCipherSpec = 20,

    /// <summary>alert.</summary>
    Alert = 21,

    /// <summary>handshake.</summary>
    Handshake = 22,

    /// <summary>application_data: encrypted; in TLS 1.3 also handshake messages and alerts.</summary>
    ApplicationData = 23,

    /// <summary>heartbeat (RFC 6520).</summary>
    Heartbeat = 24,
}
