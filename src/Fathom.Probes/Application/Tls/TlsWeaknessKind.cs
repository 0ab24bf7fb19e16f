namespace Fathom.Probes.Application.Tls;

/// <summary>What can be weak about a completed handshake.</summary>
public enum TlsWeaknessKind
{
    /// <summary>Nothing: the default of an unset value.</summary>
    None,

    /// <summary>A version before TLS 1.2 (RFC 8996).</summary>
    OldVersion,

    /// <summary>The server signed with SHA-1 (RFC 9155).</summary>
    Sha1Signature,

    /// <summary>A Diffie-Hellman prime under 2048 bits.</summary>
    SmallDiffieHellman,

    /// <summary>3DES: blocks of 64 bits (RFC 7525 §4.1, Sweet32).</summary>
    TripleDes,

    /// <summary>No secure renegotiation (RFC 5746).</summary>
    InsecureRenegotiation,

    /// <summary>RSA key transport: who gets the key can read what was recorded before.</summary>
    NoForwardSecrecy,

    /// <summary>CBC with a MAC over the plaintext.</summary>
    CbcMode,
}
