using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Takes the certificates out of a Certificate message (RFC 8446 §4.4.2, RFC 5246 §7.4.2) as they are, to keep.</summary>
internal static class CertificateMessage
{
    /// <summary>Reads the body, without the handshake header.</summary>
    /// <param name="body">The body.</param>
    /// <param name="version">The version that the ServerHello selected.</param>
    /// <param name="certificates">The certificates in order, copied, up to the limit; also what was readable before a fault.</param>
    /// <returns>False when lengths disagree. More than the allowed number of certificates is no fault here: one more than the limit is read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, TlsVersion version, List<ReadOnlyMemory<byte>> certificates)
    {
        var walk = new TlsCertificateEnumerator(body, version);
        while (certificates.Count <= HandshakeLimits.MaximumCertificates && walk.MoveNext()) certificates.Add(walk.Current.ToArray());
        return !walk.Error.IsError;
    }
}
