namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>The signature schemes that are offered, in order.</summary>
internal static class SignatureSchemes
{
    /// <summary>
    /// OpenSSL's order, with SHA-1 (RFC 9155 deprecates it) last: a server that can do nothing else is then
    /// diagnosed as weak instead of as one that refuses.
    /// </summary>
    public static ReadOnlySpan<ushort> Offered =>
    [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, // ECDSA and EdDSA
        0x0809, 0x080A, 0x080B, 0x0804, 0x0805, 0x0806, // RSA-PSS
        0x0401, 0x0501, 0x0601, // PKCS #1
        0x0203, 0x0201,
    ];
}
