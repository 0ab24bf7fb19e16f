using System.Formats.Asn1;
using System.Globalization;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>A subjectPublicKeyInfo, taken apart as far as its kind is known.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Bits">Bits of the modulus or the curve's field.</param>
/// <param name="Name">The key for people.</param>
internal readonly record struct PublicKeyFields(TlsKeyType Type, int Bits, string Name)
{
    /// <summary>Longer moduli than any in use; one verification with 16,384 bits takes some 10 ms.</summary>
    private const int MaximumRsaOctets = 2048;

    /// <summary>The curve's object identifier, for <see cref="TlsKeyType.EllipticCurve"/>.</summary>
    public string? Curve { get; init; }

    /// <summary>The RSA modulus without leading zeros.</summary>
    public ReadOnlyMemory<byte> Modulus { get; init; }

    /// <summary>The RSA exponent without leading zeros.</summary>
    public ReadOnlyMemory<byte> Exponent { get; init; }

    /// <summary>The bit string: an encoded point, an Ed25519 or Ed448 key.</summary>
    public ReadOnlyMemory<byte> KeyOctets { get; init; }

    /// <summary>A key that could not be read.</summary>
    public static PublicKeyFields Unknown => new(TlsKeyType.Unknown, 0, "unknown key");

    /// <summary>Reads the content of a subjectPublicKeyInfo.</summary>
    /// <param name="info">A reader over the inside of the SEQUENCE.</param>
    /// <exception cref="AsnContentException">It is not DER, or not as the algorithm's RFC says.</exception>
    public static PublicKeyFields Read(AsnReader info)
    {
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var key = info.ReadBitString(out var unused);
        info.ThrowIfNotEmpty();
        if (unused != 0) throw new AsnContentException("The key's bit string does not end at an octet.");
        return oid switch
        {
            Oids.RsaEncryption => ReadRsa(key, TlsKeyType.Rsa, "RSA"),
            Oids.RsaPss => ReadRsa(key, TlsKeyType.RsaPss, "RSA-PSS"),
            Oids.EcPublicKey => ReadEllipticCurve(algorithm, key),
            Oids.Ed25519 => new PublicKeyFields(TlsKeyType.Ed25519, 256, "Ed25519") { KeyOctets = key },
            Oids.Ed448 => new PublicKeyFields(TlsKeyType.Ed448, 448, "Ed448") { KeyOctets = key },
            Oids.Dsa => new PublicKeyFields(TlsKeyType.Dsa, 0, "DSA"),
            _ => new PublicKeyFields(TlsKeyType.Unknown, 0, "key of type " + oid),
        };
    }

    private static PublicKeyFields ReadRsa(byte[] key, TlsKeyType type, string name)
    {
        var outer = new AsnReader(key, AsnEncodingRules.DER);
        var sequence = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var modulus = ReadPositive(sequence);
        var exponent = ReadPositive(sequence);
        sequence.ThrowIfNotEmpty();
        var bits = (8 * modulus.Length) - (modulus.Length == 0 ? 0 : byte.LeadingZeroCount(modulus.Span[0]));
        return new PublicKeyFields(type, bits, string.Create(CultureInfo.InvariantCulture, $"{name} {bits}")) { Modulus = modulus, Exponent = exponent };
    }

    private static ReadOnlyMemory<byte> ReadPositive(AsnReader reader)
    {
        var octets = reader.ReadIntegerBytes();
        if (octets.Length > MaximumRsaOctets || (octets.Span[0] & 0x80) != 0) throw new AsnContentException("An RSA key with a negative or absurdly large number.");
        return octets.Span[0] == 0 ? octets[1..] : octets;
    }

    private static PublicKeyFields ReadEllipticCurve(AsnReader algorithm, byte[] key)
    {
        // RFC 5480 §2.1.1: only namedCurve may be used; explicit parameters were CVE-2020-0601.
        if (!algorithm.HasData || !algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            throw new AsnContentException("An elliptic curve key without a named curve.");
        }

        var curve = algorithm.ReadObjectIdentifier();
        var (name, bits) = curve switch
        {
            Oids.P256 => ("P-256", 256),
            Oids.P384 => ("P-384", 384),
            Oids.P521 => ("P-521", 521),
            Oids.P224 => ("P-224", 224),
            Oids.P192 => ("P-192", 192),
            _ => ("curve " + curve, 0),
        };
        return new PublicKeyFields(TlsKeyType.EllipticCurve, bits, "ECDSA " + name) { Curve = curve, KeyOctets = key };
    }
}
