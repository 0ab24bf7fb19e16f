using System.Numerics;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>
/// Verification of RSA signatures (RFC 8017 §8). BouncyCastle's own key type tests every modulus for primality
/// before it verifies: 15 ms for 2048 bits, 125 ms for 4096, on randomness that is not the host's. It tells
/// nothing about the public key of a certificate, so that the 100 lines stand here. Only public values are used.
/// </summary>
internal static class RsaSignature
{
    /// <summary>Public exponents in use are 3, 17 and 65537; a longer one only costs time.</summary>
    private const int MaximumExponentOctets = 8;

    /// <summary>RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2).</summary>
    /// <param name="key">The key.</param>
    /// <param name="prefix">The DER of DigestInfo before the digest; empty for TLS before 1.2, which has none (RFC 4346 §4.7).</param>
    /// <param name="hash">The digest of the message.</param>
    /// <param name="signature">The signature.</param>
    public static bool VerifyPkcs1(in PublicKeyFields key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        var padding = key.Modulus.Length - 3 - prefix.Length - hash.Length;
        if (padding < 8 || !TryRecover(key, signature, out var encoded)) return false;

        // RFC 8017 §9.2, made anew and compared whole, so that nothing hides in the padding (CVE-2006-4339).
        var expected = new byte[encoded.Length];
        expected[1] = 1;
        expected.AsSpan(2, padding).Fill(0xFF);
        prefix.CopyTo(expected.AsSpan(3 + padding));
        hash.CopyTo(expected.AsSpan(expected.Length - hash.Length));
        return encoded.AsSpan().SequenceEqual(expected);
    }

    /// <summary>RSASSA-PSS with MGF1 (RFC 8017 §8.1.2, §9.1.2).</summary>
    /// <param name="key">The key.</param>
    /// <param name="parameters">Digests and the length of the salt.</param>
    /// <param name="hash">The digest of the message.</param>
    /// <param name="signature">The signature.</param>
    public static bool VerifyPss(in PublicKeyFields key, RsaPssParameters parameters, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (!TryRecover(key, signature, out var recovered)) return false;
        var bits = key.Bits - 1;
        var length = (bits + 7) / 8;
        if (length < recovered.Length && recovered[0] != 0) return false;
        var encoded = recovered.AsSpan(recovered.Length - length);
        var block = length - hash.Length - 1;
        if (block < parameters.SaltLength + 1 || encoded[^1] != 0xBC) return false;
        var unused = (8 * length) - bits;
        if (unused > 0 && encoded[0] >> (8 - unused) != 0) return false;

        var data = encoded[..block];
        var trailer = encoded.Slice(block, hash.Length);
        Unmask(data, trailer, parameters);
        data[0] &= (byte)(0xFF >> unused);
        var zeros = block - parameters.SaltLength - 1;
        if (data[..zeros].ContainsAnyExcept((byte)0) || data[zeros] != 1) return false;

        var digest = parameters.Digest;
        digest.BlockUpdate(stackalloc byte[8]);
        digest.BlockUpdate(hash);
        digest.BlockUpdate(data[(zeros + 1)..]);
        var expected = new byte[hash.Length];
        digest.DoFinal(expected);
        return trailer.SequenceEqual(expected);
    }

    // MGF1 (RFC 8017 appendix B.2.1), XORed onto the data.
    private static void Unmask(Span<byte> data, ReadOnlySpan<byte> seed, RsaPssParameters parameters)
    {
        var digest = parameters.MaskDigest;
        var block = new byte[digest.GetDigestSize()];
        for (var (at, counter) = (0, 0); at < data.Length; counter++)
        {
            digest.BlockUpdate(seed);
            digest.BlockUpdate([(byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter]);
            digest.DoFinal(block);
            for (var i = 0; i < block.Length && at < data.Length; i++, at++) data[at] ^= block[i];
        }
    }

    // RSAVP1 (RFC 8017 §5.2.2) with its conversions; the result has the modulus' length.
    private static bool TryRecover(in PublicKeyFields key, ReadOnlySpan<byte> signature, out byte[] encoded)
    {
        encoded = new byte[key.Modulus.Length];
        // RFC 8017 §8.2.2 step 1: a signature of another length than the modulus is invalid.
        if (signature.Length != encoded.Length || key.Exponent.Length is 0 or > MaximumExponentOctets) return false;
        var modulus = new BigInteger(key.Modulus.Span, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(key.Exponent.Span, isUnsigned: true, isBigEndian: true);
        var number = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (modulus.IsEven || modulus.IsOne || exponent.IsEven || exponent.IsOne || number >= modulus) return false;
        var plain = BigInteger.ModPow(number, exponent, modulus);
        var count = plain.GetByteCount(isUnsigned: true);
        return plain.TryWriteBytes(encoded.AsSpan(encoded.Length - count), out _, isUnsigned: true, isBigEndian: true);
    }
}
