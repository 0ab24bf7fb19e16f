namespace Fathom.Wire.Application.Tls;

/// <summary>Handshake messages by the numbers of the IANA registry "TLS HandshakeType" (RFC 8446 §4, RFC 5246 §7.4).</summary>
public enum TlsHandshakeType : byte
{
    /// <summary>hello_request: the server asks for a new handshake (until TLS 1.2).</summary>
    HelloRequest = 0,

    /// <summary>client_hello.</summary>
    ClientHello = 1,

    /// <summary>server_hello; with a certain random it is a HelloRetryRequest (RFC 8446 §4.1.3).</summary>
    ServerHello = 2,

    /// <summary>hello_verify_request (DTLS, RFC 6347 §4.2.1).</summary>
    HelloVerifyRequest = 3,

    /// <summary>new_session_ticket (RFC 8446 §4.6.1, RFC 5077 §3.3).</summary>
    NewSessionTicket = 4,

    /// <summary>end_of_early_data.</summary>
    EndOfEarlyData = 5,

    /// <summary>hello_retry_request of the drafts of TLS 1.3.</summary>
    HelloRetryRequest = 6,

    /// <summary>encrypted_extensions.</summary>
    EncryptedExtensions = 8,

    /// <summary>certificate.</summary>
    Certificate = 11,

    /// <summary>server_key_exchange (until TLS 1.2).</summary>
    ServerKeyExchange = 12,

    /// <summary>certificate_request.</summary>
    CertificateRequest = 13,

    /// <summary>server_hello_done (until TLS 1.2).</summary>
    ServerHelloDone = 14,

    /// <summary>certificate_verify.</summary>
    CertificateVerify = 15,

    /// <summary>client_key_exchange (until TLS 1.2).</summary>
    ClientKeyExchange = 16,

    /// <summary>finished.</summary>
    Finished = 20,

    /// <summary>certificate_url (RFC 6066 §5).</summary>
    CertificateUrl = 21,

    /// <summary>certificate_status: a stapled OCSP response (RFC 6066 §8).</summary>
    CertificateStatus = 22,

    /// <summary>supplemental_data (RFC 4680).</summary>
    SupplementalData = 23,

    /// <summary>key_update.</summary>
    KeyUpdate = 24,

    /// <summary>compressed_certificate (RFC 8879).</summary>
    CompressedCertificate = 25,

    /// <summary>message_hash: stands for the first ClientHello in a transcript, and never crosses the network.</summary>
    MessageHash = 254,
}
