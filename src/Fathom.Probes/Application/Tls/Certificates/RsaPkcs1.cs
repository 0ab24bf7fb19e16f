using System.Numerics;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>
/// RSASSA-PKCS1-v1_5 verification (RFC 8017 §8.2.2). BouncyCastle's own key type tests every modulus for
/// primality first, which costs ten times the verification and tells nothing about a public key of a certificate.
/// </summary>
internal static class RsaPkcs1
{
    /// <summary>Public exponents in use are 3, 17 and 65537; a longer one only costs time.</summary>
    private const int MaximumExponentOctets = 8;

    public static bool Verify(IDigest digest, in PublicKeyFields key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var length = key.Modulus.Length;
        // RFC 8017 §8.2.2 step 1: a signature of another length than the modulus is invalid.
        if (signature.Length != length || key.Exponent.Length is 0 or > MaximumExponentOctets) return false;
        var modulus = new BigInteger(key.Modulus.Span, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(key.Exponent.Span, isUnsigned: true, isBigEndian: true);
        var number = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (modulus.IsEven || modulus.IsOne || exponent.IsEven || exponent.IsOne || number >= modulus) return false;

        var encoded = new byte[length];
        var plain = BigInteger.ModPow(number, exponent, modulus);
        var count = plain.GetByteCount(isUnsigned: true);
        if (!plain.TryWriteBytes(encoded.AsSpan(length - count), out _, isUnsigned: true, isBigEndian: true)) return false;

        // Step 3 of RFC 8017 §9.2, made anew and compared whole, so that nothing hides in the padding (CVE-2006-4339).
        var expected = new byte[length];
        var prefix = DigestInfoPrefix(digest);
        var digestLength = digest.GetDigestSize();
        var padding = length - 3 - prefix.Length - digestLength;
        if (padding < 8) return false;
        expected[1] = 1;
        expected.AsSpan(2, padding).Fill(0xFF);
        prefix.CopyTo(expected.AsSpan(3 + padding));
        digest.BlockUpdate(message);
        digest.DoFinal(expected.AsSpan(length - digestLength));
        return encoded.AsSpan().SequenceEqual(expected);
    }

    /// <summary>The DER of DigestInfo before the digest (RFC 8017 §9.2 note 1).</summary>
    private static ReadOnlySpan<byte> DigestInfoPrefix(IDigest digest) => digest switch
    {
        MD5Digest => [0x30, 0x20, 0x30, 0x0C, 0x06, 0x08, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05, 0x05, 0x00, 0x04, 0x10],
        Sha1Digest => [0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14],
        Sha224Digest => [0x30, 0x2D, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04, 0x05, 0x00, 0x04, 0x1C],
        Sha256Digest => [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20],
        Sha384Digest => [0x30, 0x41, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30],
        Sha512Digest => [0x30, 0x51, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40],
        _ => throw new ArgumentException("A digest without a DigestInfo here.", nameof(digest)),
    };
}
