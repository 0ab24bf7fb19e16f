using System.Formats.Asn1;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Reads certificates strictly as DER (RFC 5280 §4.1). A fault keeps what was read before it.</summary>
internal static class CertificateReader
{
    /// <summary>Reads the octets of one certificate.</summary>
    public static CertificateFields Read(ReadOnlyMemory<byte> der)
    {
        var fields = new CertificateFields();
        try
        {
            ReadCertificate(der, fields);
        }
        catch (AsnContentException e)
        {
            fields.Defect = e.Message;
        }

        return fields;
    }

    /// <summary>The subject of a certificate, found without reading anything else; empty when it is none.</summary>
    /// <param name="der">The certificate.</param>
    public static ReadOnlyMemory<byte> FindSubject(ReadOnlyMemory<byte> der)
    {
        try
        {
            var certificate = Inside(der, 0);
            var body = Inside(certificate, 0);
            if (body.Span[0] == 0xA0) body = body[Length(body)..]; // version
            for (var field = 0; field < 4; field++) body = body[Length(body)..]; // serialNumber, signature, issuer, validity
            return body[..Length(body)];
        }
        catch (AsnContentException)
        {
            return default;
        }
    }

    private static int Length(ReadOnlyMemory<byte> encoded)
    {
        AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out _, out _, out var consumed);
        return consumed;
    }

    private static ReadOnlyMemory<byte> Inside(ReadOnlyMemory<byte> encoded, int at)
    {
        AsnDecoder.ReadEncodedValue(encoded.Span[at..], AsnEncodingRules.DER, out var offset, out var length, out _);
        return length == 0 ? throw new AsnContentException() : encoded.Slice(at + offset, length);
    }

    private static void ReadCertificate(ReadOnlyMemory<byte> der, CertificateFields fields)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        fields.ToBeSigned = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        fields.SignatureAlgorithm = certificate.ReadEncodedValue();
        fields.Signature = certificate.ReadBitString(out var unused);
        certificate.ThrowIfNotEmpty();
        ReadBody(body, fields);
        if (unused != 0) throw new AsnContentException("The signature does not end at an octet.");
    }

    private static void ReadBody(AsnReader body, CertificateFields fields)
    {
        var versionTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (body.PeekTag() == versionTag)
        {
            var version = body.ReadSequence(versionTag);
            if (!version.TryReadInt32(out var number) || number is < 1 or > 2) throw new AsnContentException("A version that is neither 2 nor 3.");
            fields.Version = number + 1;
        }

        fields.SerialNumber = body.ReadIntegerBytes();
        var innerAlgorithm = body.ReadEncodedValue();
        fields.Issuer = body.ReadEncodedValue();
        var validity = body.ReadSequence();
        fields.NotBefore = ReadTime(validity);
        fields.NotAfter = ReadTime(validity);
        fields.Subject = body.ReadEncodedValue();
        fields.PublicKeyInfo = body.PeekEncodedValue();
        fields.Key = PublicKeyFields.Read(body.ReadSequence());
        SkipUniqueIdentifier(body, 1);
        SkipUniqueIdentifier(body, 2);
        if (body.HasData) ExtensionReader.Read(body, fields);
        body.ThrowIfNotEmpty();

        // RFC 5280 §4.1.1.2: both fields MUST contain the same algorithm identifier.
        if (!innerAlgorithm.Span.SequenceEqual(fields.SignatureAlgorithm.Span)) throw new AsnContentException("The signature algorithm inside differs from the one outside.");
    }

    private static DateTimeOffset ReadTime(AsnReader validity)
        => validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();

    private static void SkipUniqueIdentifier(AsnReader body, int number)
    {
        if (body.HasData && body.PeekTag() is { TagClass: TagClass.ContextSpecific } tag && tag.TagValue == number) body.ReadEncodedValue();
    }
}
