using System.Formats.Asn1;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Signature algorithms of certificates (RFC 4055, RFC 5758, RFC 8410).</summary>
internal static class SignatureAlgorithms
{
    /// <summary>The algorithm's name; an unknown one's object identifier.</summary>
    /// <param name="identifier">The AlgorithmIdentifier in DER.</param>
    public static string Name(ReadOnlyMemory<byte> identifier)
    {
        var oid = Oid(identifier);
        return oid switch
        {
            "1.2.840.113549.1.1.2" => "md2WithRSA",
            "1.2.840.113549.1.1.4" => "md5WithRSA",
            "1.2.840.113549.1.1.5" => "sha1WithRSA",
            "1.2.840.113549.1.1.14" => "sha224WithRSA",
            "1.2.840.113549.1.1.11" => "sha256WithRSA",
            "1.2.840.113549.1.1.12" => "sha384WithRSA",
            "1.2.840.113549.1.1.13" => "sha512WithRSA",
            Oids.RsaPss => "rsassaPss",
            "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
            "1.2.840.10045.4.3.1" => "ecdsa-with-SHA224",
            "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
            "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
            "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
            "1.2.840.10040.4.3" => "dsa-with-SHA1",
            "2.16.840.1.101.3.4.3.2" => "dsa-with-SHA256",
            Oids.Ed25519 => "Ed25519",
            Oids.Ed448 => "Ed448",
            _ => oid,
        };
    }

    /// <summary>True for signatures over MD2, MD5 or SHA-1, of which collisions can be bought.</summary>
    /// <param name="identifier">The AlgorithmIdentifier in DER.</param>
    public static bool IsWeak(ReadOnlyMemory<byte> identifier)
        => Oid(identifier) is "1.2.840.113549.1.1.2" or "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" or "1.2.840.10040.4.3";

    /// <summary>The object identifier; empty when unreadable.</summary>
    /// <param name="identifier">The AlgorithmIdentifier in DER.</param>
    public static string Oid(ReadOnlyMemory<byte> identifier)
    {
        try
        {
            return identifier.IsEmpty ? "" : new AsnReader(identifier, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            return "";
        }
    }
}
