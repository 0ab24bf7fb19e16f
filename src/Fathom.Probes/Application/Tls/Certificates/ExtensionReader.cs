using System.Buffers.Binary;
using System.Formats.Asn1;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Reads the extensions of a certificate (RFC 5280 §4.2).</summary>
internal static class ExtensionReader
{
    /// <summary>A certificate with more of anything than this is an attack; the largest in use name some 100 hosts.</summary>
    private const int MaximumNames = 4096;

    private static readonly Asn1Tag Wrapper = new(TagClass.ContextSpecific, 3, isConstructed: true);

    public static void Read(AsnReader body, CertificateFields fields)
    {
        var wrapper = body.ReadSequence(Wrapper);
        var extensions = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        if (!extensions.HasData) throw new AsnContentException("An empty list of extensions.");
        if (fields.Version != 3) throw new AsnContentException("Extensions in a certificate that is not of version 3.");
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            // RFC 5280 §4.2: a certificate MUST NOT include more than one instance of an extension.
            if (!fields.Extensions.TryAdd(oid, isCritical)) throw new AsnContentException($"The extension {oid} is there twice.");
            ReadValue(oid, value, fields);
        }
    }

    private static void ReadValue(string oid, byte[] value, CertificateFields fields)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        switch (oid)
        {
            case Oids.BasicConstraints:
                fields.BasicConstraints = ReadBasicConstraints(reader);
                break;
            case Oids.KeyUsage:
                fields.KeyUsage = ReadKeyUsage(reader);
                break;
            case Oids.ExtendedKeyUsage:
                fields.ExtendedKeyUsage = ReadExtendedKeyUsage(reader);
                break;
            case Oids.SubjectAltName:
                ReadSubjectAltName(reader, fields);
                break;
            case Oids.NameConstraints:
                fields.NameConstraints = ReadNameConstraints(reader);
                break;
            case Oids.AuthorityKeyIdentifier:
                fields.AuthorityKeyIdentifier = ReadAuthorityKeyIdentifier(reader);
                break;
            case Oids.SubjectKeyIdentifier:
                fields.SubjectKeyIdentifier = reader.ReadOctetString();
                break;
            case Oids.AuthorityInfoAccess:
                fields.IssuerUrls = ReadIssuerUrls(reader);
                break;
            case Oids.SignedCertificateTimestamps:
                fields.Timestamps = ReadTimestamps(value);
                return;
            default:
                return;
        }

        reader.ThrowIfNotEmpty();
    }

    private static BasicConstraints ReadBasicConstraints(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var isAuthority = sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && sequence.ReadBoolean();
        int? length = null;
        if (sequence.HasData)
        {
            if (!sequence.TryReadInt32(out var number) || number < 0) throw new AsnContentException("A path length that is negative or too large.");
            length = number;
        }

        sequence.ThrowIfNotEmpty();
        return new BasicConstraints(isAuthority, length);
    }

    private static KeyUsages ReadKeyUsage(AsnReader reader)
    {
        var bits = reader.ReadBitString(out _);
        var usages = KeyUsages.None;
        for (var bit = 0; bit < 9 && bit / 8 < bits.Length; bit++)
        {
            if ((bits[bit / 8] & (0x80 >> (bit % 8))) != 0) usages |= (KeyUsages)(1 << bit);
        }

        return usages;
    }

    private static List<string> ReadExtendedKeyUsage(AsnReader reader)
    {
        var purposes = new List<string>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData && purposes.Count < MaximumNames) purposes.Add(sequence.ReadObjectIdentifier());
        // RFC 5280 §4.2.1.12: SIZE (1..MAX).
        return purposes.Count == 0 ? throw new AsnContentException("An empty list of extended key usages.") : purposes;
    }

    private static void ReadSubjectAltName(AsnReader reader, CertificateFields fields)
    {
        var names = ReadGeneralNames(reader.ReadSequence());
        if (names.Count == 0) throw new AsnContentException("An empty subjectAltName.");
        fields.SubjectAltName = names;
        fields.DnsNames = [.. names.Where(name => name.Kind == GeneralNameKind.DnsName).Select(name => SafeText.FromLatin1(name.Value.Span))];
        fields.IpAddresses = [.. names.Where(name => name.Kind == GeneralNameKind.IpAddress && name.Value.Length is 4 or 16).Select(name => IpAddress.FromBytes(name.Value.Span))];
    }

    private static NameConstraints ReadNameConstraints(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var permitted = ReadSubtrees(sequence, 0);
        var excluded = ReadSubtrees(sequence, 1);
        sequence.ThrowIfNotEmpty();
        // RFC 5280 §4.2.1.10: either the permittedSubtrees field or the excludedSubtrees MUST be present, and each has at least one.
        if (permitted is null && excluded is null) throw new AsnContentException("Name constraints that constrain nothing.");
        return new NameConstraints(permitted ?? [], excluded ?? []);
    }

    private static List<GeneralName>? ReadSubtrees(AsnReader sequence, int number)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number, isConstructed: true);
        if (!sequence.HasData || sequence.PeekTag() != tag) return null;
        var list = sequence.ReadSequence(tag);
        var subtrees = new List<GeneralName>();
        while (list.HasData)
        {
            if (subtrees.Count >= MaximumNames) throw new AsnContentException("Too many name constraints.");
            var subtree = list.ReadSequence();
            subtrees.Add(GeneralName.Read(subtree));
            // RFC 5280 §4.2.1.10: minimum MUST be zero (so that DER leaves it out), and maximum MUST be absent.
            subtree.ThrowIfNotEmpty();
        }

        return subtrees.Count == 0 ? throw new AsnContentException("An empty list of name constraints.") : subtrees;
    }

    private static AuthorityKeyIdentifier ReadAuthorityKeyIdentifier(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        ReadOnlyMemory<byte> key = default, issuer = default, serial = default;
        if (IsNext(sequence, 0)) key = sequence.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
        if (IsNext(sequence, 1))
        {
            var names = ReadGeneralNames(sequence.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1, isConstructed: true)));
            issuer = names.FirstOrDefault(name => name.Kind == GeneralNameKind.DirectoryName).Value;
        }

        if (IsNext(sequence, 2)) serial = sequence.ReadIntegerBytes(new Asn1Tag(TagClass.ContextSpecific, 2));
        sequence.ThrowIfNotEmpty();
        return new AuthorityKeyIdentifier(key, issuer, serial);
    }

    private static List<string> ReadIssuerUrls(AsnReader reader)
    {
        var urls = new List<string>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData)
        {
            var description = sequence.ReadSequence();
            var method = description.ReadObjectIdentifier();
            var location = GeneralName.Read(description);
            description.ThrowIfNotEmpty();
            if (method == Oids.CaIssuers && location.Kind == GeneralNameKind.UniformResourceIdentifier && urls.Count < MaximumNames)
            {
                urls.Add(SafeText.FromLatin1(location.Value.Span));
            }
        }

        return urls;
    }

    // RFC 6962 §3.3: an OCTET STRING that holds a list, each entry and the list with 16 bits of length. Not for path validation: what is wrong in it makes no certificate bad.
    private static List<TlsTimestamp> ReadTimestamps(byte[] value)
    {
        // §3.2: version, log id (32), milliseconds since 1970 (8), then extensions and signature.
        const int LogId = 1;
        const int Time = 33;
        const int End = 41;
        var found = new List<TlsTimestamp>();
        if (!AsnDecoder.TryReadPrimitiveOctetString(value, AsnEncodingRules.DER, out var list, out _) || list.Length < 2) return found;
        list = list[2..];
        while (list.Length >= 2 && found.Count < MaximumNames)
        {
            var length = (list[0] << 8) | list[1];
            if (list.Length - 2 < length) break;
            var entry = list.Slice(2, length);
            list = list[(2 + length)..];
            if (entry.Length < End) continue;
            var milliseconds = BinaryPrimitives.ReadUInt64BigEndian(entry[Time..]);

            // The calendar here ends with the year 9999.
            if (milliseconds < 253_402_300_800_000) found.Add(new TlsTimestamp(Convert.ToHexStringLower(entry[LogId..Time]), DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)));
        }

        return found;
    }

    private static List<GeneralName> ReadGeneralNames(AsnReader sequence)
    {
        var names = new List<GeneralName>();
        while (sequence.HasData)
        {
            if (names.Count >= MaximumNames) throw new AsnContentException("Too many names.");
            names.Add(GeneralName.Read(sequence));
        }

        return names;
    }

    private static bool IsNext(AsnReader sequence, int number)
        => sequence.HasData && sequence.PeekTag() is { TagClass: TagClass.ContextSpecific } tag && tag.TagValue == number;
}
