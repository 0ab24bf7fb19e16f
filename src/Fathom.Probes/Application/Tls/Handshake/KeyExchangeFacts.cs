using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>How the keys were agreed upon, and how the server signed that.</summary>
/// <param name="Group">The group: "x25519", "secp256r1", "dh 2048"; null for RSA key transport.</param>
/// <param name="SignatureScheme">The scheme of the server's signature, or null (RSA key transport, or before TLS 1.2).</param>
/// <param name="DhBits">Bits of the prime of finite field Diffie-Hellman, else null.</param>
internal readonly record struct KeyExchangeFacts(string? Group, string? SignatureScheme, int? DhBits)
{
    /// <summary>From a TLS 1.3 CertificateVerify (RFC 8446 §4.4.3).</summary>
    public static KeyExchangeFacts FromCertificateVerify(ReadOnlySpan<byte> body, ushort? group)
    {
        var scheme = body.Length >= 2 ? TlsSignatureSchemes.Name(BinaryPrimitives.ReadUInt16BigEndian(body)) : null;
        return new KeyExchangeFacts(group is { } number ? TlsNamedGroups.Name(number) : null, scheme, null);
    }

    /// <summary>From a ServerKeyExchange (RFC 8422 §5.4, RFC 5246 §7.4.3). Octets that do not fit give nothing.</summary>
    public static KeyExchangeFacts FromServerKeyExchange(ReadOnlySpan<byte> body, ushort cipherSuite, TlsVersion version)
    {
        var isElliptic = TlsCipherSuites.Name(cipherSuite).StartsWith("TLS_ECDHE_", StringComparison.Ordinal);
        if (!TlsServerKeyExchange.TryRead(body, isElliptic, out var exchange)) return default;
        int? bits = isElliptic ? null : exchange.PrimeBits;
        var group = exchange.Group is { } number ? TlsNamedGroups.Name(number) : string.Create(CultureInfo.InvariantCulture, $"dh {bits}");
        var scheme = version >= TlsVersion.Tls12 && exchange.SignatureScheme is { } signed ? TlsSignatureSchemes.Name(signed) : null;
        return new KeyExchangeFacts(group, scheme, bits);
    }
}
