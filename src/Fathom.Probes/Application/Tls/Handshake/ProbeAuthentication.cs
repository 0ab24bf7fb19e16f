using Org.BouncyCastle.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Accepts any server, since certificates are judged after the handshake; has no certificate to offer itself.</summary>
internal sealed class ProbeAuthentication(HandshakeRecorder recorder) : TlsAuthentication
{
    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
        => recorder.OcspStatus = serverCertificate.CertificateStatus;

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
