using System.Globalization;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>The signature schemes that are offered, in order, and their names (IANA "TLS SignatureScheme").</summary>
internal static class SignatureSchemes
{
    /// <summary>
    /// OpenSSL's order, with SHA-1 (RFC 9155 deprecates it) last: a server that can do nothing else is then
    /// diagnosed as weak instead of as one that refuses.
    /// </summary>
    public static ReadOnlySpan<ushort> Offered =>
    [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808,
        0x0809, 0x080A, 0x080B, 0x0804, 0x0805, 0x0806,
        0x0401, 0x0501, 0x0601,
        0x0203, 0x0201,
    ];

    public static string Name(int number) => number switch
    {
        0x0201 => "rsa_pkcs1_sha1",
        0x0203 => "ecdsa_sha1",
        0x0401 => "rsa_pkcs1_sha256",
        0x0501 => "rsa_pkcs1_sha384",
        0x0601 => "rsa_pkcs1_sha512",
        0x0403 => "ecdsa_secp256r1_sha256",
        0x0503 => "ecdsa_secp384r1_sha384",
        0x0603 => "ecdsa_secp521r1_sha512",
        0x0804 => "rsa_pss_rsae_sha256",
        0x0805 => "rsa_pss_rsae_sha384",
        0x0806 => "rsa_pss_rsae_sha512",
        0x0807 => "ed25519",
        0x0808 => "ed448",
        0x0809 => "rsa_pss_pss_sha256",
        0x080A => "rsa_pss_pss_sha384",
        0x080B => "rsa_pss_pss_sha512",
        _ => string.Create(CultureInfo.InvariantCulture, $"signature scheme 0x{number:x4}"),
    };
}
