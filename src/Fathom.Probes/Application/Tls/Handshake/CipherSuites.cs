using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>The suites that are offered, in order.</summary>
internal static class CipherSuites
{
    private static readonly ushort[] Tls13 =
    [
        0x1301, // TLS_AES_128_GCM_SHA256
        0x1302, // TLS_AES_256_GCM_SHA384
        0x1303, // TLS_CHACHA20_POLY1305_SHA256
    ];

    // Forward secrecy and authenticated encryption first. What follows is there so that an old server is
    // diagnosed as weak, and not as one that cannot be spoken to: CBC, then DHE, then RSA key transport.
    private static readonly ushort[] Tls12 =
    [
        0xC02B, // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        0xC02F, // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        0xC02C, // TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        0xC030, // TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
        0xCCA9, // TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        0xCCA8, // TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        0x009E, // TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
        0x009F, // TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
        0xCCAA, // TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        0xC023, // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
        0xC027, // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
        0xC024, // TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
        0xC028, // TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
        0xC009, // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
        0xC013, // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        0xC00A, // TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
        0xC014, // TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
        0x0067, // TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
        0x006B, // TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
        0x0033, // TLS_DHE_RSA_WITH_AES_128_CBC_SHA
        0x0039, // TLS_DHE_RSA_WITH_AES_256_CBC_SHA
        0x009C, // TLS_RSA_WITH_AES_128_GCM_SHA256
        0x009D, // TLS_RSA_WITH_AES_256_GCM_SHA384
        0x003C, // TLS_RSA_WITH_AES_128_CBC_SHA256
        0x003D, // TLS_RSA_WITH_AES_256_CBC_SHA256
        0x002F, // TLS_RSA_WITH_AES_128_CBC_SHA
        0x0035, // TLS_RSA_WITH_AES_256_CBC_SHA
        0x000A, // TLS_RSA_WITH_3DES_EDE_CBC_SHA
    ];

    /// <summary>What a client that speaks these versions offers.</summary>
    public static int[] Offered(TlsVersion minimum, TlsVersion maximum)
    {
        var offered = new List<int>(Tls13.Length + Tls12.Length);
        if (maximum >= TlsVersion.Tls13) offered.AddRange(Tls13.Select(static suite => (int)suite));
        if (minimum < TlsVersion.Tls13) offered.AddRange(Tls12.Select(static suite => (int)suite));
        return [.. offered];
    }
}
