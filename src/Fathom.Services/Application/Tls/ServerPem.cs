using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Fathom.Services.Application.Tls;

/// <summary>Reads a server's PEM files (RFC 7468).</summary>
internal static class ServerPem
{
    // Real chains have up to five certificates; a file with more is a bundle of roots, given by mistake.
    private const int MaximumCertificates = 20;

    public static IReadOnlyList<ReadOnlyMemory<byte>> ReadCertificates(string text)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var rest = text.AsSpan();
        while (found.Count < MaximumCertificates && PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE" && Decode(rest, fields) is { } der) found.Add(der);
            rest = rest[fields.Location.End..];
        }

        return found;
    }

    public static bool TryReadKey(string text, [NotNullWhen(true)] out AsymmetricKeyParameter? key, out string reason)
    {
        key = null;
        reason = "no private key; expected PEM text with \"BEGIN PRIVATE KEY\"";
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label];
            if (label is "ENCRYPTED PRIVATE KEY")
            {
                reason = "the private key is encrypted; expected one that is not";
                return false;
            }

            if (label is "PRIVATE KEY" or "EC PRIVATE KEY" or "RSA PRIVATE KEY" && Decode(rest, fields) is { } der) return TryDecode(label, der, out key, out reason);
            rest = rest[fields.Location.End..];
        }

        return false;
    }

    private static bool TryDecode(ReadOnlySpan<char> label, byte[] der, [NotNullWhen(true)] out AsymmetricKeyParameter? key, out string reason)
    {
        key = null;
        reason = "the private key is of no kind that is known here; expected ECDSA P-256, P-384 or P-521, RSA, or Ed25519";
        try
        {
            var info = label switch
            {
                "EC PRIVATE KEY" => OfSec1(der),
                "RSA PRIVATE KEY" => new PrivateKeyInfo(new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), Asn1Object.FromByteArray(der)),
                _ => PrivateKeyInfo.GetInstance(der),
            };
            key = PrivateKeyFactory.CreateKey(info);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or SecurityUtilityException or InvalidCastException or FormatException)
        {
            // BouncyCastle's readers say so when octets are no key.
            reason = "the private key cannot be read";
            return false;
        }

        if (key is ECPrivateKeyParameters or RsaPrivateCrtKeyParameters or Ed25519PrivateKeyParameters) return true;
        key = null;
        return false;
    }

    // RFC 5915: the curve stands in the structure itself.
    private static PrivateKeyInfo OfSec1(byte[] der)
    {
        var structure = ECPrivateKeyStructure.GetInstance(der);
        return new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, structure.Parameters), structure);
    }

    private static byte[]? Decode(ReadOnlySpan<char> text, PemFields fields)
    {
        var der = new byte[fields.DecodedDataLength];
        return Convert.TryFromBase64Chars(text[fields.Base64Data], der, out var written) ? der[..written] : null;
    }
}
