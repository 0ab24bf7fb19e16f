using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>How the keys were agreed upon, and how the server signed that.</summary>
/// <param name="Group">The group: "x25519", "secp256r1", "dh 2048"; null for RSA key transport.</param>
/// <param name="SignatureScheme">The scheme of the server's signature, or null (RSA key transport, or before TLS 1.2).</param>
/// <param name="DhBits">Bits of the prime of finite field Diffie-Hellman, else null.</param>
internal readonly record struct KeyExchangeFacts(string? Group, string? SignatureScheme, int? DhBits)
{
    private const byte NamedCurve = 3; // RFC 8422 §5.4

    /// <summary>From a TLS 1.3 CertificateVerify (RFC 8446 §4.4.3).</summary>
    public static KeyExchangeFacts FromCertificateVerify(ReadOnlySpan<byte> body, ushort? group)
    {
        var scheme = body.Length >= 2 ? SignatureSchemes.Name(BinaryPrimitives.ReadUInt16BigEndian(body)) : null;
        return new KeyExchangeFacts(group is { } number ? NamedGroups.Name(number) : null, scheme, null);
    }

    /// <summary>From a ServerKeyExchange (RFC 8422 §5.4, RFC 5246 §7.4.3). Octets that do not fit give nothing.</summary>
    public static KeyExchangeFacts FromServerKeyExchange(ReadOnlySpan<byte> body, ushort cipherSuite, TlsVersion version)
    {
        string? group;
        int? bits = null;
        var suite = CipherSuites.Name(cipherSuite);
        if (suite.StartsWith("TLS_ECDHE_", StringComparison.Ordinal))
        {
            if (body.Length < 4 || body[0] != NamedCurve || body.Length < 4 + body[3]) return default;
            group = NamedGroups.Name(BinaryPrimitives.ReadUInt16BigEndian(body[1..]));
            body = body[(4 + body[3])..];
        }
        else
        {
            if (!TryTake16(ref body, out var prime) || !TryTake16(ref body, out _) || !TryTake16(ref body, out _)) return default;
            bits = BitLength(prime);
            group = string.Create(CultureInfo.InvariantCulture, $"dh {bits}");
        }

        var hasScheme = version >= TlsVersion.Tls12 && body.Length >= 2;
        return new KeyExchangeFacts(group, hasScheme ? SignatureSchemes.Name(BinaryPrimitives.ReadUInt16BigEndian(body)) : null, bits);
    }

    private static int BitLength(ReadOnlySpan<byte> number)
    {
        var digits = number.TrimStart((byte)0);
        return digits.IsEmpty ? 0 : (8 * digits.Length) - BitOperations.LeadingZeroCount((uint)digits[0]) + 24;
    }

    private static bool TryTake16(ref ReadOnlySpan<byte> from, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (from.Length < 2) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(from);
        if (from.Length - 2 < length) return false;
        taken = from.Slice(2, length);
        from = from[(2 + length)..];
        return true;
    }
}
