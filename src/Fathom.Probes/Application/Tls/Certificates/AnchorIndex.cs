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

    public AnchorIndex(TrustAnchors anchors)
    {
        _anchors = anchors;
        _subjects = new ReadOnlyMemory<byte>[anchors.Certificates.Count];
        for (var i = 0; i < _subjects.Length; i++) _subjects[i] = CertificateReader.FindSubject(anchors.Certificates[i]);
    }

    /// <summary>The subjects of all roots in DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Subjects => _subjects;

    /// <summary>The roots with this subject: octet for octet, or where there is none, by the rules for comparing names.</summary>
    public List<TlsCertificate> FindBySubject(ReadOnlyMemory<byte> subject)
    {
        var found = new List<TlsCertificate>();
        for (var i = 0; i < _subjects.Length; i++)
        {
            if (_subjects[i].Span.SequenceEqual(subject.Span)) found.Add(Get(i));
        }

        if (found.Count > 0 || DistinguishedName.CanonicalKey(subject) is not { } key) return found;
        for (var i = 0; i < _subjects.Length; i++)
        {
            if (DistinguishedName.CanonicalKey(_subjects[i]) == key) found.Add(Get(i));
        }

        return found;
    }

    /// <summary>True when this very certificate is a root.</summary>
    public bool Contains(TlsCertificate certificate)
    {
        for (var i = 0; i < _subjects.Length; i++)
        {
            if (_anchors.Certificates[i].Span.SequenceEqual(certificate.Der.Span)) return true;
        }

        return false;
    }

    private TlsCertificate Get(int index)
    {
        if (!_read.TryGetValue(index, out var certificate)) _read[index] = certificate = TlsCertificate.Read(_anchors.Certificates[index]);
        return certificate;
    }
}
