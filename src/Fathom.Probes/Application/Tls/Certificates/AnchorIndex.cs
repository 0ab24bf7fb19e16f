using Fathom.Hosts.Application;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>
/// A host's roots by subject. Of the some 150 only the subject is looked up; a root is read whole when a chain
/// asks for it.
/// </summary>
internal sealed class AnchorIndex
{
    private readonly TrustAnchors _anchors;
    private readonly ReadOnlyMemory<byte>[] _subjects;
    private readonly Dictionary<int, TlsCertificate> _read = [];
    private string?[]? _keys;

    public AnchorIndex(TrustAnchors anchors)
    {
        _anchors = anchors;
        _subjects = new ReadOnlyMemory<byte>[anchors.Certificates.Count];
        for (var i = 0; i < _subjects.Length; i++) _subjects[i] = CertificateReader.FindSubject(anchors.Certificates[i]);
    }

    /// <summary>The subjects of all roots in DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Subjects => _subjects;

    /// <summary>The roots that the certificate names as its issuer.</summary>
    public List<TlsCertificate> FindIssuers(TlsCertificate certificate) => Find(certificate.Fields.Issuer, () => certificate.IssuerKey);

    /// <summary>The roots with this subject: octet for octet, or where there is none, by the rules for comparing names.</summary>
    public List<TlsCertificate> FindBySubject(ReadOnlyMemory<byte> subject) => Find(subject, () => DistinguishedName.CanonicalKey(subject) ?? "");

    /// <summary>True when this very certificate is a root.</summary>
    public bool Contains(TlsCertificate certificate)
    {
        for (var i = 0; i < _subjects.Length; i++)
        {
            if (_anchors.Certificates[i].Span.SequenceEqual(certificate.Der.Span)) return true;
        }

        return false;
    }

    private List<TlsCertificate> Find(ReadOnlyMemory<byte> subject, Func<string> key)
    {
        var found = new List<TlsCertificate>();
        if (subject.Length <= 2) return found; // no name names no one
        for (var i = 0; i < _subjects.Length; i++)
        {
            if (_subjects[i].Span.SequenceEqual(subject.Span)) found.Add(Get(i));
        }

        if (found.Count > 0 || key() is not { Length: > 0 } wanted) return found;
        _keys ??= [.. _subjects.Select(DistinguishedName.CanonicalKey)];
        for (var i = 0; i < _subjects.Length; i++)
        {
            if (_keys[i] == wanted) found.Add(Get(i));
        }

        return found;
    }

    private TlsCertificate Get(int index)
    {
        if (!_read.TryGetValue(index, out var certificate)) _read[index] = certificate = TlsCertificate.Read(_anchors.Certificates[index]);
        return certificate;
    }
}
