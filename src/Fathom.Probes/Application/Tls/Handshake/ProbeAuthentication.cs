using Org.BouncyCastle.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Accepts any server, since certificates are judged after the handshake; has no certificate to offer itself.</summary>
internal sealed class ProbeAuthentication(HandshakeRecorder recorder) : TlsAuthentication
{
    // RFC 8446 §4.4.2.1: in TLS 1.3 the response stands among the extensions of the server's own certificate.
    private const int StatusRequest = 5;
    private const byte Ocsp = 1;

    // status_type, and three octets of length.
    private const int StatusHeader = 4;

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate) => recorder.OcspResponse = ResponseOf(serverCertificate);

    // An empty response is one that cannot be read; null is none.
    private static byte[]? ResponseOf(TlsServerCertificate server)
    {
        if (server.CertificateStatus is { } status)
        {
            return status.StatusType switch
            {
                CertificateStatusType.ocsp => status.OcspResponse.GetEncoded(),
                CertificateStatusType.ocsp_multi => status.OcspResponseList.FirstOrDefault()?.GetEncoded(),
                _ => [],
            };
        }

        var entries = server.Certificate.GetCertificateEntryList();
        if (entries.Length == 0 || entries[0].Extensions is not { } extensions || !extensions.TryGetValue(StatusRequest, out var data)) return null;
        return data.Length > StatusHeader && data[0] == Ocsp ? data[StatusHeader..] : [];
    }

    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
    {
        var authorities = new List<string>();
        foreach (var authority in certificateRequest.CertificateAuthorities ?? [])
        {
            authorities.Add(Certificates.DistinguishedName.ToText(authority.GetEncoded()));
        }

        recorder.CertificateRequest = new TlsCertificateRequest(authorities);
        return null;
    }
}
