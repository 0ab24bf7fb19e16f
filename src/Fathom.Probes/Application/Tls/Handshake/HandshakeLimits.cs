namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>The values of <see cref="TlsLimit"/>.</summary>
internal static class HandshakeLimits
{
    /// <summary>Octets a peer may send before the handshake is complete. Real ones need 2 to 16 KiB; OpenSSL allows 100 KiB of certificates.</summary>
    public const int MaximumOctets = 256 * 1024;

    /// <summary>Handshake messages from the peer. A full handshake has at most ten; renegotiation requests may be mixed in.</summary>
    public const int MaximumMessages = 128;

    /// <summary>Certificates in a list. Real chains have up to five; misconfigured servers have sent a whole trust store.</summary>
    public const int MaximumCertificates = 100;

    /// <summary>Records after the handshake without application data, in a row. Servers send up to four tickets at once.</summary>
    public const int MaximumRecordsWithoutData = 64;
}
