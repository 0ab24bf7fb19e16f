using System.Formats.Asn1;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Parameters of RSASSA-PSS (RFC 4055 §3.1).</summary>
/// <param name="Digest">The digest of the message.</param>
/// <param name="MaskDigest">The digest of the mask function.</param>
/// <param name="SaltLength">Octets of salt.</param>
internal readonly record struct RsaPssParameters(IDigest Digest, IDigest MaskDigest, int SaltLength)
{
    /// <summary>No salt in use is longer than the longest digest.</summary>
    private const int MaximumSalt = 64;

    /// <summary>Reads an AlgorithmIdentifier.</summary>
    /// <param name="identifier">The identifier in DER.</param>
    /// <returns>The parameters; null for digests that are not checked here.</returns>
    /// <exception cref="AsnContentException">It is not DER.</exception>
    public static RsaPssParameters? Read(ReadOnlyMemory<byte> identifier)
    {
        var algorithm = new AsnReader(identifier, AsnEncodingRules.DER).ReadSequence();
        algorithm.ReadObjectIdentifier();
        string digest = Sha1, maskDigest = Sha1;
        var salt = 20; // the defaults of RFC 4055
        var parameters = algorithm.ReadSequence();
        while (parameters.HasData)
        {
            var tag = parameters.PeekTag();
            var field = parameters.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, tag.TagValue, isConstructed: true));
            switch (tag.TagValue)
            {
                case 0:
                    digest = field.ReadSequence().ReadObjectIdentifier();
                    break;
                case 1:
                    var mask = field.ReadSequence();
                    mask.ReadObjectIdentifier(); // id-mgf1, the only one there is
                    maskDigest = mask.ReadSequence().ReadObjectIdentifier();
                    break;
                case 2 when field.TryReadInt32(out var number) && number is >= 0 and <= MaximumSalt:
                    salt = number;
                    break;
                default:
                    return null;
            }
        }

        return Create(digest) is { } message && Create(maskDigest) is { } masking ? new RsaPssParameters(message, masking, salt) : null;
    }

    private const string Sha1 = "1.3.14.3.2.26";

    private static IDigest? Create(string oid) => oid switch
    {
        "2.16.840.1.101.3.4.2.1" => new Sha256Digest(),
        "2.16.840.1.101.3.4.2.2" => new Sha384Digest(),
        "2.16.840.1.101.3.4.2.3" => new Sha512Digest(),
        Sha1 => new Sha1Digest(),
        _ => null,
    };
}
